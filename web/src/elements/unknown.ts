// A `<downhill-…>` that there is not, made visible: a slip in a tag's name would otherwise look like a page without a chart.

import { LitElement, type TemplateResult, unsafeCSS } from "lit";
import { Speech } from "./language.js";
import { WIDGETS } from "./schema.js";
import styles from "./styles/index.js";
import { tokenSheet } from "./theme.js";
import { problem } from "./view.js";

const PREFIX = "downhill-";
/** So many slips of the finger may a name have and still be recognised. Guessed. */
const MOST_SLIPS = 4;

const tags = (): string[] => Object.values(WIDGETS).map(({ tag }) => tag);

/** Gives every unknown tag of ours on the page a card that says so, once the page is read. */
export function explainUnknownTags(): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", explain, { once: true });
  else explain();
}

function explain(): void {
  for (const { localName } of document.querySelectorAll(":not(:defined)")) {
    // One class a name; the second element of a name is defined by the first.
    if (localName.startsWith(PREFIX) && !customElements.get(localName)) {
      customElements.define(localName, class extends Unknown {});
    }
  }
}

class Unknown extends LitElement {
  // It stands on the page as the page's own words do, in their colour: there is no theme of a chart to follow.
  static override styles = [unsafeCSS(tokenSheet), unsafeCSS(styles), unsafeCSS(".status * { color: inherit; }")];

  protected override render(): TemplateResult {
    const { words } = new Speech(this);
    const { nothingCalled, didYouMean, theseExist } = words.unknown;
    const guess = nearest(this.localName);
    const list = tags()
      .map((tag) => `<${tag}>`)
      .join(", ");
    return problem(
      words,
      `${nothingCalled(this.localName)} ${guess ? didYouMean(guess) : theseExist(list)}`,
      "unknown",
    );
  }
}

/** The tag that this was probably meant to be. */
function nearest(name: string): string | undefined {
  const [best] = tags()
    .map((tag) => ({ tag, slips: slips(name.slice(PREFIX.length), tag.slice(PREFIX.length)) }))
    .sort((one, other) => one.slips - other.slips);
  return best && best.slips <= Math.min(MOST_SLIPS, best.tag.length - PREFIX.length - 1) ? best.tag : undefined;
}

/** How many letters must be put in, left out or exchanged to make one word of another (Levenshtein 1966). */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const exchanged = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(exchanged, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
