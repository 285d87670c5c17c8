// What stands around the picture: figures, the live equation, the sentence, the table.

import { html, nothing, type TemplateResult } from "lit";
import type { Beat } from "../../engine/scene.js";
import type { Figure, Span, Table, Term } from "../../engine/types.js";
import { place } from "./place.js";

export function figures(items: readonly Figure[]): TemplateResult {
  return html`<dl class="stats" part="figures">
    ${items.map(({ id, label, value, role }) => html`<div class="stat" data-figure=${id}><dt class="k">${label}</dt><dd class="v c-${role}">${value}</dd></div>`)}
  </dl>`;
}

/** Three lines under one another: symbol, value, meaning. A screen reader gets the spoken form. The numbers of this beat of a step are lit. */
export function equation(
  terms: readonly Term[],
  spoken: string,
  beats: readonly string[],
  now: Beat | null,
): TemplateResult | typeof nothing {
  if (terms.length === 0) return nothing;
  return html`<div class="leq" part="equation" role="math" aria-label=${spoken}
    ${place({ "--_columns": String(terms.length), "--_letters": lettersOf(terms).toFixed(1) })}>
    ${terms.map(({ symbol, value, meaning, role, operator }, at) => {
      const beat = beats[at];
      const tone = `${operator ? "o" : `c-${role}`}${now && beat === now ? " lit" : ""}`;
      // Its number is on its way from the picture.
      const coming = beat === "slope" && now === beat ? " coming" : "";
      return html`<span class="s ${tone}" aria-hidden="true">${upright(symbol)}</span><span class="n ${tone}${coming}" aria-hidden="true">${operator ? value || symbol : bracketed(value, terms[at - 1])}</span><span class="t" aria-hidden="true">${meaning}</span>`;
    })}
  </div>`;
}

/** About how wide the columns are, in letters of the numbers: as their numbers, or as the longest word below, which is set smaller. */
function lettersOf(terms: readonly Term[]): number {
  const longest = (words: string) => Math.max(...words.split(" ").map((word) => word.length));
  return terms.reduce((sum, { symbol, value, meaning }, at) => {
    const number = bracketed(value || symbol, terms[at - 1]).length;
    return sum + Math.max(number, 0.85 * longest(meaning));
  }, 0);
}

/** A negative number behind an operator stands in brackets: 150 − 0.05 × (−600). */
function bracketed(value: string, before: Term | undefined): string {
  return /^[−-]/.test(value) && before?.operator && /[+−×÷]/.test(before.symbol) ? `(${value})` : value;
}

/** Measuring lays the page out, so lines are measured once nothing has changed for so many milliseconds. */
const STILL_FOR = 150;

/** A line that sticks out by no more than this hides nothing, CSS pixels. */
const SLACK = 4;

/** Where a line is longer than its place and scrolls, keys must reach it; elsewhere it would be a stop for nothing. */
export class LongLines {
  #timer: ReturnType<typeof setTimeout> | undefined;

  changed(root: HTMLElement): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const line of root.querySelectorAll<HTMLElement>(".leq, .echo")) {
        if (line.scrollWidth > line.clientWidth + SLACK) line.tabIndex = 0;
        else line.removeAttribute("tabindex");
      }
    }, STILL_FOR);
  }
}

/** Primes and brackets stand upright beside slanted letters. */
function upright(symbol: string): (TemplateResult | string)[] {
  return symbol.split(/([′()])/).map((part) => (/^[′()]$/.test(part) ? html`<i class="up">${part}</i>` : part));
}

export function sentence(spans: readonly Span[]): TemplateResult[] {
  return spans.map(({ text, role, strong }) => {
    if (!strong && role !== "ink") return html`<i class="mi c-${role}">${text}</i>`;
    return strong ? html`<b class="c-${role}">${text}</b>` : html`<span class="c-${role}">${text}</span>`;
  });
}

export function dataTable({ caption, columns, rows }: Table): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}><table>
    <caption>${caption}</caption>
    <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
