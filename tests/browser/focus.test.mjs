// The keyboard's place on the page: it stays in the widget when a button does its work and is gone, and stops only where there is a use.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageWith, served } from "./widget.mjs";

const DESCENT = "downhill-descent";
const site = served({
  "/favicon.ico": "",
  "/diverges.html": pageWith(`<${DESCENT} function="x^2" start="1" learning-rate="1.5"></${DESCENT}>`),
  "/warns.html": pageWith(`<${DESCENT} learnign-rate="0.2"></${DESCENT}>`),
  "/undo.html": pageWith(`<${DESCENT}></${DESCENT}>`),
});

/** What has the focus, as far in as one can look. */
const focused = (page) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    return [outer.localName, outer.shadowRoot?.activeElement?.className.split(" ")[0] ?? ""];
  });

/** Each: a page, what is done first, and the button that vanishes when it is pressed. */
const VANISH = {
  "the advice of a card": [
    "diverges.html",
    (page) => page.$eval(DESCENT, (element) => element.step(60)),
    (page) => page.locator(DESCENT).locator(".ending .btn"),
  ],
  "Close of a card": ["warns.html", () => undefined, (page) => page.getByRole("button", { name: "Close" })],
  Undo: [
    "undo.html",
    async (page) => {
      await page.locator(DESCENT).locator(".knob").first().press("ArrowRight");
    },
    (page) => page.locator(DESCENT).locator("[data-action=undo]"),
  ],
};

for (const [what, [path, prepare, find]] of Object.entries(VANISH)) {
  for (const key of ["Enter", "Space"]) {
    test(`${what} leaves the focus in the widget (${key})`, () =>
      site.opened(path, async (page) => {
        await prepare(page);
        const button = find(page);
        await button.focus();
        await page.keyboard.press(key);
        await button.waitFor({ state: "detached" });
        const [outer, inner] = await focused(page);
        assert.equal(outer, DESCENT);
        assert.notEqual(inner, "");
      }));
  }
}

test("in a chapter every stop of the keyboard has a use: headings are none", () =>
  site.opened("course/index.html", async (page) => {
    const stops = await page.$$eval("h1, h2, h3, h4", (headings) =>
      headings.flatMap((heading) => [...heading.querySelectorAll("a[href], [tabindex]")].map((stop) => stop.outerHTML)),
    );
    assert.deepEqual(
      stops.filter((stop) => !/tabindex="-1"/.test(stop)),
      [],
    );
  }));
