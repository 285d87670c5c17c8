// What comes out of a printer: the pixels of the PDF, for what a page looks like with print styles on a screen says little about it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pixelsOfPdf } from "./support.mjs";
import { pageWith, served } from "./widget.mjs";

const WIDGETS =
  "<downhill-descent></downhill-descent><downhill-houses start='100 20000'></downhill-houses><downhill-tangent></downhill-tangent>";
const site = served({
  "/favicon.ico": "",
  "/all.html": pageWith(WIDGETS),
  "/dark.html": pageWith(WIDGETS, { tokens: false, head: "<style>body{background:#111;color:#ddd}</style>" }),
});

/** Of every layer of every chart something, and the least number of pixels of it: what was printed is printed in full. */
const MARKS = {
  "curves and sticks": ["#0a5cc2", 500],
  "the line of the houses": ["#c4689f", 100],
  "tangents and triangles": ["#bf4800", 80],
  "handles and steps": ["#00976a", 150],
  // Beside a map the low strip of losses has neither numbers nor an axis along its steps.
  "numbers at the axes": ["#5f6c68", 600],
  axes: ["#a9b5b1", 1200],
  grids: ["#e3eae7", 4000],
  "heights of the map": ["#6b99da", 500],
  "the stages' ground": ["#f5f8f7", 200_000],
};
/** Grounds of what is dark, on a screen. */
const DARK = { page: "#101615", stage: "#171f1d", host: "#111111" };

let pdfium;
before(async () => {
  pdfium = await pixelsOfPdf();
});
after(() => pdfium?.close());

const LOOKS = {
  light: {},
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
};

for (const path of ["all.html", "dark.html", "course/index.html"]) {
  for (const [look, options] of Object.entries(LOOKS)) {
    test(`paper shows every mark of ${path}, on white and without controls (${look})`, () =>
      site.opened(
        path,
        async (page) => {
          const controls = page.locator("button, input, select, summary");
          const before = await controls.evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
          assert.ok(before > 20);
          const paper = await pdfium.read(await page.pdf());
          for (const [what, [colour, least]] of Object.entries(MARKS)) {
            const found = paper.count(colour);
            assert.ok(found >= least, `${found} pixels of ${what}`);
          }
          for (const [what, colour] of Object.entries(DARK)) {
            // Words have pixels as dark as that, too.
            assert.ok(paper.count(colour) < 10_000, `${paper.count(colour)} pixels as dark as the ${what}`);
          }
          assert.doesNotMatch(paper.words, /Step back|Learning rate|The numbers as a table/);
          // The screen has its colours and its canvases back.
          assert.equal(await page.locator(".paper *").count(), 0);
          assert.ok(await page.locator("canvas.base").first().isVisible());
        },
        options,
      ));
  }
}
