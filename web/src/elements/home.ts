/** Where this script came from. On its own line: `new URL` with `import.meta.url` in it names a file that bundlers go looking for. */
const SCRIPT: string = import.meta.url;
const WEB = /^https?:/;

/** Where the files of the site lie. Some bundlers name a folder of the machine that built the page instead: then they lie beside the page. */
export const HOME: string = WEB.test(SCRIPT) ? SCRIPT : new URL("downhill.js", document.baseURI).href;

/** The first page of the site, where that is not the page's own host. */
export const CREDIT: string | undefined =
  WEB.test(SCRIPT) && new URL(SCRIPT).origin !== new URL(document.baseURI).origin
    ? new URL("index.html", HOME).href
    : undefined;
