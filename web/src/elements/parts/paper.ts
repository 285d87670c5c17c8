// The stages on paper. Browsers print a canvas that is drawn over as it is, and wipe with it what lies below; so paper gets the
// picture of the scene as SVG, in front of canvases that stay behind.

import { html, nothing, render } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";
import type { Picture } from "./pictures.js";

/** Lays the picture of each stage ready for the printer; without `picture`, takes them away again. */
export function layOnPaper(pictures: readonly Picture[], svg?: (stage: number) => string): void {
  for (const { box, index } of pictures) {
    const paper = box.querySelector<HTMLElement>(".paper");
    if (paper) render(svg ? html`${unsafeSVG(svg(index))}` : nothing, paper);
  }
}
