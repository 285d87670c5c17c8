// The keyboard's place on the page: it stays in the widget when a button does its work and is gone, and stops only where there is a use.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn, pageWith, served } from "./widget.mjs";

const DESCENT = "downhill-descent";
const site = served({
  "/favicon.ico": "",
  "/diverges.html": pageWith(`<${DESCENT} function="x^2" start="1" learning-rate="1.5"></${DESCENT}>`),
  "/warns.html": pageWith(`<${DESCENT} learnign-rate="0.2"></${DESCENT}>`),
  "/undo.html": pageWith(`<${DESCENT}></${DESCENT}>`),
  // So tall that a key which scrolls is seen.
  "/tangent.html": pageWith("<downhill-tangent></downhill-tangent><p style='height:2000px'></p>"),
  "/tall.html": pageWith(`<${DESCENT} start="1"></${DESCENT}><p style="height:2000px"></p>`),
  "/none.html": pageWith(`<${DESCENT} controls="none"></${DESCENT}>`),
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

/** The `data-action` of the button in a widget that has the focus. */
const action = (page, tag) => page.$eval(tag, ({ shadowRoot }) => shadowRoot.activeElement?.dataset.action);

test("the buttons of the tangent keep the focus, or hand it to the one that comes in their place", () =>
  site.opened(
    "tangent.html",
    async (page) => {
      const button = (name) => page.locator("downhill-tangent").locator(`[data-action=${name}]`);
      await button("closer").focus();
      for (let presses = 0; presses < 3; presses += 1) {
        await page.keyboard.press("Enter");
        assert.equal(await action(page, "downhill-tangent"), "closer");
      }
      // More is closed, and the way on and the way back stand beside one another all the same.
      for (const [press, next] of [
        ["second", "halve"],
        ["single", "second"],
        ["sketch", "check"],
      ]) {
        await button(press).focus();
        await page.keyboard.press("Enter");
        await button(next).waitFor();
        assert.ok(await button(next).isVisible(), next);
        assert.notEqual(await action(page, "downhill-tangent"), undefined, `after ${press}`);
      }
    },
    { folded: true },
  ));

test("after Undo the keyboard stands on Redo, which has come in its place", () =>
  site.opened("tall.html", async (page) => {
    await page.locator(DESCENT).locator(".knob").first().press("ArrowRight");
    await page.locator(DESCENT).locator("[data-action=undo]").press("Enter");
    await page.locator(DESCENT).locator("[data-action=redo]").waitFor();
    assert.equal(await action(page, DESCENT), "redo");
  }));

for (const [path, tag] of [
  ["tall.html", DESCENT],
  ["tangent.html", "downhill-tangent"],
]) {
  test(`Space on a handle of ${tag} does not scroll it out of sight, and runs where there is a run`, () =>
    site.opened(path, async (page) => {
      await page.locator(tag).locator(".knob").first().focus();
      await page.evaluate(() => scrollTo(0, 0));
      await page.keyboard.press("Space");
      if (tag === DESCENT) await page.waitForFunction((tag) => document.querySelector(tag).readout.steps > 0, tag);
      // A scroll would have begun in the frame of the key.
      await drawn(page);
      assert.equal(await page.evaluate(() => scrollY), 0);
    }));
}

for (const where of [".stages", ".knob"]) {
  test(`Escape puts the card away that lies over the chart (${where})`, () =>
    site.opened("diverges.html", async (page) => {
      await page.$eval(DESCENT, (element) => element.step(60));
      const card = page.locator(DESCENT).locator(".ending .status");
      await card.waitFor();
      await page.locator(DESCENT).locator(where).first().press("Escape");
      await card.waitFor({ state: "detached" });
    }));
}

test("where a page lets nobody step, the chart is no stop of the keyboard", () =>
  site.opened("none.html", async (page) => {
    const stages = page.locator(DESCENT).locator(".stages");
    assert.equal(await stages.getAttribute("tabindex"), null);
    assert.doesNotMatch((await stages.getAttribute("aria-label")) ?? "", /step/i);
  }));

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
