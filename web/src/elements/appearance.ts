// Keeps a widget's colours those of the page it stands on: measures again when the page, the system or the paper changes.

import type { SceneHandle } from "../engine/scene.js";
import { around } from "./language.js";
import { type Appearance as Look, measure, sceneTokens, type ThemeChoice } from "./theme.js";

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
  #look: Look = PAPER;
  /** The tokens that the scene was told last, so that what did not change is not drawn again. */
  #told = "";

  constructor(host: HTMLElement & { theme: unknown }, canvas: Canvas) {
    this.#host = host;
    this.#canvas = canvas;
  }

  /** The nearest opaque background, for pictures that are saved. */
  get behind(): string {
    return this.#look.behind;
  }

  /** The scene has not been told any colours yet. */
  get pending(): boolean {
    return this.#told === "";
  }

  /** Another scene stands there, which knows none of it. */
  forget(): void {
    this.#told = "";
    this.#calm();
  }

  /** Watches the page; returns how to stop that. */
  watch(): () => void {
    const retheme = () => this.retheme();
    const paper = () => {
      this.retheme(PAPER);
      this.#canvas.printing(true);
    };
    const screen = () => {
      this.#canvas.printing(false);
      this.retheme();
    };
    const calm = () => this.#calm();
    const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener("change", retheme);
    const still = matchMedia(STILL);
    still.addEventListener("change", calm);
    addEventListener("beforeprint", paper);
    addEventListener("afterprint", screen);
    // Pages switch their theme by a class or an attribute on the root or the body, their language by `lang` on whatever is around.
    const page = new MutationObserver((records) => {
      if (records.some(({ attributeName }) => attributeName === "lang")) this.#canvas.pageChanged();
      if (records.some(({ attributeName }) => attributeName !== "lang")) retheme();
    });
    for (const node of around(this.#host)) {
      const whole = node === document.documentElement || node === document.body;
      page.observe(node, { attributeFilter: whole ? ["class", "style", "data-theme", "lang"] : ["lang"] });
    }
    return () => {
      page.disconnect();
      removeEventListener("beforeprint", paper);
      removeEventListener("afterprint", screen);
      still.removeEventListener("change", calm);
      for (const query of queries) query.removeEventListener("change", retheme);
    };
  }

  /** Measures the page and tells the scene. */
  retheme(look = measure(this.#host, choice(this.#host.theme))): void {
    const root = this.#canvas.root();
    const scene = this.#canvas.scene();
    if (!root || !scene) return;
    this.#look = look;
    root.className = `root ${look.ground} ${look.dark ? "dark" : "light"}`;
    root.style.setProperty("--_behind", look.behind);
    root.style.setProperty("--_host-ink", getComputedStyle(this.#host).color);
    const probe = root.querySelector<HTMLElement>(".probe");
    if (!probe) return;
    const tokens = sceneTokens(probe, look);
    const key = JSON.stringify(tokens);
    if (key !== this.#told) {
      this.#told = key;
      this.#canvas.guard(() => scene.theme(tokens));
      this.#canvas.recoloured();
    }
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
