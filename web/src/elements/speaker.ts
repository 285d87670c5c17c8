// Says the sentence about this moment to a screen reader: not at first sight, and not faster than it can be heard.

/** The sentence is spoken at most twice a second. */
const SPEAK_EVERY = 500;

export class Speaker {
  readonly #words: () => string;
  readonly #line: () => Element | null;
  #spoken = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `line` is the live region, `words` the sentence as it stands when its turn comes. */
  constructor(words: () => string, line: () => Element | null) {
    this.#words = words;
    this.#line = line;
  }

  /** Something may have changed. */
  notice(): void {
    const words = this.#words();
    if (this.#spoken === "") this.#spoken = words;
    if (words === this.#spoken || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#spoken = this.#words();
      const line = this.#line();
      if (line) line.textContent = this.#spoken;
    }, SPEAK_EVERY);
  }

  /** Says nothing more. */
  hush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
