// Keeps a widget's colours those of the page it stands on: measures again when the page, the system or the paper changes.

import type { SceneHandle } from "../engine/scene.js";
import { around } from "./language.js";
import { ReaderSize } from "./reader.js";
import { inherited, type Appearance as Look, measure, sceneTokens, type ThemeChoice } from "./theme.js";

/** Paper is white. */
const PAPER: Look = { dark: false, forced: false, ground: "site", behind: "rgb(255, 255, 255)" };

/** What the colours are asked of, and told to. */
export interface Canvas {
  /** The widget's root, once it shows a picture. */
  root(): HTMLElement | null;
  scene(): SceneHandle | undefined;
  /** The scene draws with other colours now. */
  recoloured(): void;
  /** The page is about to be printed, or has been. */
  printing(now: boolean): void;
  /** The page, or a part of it, has another language now. */
  pageChanged(): void;
  guard<T>(work: () => T): T | undefined;
}

export class Appearance {
  readonly #host: HTMLElement & { theme: unknown };
  readonly #canvas: Canvas;
  readonly #size: ReaderSize;
  #look: Look = PAPER;
  /** What the scene was told its colours of; nothing while it has not been. */
  #seen = "";

  constructor(host: HTMLElement & { theme: unknown }, canvas: Canvas) {
    this.#host = host;
    this.#canvas = canvas;
    this.#size = new ReaderSize(host);
  }

  /** The nearest opaque background, for pictures that are saved. */
  get behind(): string {
    return this.#look.behind;
  }

  /** The scene has not been told any colours yet. */
  get pending(): boolean {
    return this.#seen === "";
  }

  /** Another scene stands there, which knows none of it. */
  forget(): void {
    this.#seen = "";
    this.#calm();
  }

  /** Watches the page; returns how to stop that. */
  watch(): () => void {
    const watching = new AbortController();
    const { signal } = watching;
    const retheme = () => this.retheme();
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", retheme, { signal });
    }
    matchMedia(STILL).addEventListener("change", () => this.#calm(), { signal });
    addEventListener("beforeprint", () => this.#print(true), { signal });
    addEventListener("afterprint", () => this.#print(false), { signal });
    // Pages change their looks by any attribute of whatever is around a widget, or by another stylesheet; and some change slowly.
    const page = new MutationObserver((records) => {
      if (records.some(({ attributeName }) => attributeName === "lang")) this.#canvas.pageChanged();
      if (records.some(({ attributeName }) => attributeName !== "lang")) retheme();
    });
    const places = [...around(this.#host)];
    for (const place of places) page.observe(place, { attributes: true });
    page.observe(document.head, { attributes: true, characterData: true, childList: true, subtree: true });
    for (const root of new Set(places.map((place) => place.getRootNode()))) {
      root.addEventListener("transitionend", ({ target }) => places.includes(target as Element) && retheme(), {
        signal,
      });
      root.addEventListener("load", ({ target }) => (target as Element).matches?.("link, style") && retheme(), {
        capture: true,
        signal,
      });
    }
    // What no event tells of, such as a sheet that a script adopts, is seen when one turns to the widget.
    for (const turn of ["pointerenter", "focusin"]) this.#host.addEventListener(turn, retheme, { signal });
    document.addEventListener("visibilitychange", retheme, { signal });
    return () => {
      page.disconnect();
      watching.abort();
    };
  }

  /** Measures the page and tells the scene; what looks as it did is left alone. */
  retheme(look = measure(this.#host, choice(this.#host.theme))): void {
    const root = this.#canvas.root();
    const scene = this.#canvas.scene();
    if (!root || !scene) return;
    const probe = root.querySelector<HTMLElement>(".probe");
    if (probe) this.#size.follow(probe);
    const seen = JSON.stringify([look, inherited(this.#host)]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#look = look;
    root.className = `root ${look.ground} ${look.dark ? "dark" : "light"}`;
    root.style.setProperty("--_behind", look.behind);
    root.style.setProperty("--_host-ink", getComputedStyle(this.#host).color);
    if (!probe) return;
    const tokens = sceneTokens(probe, look);
    this.#canvas.guard(() => scene.theme(tokens));
    this.#canvas.recoloured();
  }

  #print(now: boolean): void {
    if (now) this.retheme(PAPER);
    this.#canvas.printing(now);
    if (!now) this.retheme();
  }

  #calm(): void {
    this.#canvas.guard(() => this.#canvas.scene()?.reducedMotion(matchMedia(STILL).matches));
  }
}

const STILL = "(prefers-reduced-motion: reduce)";

/** What is no choice follows the page. */
function choice(theme: unknown): ThemeChoice {
  return theme === "light" || theme === "dark" ? theme : "auto";
}
