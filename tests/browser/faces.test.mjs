// Linked stages on a narrow widget take turns: a switch above says which one is shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn, handlePlace, pageWith, readout, served, share } from "./widget.mjs";

const TAG = "downhill-houses";
const site = served({
  "/favicon.ico": "",
  "/houses.html": pageWith(`<${TAG}></${TAG}>`),
  "/german.html": pageWith(`<${TAG} lang="de"></${TAG}>`),
});
const PHONE = { viewport: { width: 390, height: 900 } };

/** Which stages are seen, with their heights. */
const seen = (page) =>
  page.$eval(TAG, (element) =>
    Object.fromEntries(
      [...element.shadowRoot.querySelectorAll(".stage")]
        .map((stage) => [stage.dataset.stage, Math.round(stage.getBoundingClientRect().height)])
        .filter(([, height]) => height > 0),
    ),
  );

const BLUE = [108, 153, 218];

test("on a phone scatter and map take turns, and the one that comes is drawn and can be used", () =>
  site.opened(
    "houses.html",
    async (page) => {
      assert.deepEqual(Object.keys(await seen(page)), ["scatter", "history"]);
      await page.getByText("The map", { exact: true }).click();
      assert.deepEqual(Object.keys(await seen(page)), ["map", "history"]);
      await drawn(page);
      assert.ok((await share(page, TAG, "[data-stage=map] .base", BLUE, 80)) > 0.2, "the map is blue");
      const before = await readout(page, TAG);
      const { x, y } = await handlePlace(page, TAG, "line");
      await page.mouse.click(x + 60, y - 60);
      assert.notDeepEqual((await readout(page, TAG)).coefficients, before.coefficients);
      await page.getByRole("button", { name: "Step", exact: true }).click();
      assert.deepEqual(Object.keys(await seen(page)), ["map", "history"], "a rendering keeps the face");
      // The other one has moved on when it comes back.
      await page.getByText("The line", { exact: true }).click();
      await drawn(page);
      assert.deepEqual(Object.keys(await seen(page)), ["scatter", "history"]);
      assert.ok(
        (await share(page, TAG, "[data-stage=scatter] .live", [196, 104, 159], 60)) > 0.001,
        "the line is there",
      );
    },
    PHONE,
  ));

test("the switch is one stop of the keyboard, whose arrows turn the face and take no step", () =>
  site.opened(
    "german.html",
    async (page) => {
      const line = page.getByRole("radio", { name: "Die Gerade" });
      await line.focus();
      await page.keyboard.press("ArrowRight");
      assert.ok(await page.getByRole("radio", { name: "Die Karte" }).isChecked());
      assert.deepEqual(Object.keys(await seen(page)), ["map", "history"]);
      assert.equal((await readout(page, TAG)).steps, 0);
      assert.equal(await page.getByRole("radiogroup", { name: "Gezeigtes Bild" }).count(), 1);
    },
    PHONE,
  ));

test("a wide widget shows both, whichever face was chosen, and the typical miss is a low strip", () =>
  site.opened(
    "houses.html",
    async (page) => {
      await page.getByText("The map", { exact: true }).click();
      const narrow = await seen(page);
      await page.setViewportSize({ width: 1100, height: 900 });
      await page.waitForFunction(
        (tag) => document.querySelector(tag).shadowRoot.querySelector("[data-stage=scatter]").clientHeight > 0,
        TAG,
      );
      await drawn(page);
      const wide = await seen(page);
      assert.deepEqual(Object.keys(wide), ["scatter", "map", "history"]);
      assert.equal(await page.getByRole("radiogroup", { name: "Picture shown" }).count(), 0);
      for (const { history } of [narrow, wide]) assert.ok(history >= 40 && history <= 66, `${history} px high`);
      assert.ok(
        (await share(page, TAG, "[data-stage=scatter] .base", [61, 72, 69], 260)) > 0.001,
        "the dots are there",
      );
    },
    PHONE,
  ));
