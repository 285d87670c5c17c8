// Says the sentence about this moment to a screen reader: not at first sight, and not faster than it can be heard.

/** The sentence is spoken at most twice a second. */
const SPEAK_EVERY = 500;

/** Elements that can speak by themselves; not in every browser yet. */
type Voice = HTMLElement & { ariaNotify?(words: string): void };

export class Speaker {
  readonly #host: HTMLElement;
  readonly #root: () => Voice | null;
  readonly #words: () => string;
  #spoken = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #region: HTMLElement | undefined;

  /** `words` is the sentence as it stands when its turn comes, `root` what has its language. */
  constructor(host: HTMLElement, root: () => Voice | null, words: () => string) {
    this.#host = host;
    this.#root = root;
    this.#words = words;
  }

  /** Gets ready to speak; returns how to say nothing more. */
  watch(): () => void {
    if (!("ariaNotify" in HTMLElement.prototype)) this.#region = region(this.#host);
    return () => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#region?.remove();
    };
  }

  /** Something may have changed. */
  notice(): void {
    const words = this.#words();
    if (this.#spoken === "") this.#spoken = words;
    if (words === this.#spoken || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#spoken = this.#words();
      this.#say(this.#spoken);
    }, SPEAK_EVERY);
  }

  #say(words: string): void {
    const root = this.#root();
    if (root?.ariaNotify) root.ariaNotify(words);
    else if (root && this.#region) Object.assign(this.#region, { lang: root.lang, textContent: words });
  }
}

/** A place of the page's own where what appears is spoken: not every screen reader listens into a widget. */
function region(host: HTMLElement): HTMLElement {
  const line = host.ownerDocument.createElement("div");
  line.setAttribute("role", "status");
  // Through the object model, which a strict policy allows.
  Object.assign(line.style, {
    position: "fixed",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
  });
  // What stands outside an open dialog is not heard.
  (host.closest("dialog, [popover]") ?? host.ownerDocument.body).append(line);
  return line;
}
