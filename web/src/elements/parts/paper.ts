// The stages on paper. Browsers print a canvas that is drawn over as it is, and wipe with it what lies below; so paper gets the
// picture of the scene as SVG, in front of canvases that stay behind.

import { html, nothing, render } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";

/** Lays the picture of each stage ready for the printer; without `picture`, takes them away again. */
export function layOnPaper(boxes: readonly HTMLElement[], picture?: (stage: number) => string): void {
  boxes.forEach((box, stage) => {
    const paper = box.querySelector<HTMLElement>(".paper");
    if (paper) render(picture ? html`${unsafeSVG(picture(stage))}` : nothing, paper);
  });
}
