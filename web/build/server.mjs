// What the scripts name of a page, where there is none: put in their place when they are bundled, so that frameworks which import them on
// a server can. Nothing is drawn there; the elements start in the browser.

export const HTMLElement = globalThis.HTMLElement ?? class {};
export const customElements = globalThis.customElements ?? { get: () => undefined, define: () => undefined };
export const document = globalThis.document ?? {
  baseURI: import.meta.url,
  createTreeWalker: () => undefined,
  querySelectorAll: () => [],
};
