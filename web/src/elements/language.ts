// Which language a widget speaks: its own `lang`, else that of the nearest ancestor that has one, else the page's.

import { type Words, wordsFor } from "./words/words.js";

/** The language tag that holds for an element, looking out of shadow roots too; empty where no one says. */
export function languageOf(element: Element): string {
  for (let node: Element | null = element; node; ) {
    const near: Element | null = node.closest("[lang]");
    if (near) return near.getAttribute("lang") ?? "";
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return "";
}

/** What an element stands in, from the inside out, looking out of shadow roots too. */
export function* around(element: Element): Generator<Element> {
  for (let node: Element | null = element; node; ) {
    const root: Node = node.getRootNode();
    node = node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    if (node) yield node;
  }
}

/** What a widget says around its picture, kept until the language changes. */
export class Speech {
  readonly #element: Element;
  #tag: string | undefined;
  #words: Words = wordsFor("");

  constructor(element: Element) {
    this.#element = element;
  }

  /** The tag as the page has it: `de-AT`. English where the page says nothing. */
  get tag(): string {
    if (this.#tag === undefined) this.look();
    return this.#tag || this.#words.tag;
  }

  get words(): Words {
    if (this.#tag === undefined) this.look();
    return this.#words;
  }

  /** Looks again; whether it is another language now. */
  look(): boolean {
    const tag = languageOf(this.#element);
    const changed = tag !== this.#tag;
    this.#tag = tag;
    this.#words = wordsFor(tag);
    return changed;
  }
}
