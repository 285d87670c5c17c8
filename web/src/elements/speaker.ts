// Says the sentence about this moment to a screen reader: not at first sight, and not faster than it can be heard.

/** The sentence is spoken at most twice a second, milliseconds. */
const SPEAK_EVERY = 500;

/** Of a run every fourth step is heard, and not more often than those of its first, slow steps: sentences would cut one another off. */
const OF_A_RUN = { steps: 4, milliseconds: 1500 };

/** What there is to hear. */
export interface Heard {
  words: string;
  /** How many moves led to it. */
  moves: number;
  /** Whether a run goes on. */
  running: boolean;
}

/** Elements that can speak by themselves; not in every browser yet. */
type Voice = HTMLElement & { ariaNotify?(words: string): void };

export class Speaker {
  readonly #host: HTMLElement;
  readonly #root: () => Voice | null;
  readonly #now: () => Heard | undefined;
  #spoken: Heard | undefined;
  #spokenAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #region: HTMLElement | undefined;

  /** `now` is what there is to hear when its turn comes, `root` what has its language. */
  constructor(host: HTMLElement, root: () => Voice | null, now: () => Heard | undefined) {
    this.#host = host;
    this.#root = root;
    this.#now = now;
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
    const now = this.#now();
    this.#spoken ??= now;
    if (!now || now.words === this.#spoken?.words) return;
    if (now.running) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      const apart = Math.abs(now.moves - (this.#spoken?.moves ?? 0));
      const since = performance.now() - this.#spokenAt;
      if (apart >= OF_A_RUN.steps && since >= OF_A_RUN.milliseconds) this.#say(now);
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#say(this.#now());
    }, SPEAK_EVERY);
  }

  #say(heard: Heard | undefined): void {
    if (!heard) return;
    this.#spoken = heard;
    this.#spokenAt = performance.now();
    const root = this.#root();
    if (root?.ariaNotify) root.ariaNotify(heard.words);
    else if (root && this.#region) Object.assign(this.#region, { lang: root.lang, textContent: heard.words });
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
