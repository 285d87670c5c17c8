// The size of text that a reader chose in the browser for all pages: a widget, measured in pixels, grows by it as a whole.

/** Where nobody chose otherwise, CSS pixels. */
const USUAL = 16;

export class ReaderSize {
  readonly #host: HTMLElement;
  #sheet: CSSStyleSheet | undefined;
  #scale = 1;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Grows or shrinks by the size of today. `probe` is an element inside the widget, of an ordinary face. */
  follow(probe: HTMLElement): void {
    const { shadowRoot, ownerDocument } = this.#host;
    const view = ownerDocument.defaultView;
    if (!shadowRoot || !view) return;
    probe.style.fontSize = "medium";
    const scale = Number.parseFloat(view.getComputedStyle(probe).fontSize) / USUAL || 1;
    probe.style.fontSize = "";
    // In another document the sheet is gone with the others.
    const stands = this.#sheet !== undefined && shadowRoot.adoptedStyleSheets.includes(this.#sheet);
    if (scale === (stands ? this.#scale : 1)) return;
    if (!stands) {
      this.#sheet = new view.CSSStyleSheet();
      shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, this.#sheet];
    }
    this.#scale = scale;
    // A page that sets a zoom of its own on the element has the last word.
    this.#sheet?.replaceSync(`:host { zoom: ${scale}; }`);
  }
}
