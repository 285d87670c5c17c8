// Cards: how a run ended, what the page could not do, what it asks for and cannot have.

import { html, nothing, type TemplateResult } from "lit";
import type { Notice, Warning } from "../../engine/types.js";
import type { Words } from "../words/words.js";
import { icons } from "./icons.js";

const ICONS = {
  info: icons.info,
  converged: icons.check,
  stalled: icons.pause,
  diverged: icons.alert,
  error: icons.alert,
} as const;

/** A card of the page's own, in whichever language holds when it is shown. */
export type PageNotice = (words: Words) => { title: string; text: string };

export class Cards {
  readonly #host: { requestUpdate(): void };
  /** The warnings that a learner has put away, and the ending. Others, or more of them, are shown again. */
  #dismissed = "";
  #seen = "";
  #close: (() => void) | undefined;

  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  /** How the run ended: over the lower edge of the stages, so that nothing below moves; over the upper one where it would cover what it speaks of. The region is always there, so that what appears in it is announced. */
  ending(words: Words, notice: Notice | null, low: boolean, act: (id: string) => void): TemplateResult {
    const key = notice ? `${notice.kind} ${notice.text}` : "";
    // Once it is gone, the same ending is news again.
    if (!notice) this.#seen = "";
    const close = () => {
      this.#seen = key;
      this.#host.requestUpdate();
    };
    this.#close = notice && key !== this.#seen ? close : undefined;
    return html`<div class="ending ${low ? "above" : ""}" role="status">${notice && key !== this.#seen ? card(notice, act, { words, close }) : nothing}</div>`;
  }

  /** Puts the ending away, where it is shown. */
  get close(): (() => void) | undefined {
    return this.#close;
  }

  /** What the page could not do, and what it asks for in vain. */
  told(words: Words, page: PageNotice | undefined, warnings: readonly Warning[]): TemplateResult {
    const key = warnings.map(({ message }) => message).join("\n");
    const own = page?.(words);
    return html`<div class="notices" role="status">
      ${own ? card({ kind: "error", ...own, action: null }, () => undefined) : nothing}
      ${warnings.length > 0 && key !== this.#dismissed ? this.#warnings(words, warnings, key) : nothing}
    </div>`;
  }

  #warnings({ cards }: Words, warnings: readonly Warning[], key: string): TemplateResult {
    return html`<div class="status warning" part="notice" data-kind="warning">
      <span class="si">${icons.alert}</span>
      <div><b>${cards.warnings}</b>${warnings.map(({ message }) => html`<p>${message}</p>`)}</div>
      <button class="iconbtn" type="button" aria-label=${cards.dismiss} @click=${() => this.#dismiss(key)}>${icons.close}</button>
    </div>`;
  }

  #dismiss(key: string): void {
    this.#dismissed = key;
    this.#host.requestUpdate();
  }
}

function card(
  { kind, title, text, action }: Notice,
  act: (id: string) => void,
  closing?: { words: Words; close(): void },
): TemplateResult {
  return html`<div class="status ${kind}" part="notice" data-kind=${kind}>
    <span class="si">${ICONS[kind]}</span>
    <div><b>${title}</b><p>${text}</p></div>
    ${action ? html`<button class="btn" part="button" type="button" @click=${() => act(action.id)}>${action.label}</button>` : nothing}
    ${closing ? html`<button class="iconbtn" type="button" aria-label=${closing.words.cards.dismiss} @click=${closing.close}>${icons.close}</button>` : nothing}
  </div>`;
}
