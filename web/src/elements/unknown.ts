// A `<downhill-…>` that there is not, made visible: a slip in a tag's name would otherwise look like a page without a chart.

import { LitElement, type TemplateResult, unsafeCSS } from "lit";
import { Speech } from "./language.js";
import { WIDGETS } from "./schema.js";
import { nearest } from "./spelling.js";
import styles from "./styles/index.js";
import { tokenSheet } from "./theme.js";
import { problem } from "./view.js";

const PREFIX = "downhill-";

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
    const guess = nearest(this.localName.slice(PREFIX.length), Object.keys(WIDGETS));
    const list = tags()
      .map((tag) => `<${tag}>`)
      .join(", ");
    return problem(
      words,
      `${nothingCalled(this.localName)} ${guess ? didYouMean(PREFIX + guess) : theseExist(list)}`,
      "unknown",
    );
  }
}
