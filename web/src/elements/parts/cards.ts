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

export interface CardOptions {
  words: Words;
  /** How the run ended. */
  notice: Notice | null;
  page: PageNotice | undefined;
  warnings: readonly Warning[];
  act(id: string): void;
}

export class Cards {
  readonly #host: { requestUpdate(): void };
  /** The warnings that a learner has put away. Others, or more of them, are shown again. */
  #dismissed = "";

  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  template({ words, notice, page, warnings, act }: CardOptions): TemplateResult {
    const key = warnings.map(({ message }) => message).join("\n");
    const own = page?.(words);
    // The region is always there, so that what appears in it is announced.
    return html`<div class="notices" role="status">
      ${notice ? noticeCard(notice, act) : nothing}
      ${own ? noticeCard({ kind: "error", ...own, action: null }, act) : nothing}
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

function noticeCard({ kind, title, text, action }: Notice, act: (id: string) => void): TemplateResult {
  return html`<div class="status ${kind}" part="notice" data-kind=${kind}>
    <span class="si">${ICONS[kind]}</span>
    <div><b>${title}</b><p>${text}</p></div>
    ${action ? html`<button class="btn" part="button" type="button" @click=${() => act(action.id)}>${action.label}</button>` : nothing}
  </div>`;
}
