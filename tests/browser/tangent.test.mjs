// <downhill-tangent> in a browser, with real pointer and key events.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations } from "./support.mjs";
import { close, drag, handlePlace, listen, pageWith, readout, served, swipe } from "./widget.mjs";

const TAG = "downhill-tangent";
// Computed here, not by the engine.
const height = (x) => x ** 3 / 3 - x + 2;
const slope = (x) => x * x - 1;

const PAGES = {
  "/favicon.ico": "",
  "/tangent.html": pageWith('<downhill-tangent at="-1.5">Words.</downhill-tangent>'),
  "/corner.html": pageWith('<downhill-tangent function="abs(x)" at="0"></downhill-tangent>'),
};

const { opened } = served(PAGES);

const read = (page) => readout(page, TAG);
const act = (page, id) => page.locator(`[data-action=${id}]`).click();
const length = (ink) => ink.reduce((sum, [from, to]) => sum + Math.abs(to - from), 0);

test("the point dragged anywhere reads height and slope that an independent computation gives", () =>
  opened("tangent.html", async (page) => {
    for (const share of [0.2, 0.35, 0.5, 0.66, 0.8]) {
      const { stage, y } = await handlePlace(page, TAG, "at");
      await drag(page, TAG, "at", { x: stage.left + share * stage.width, y });
      const { at, value, slope: shown } = await read(page);
      const { x } = await handlePlace(page, TAG, "at");
      assert.ok(Math.abs(x - (stage.left + share * stage.width)) < 1.5, `the point is under the pointer at ${share}`);
      assert.ok(close(value, height(at)), `height at ${at}: ${value}`);
      assert.ok(close(shown, slope(at)), `slope at ${at}: ${shown}`);
    }
  }));

test("a ride by mouse, by finger and by keys leaves ink where the point has been, and nowhere else", () =>
  opened(
    "tangent.html",
    async (page) => {
      assert.deepEqual((await read(page)).ink, []);
      await listen(page);
      const before = (await read(page)).at;
      const { x, y } = await handlePlace(page, TAG, "at");
      await drag(page, TAG, "at", { x: x + 40, y });
      const dragged = await read(page);
      assert.equal(dragged.ink.length, 1);
      assert.ok(close(dragged.ink[0][0], before) && close(dragged.ink[0][1], dragged.at), JSON.stringify(dragged.ink));
      const finger = await handlePlace(page, TAG, "at");
      await swipe(page, [
        { x: finger.x, y: finger.y },
        { x: finger.x + 15, y: finger.y },
        { x: finger.x + 30, y: finger.y },
      ]);
      const swiped = await read(page);
      assert.ok(swiped.at > dragged.at && length(swiped.ink) > length(dragged.ink));
      assert.ok(close(swiped.ink[0][0], before) && close(swiped.ink.at(-1)[1], swiped.at));
      const knob = page.locator('.knob[data-handle="at"]');
      await knob.focus();
      for (let i = 0; i < 4; i += 1) await knob.press("ArrowRight");
      const keyed = await read(page);
      assert.ok(keyed.at > swiped.at && length(keyed.ink) > length(swiped.ink));
      assert.ok(close(keyed.ink.at(-1)[1], keyed.at));
      assert.ok((await page.evaluate(() => window.heard)).some(({ name }) => name === "change"));
      // A leap leaves the way between untouched.
      await page.locator("#point").fill("1.25");
      await page.locator("#point").press("Enter");
      const leapt = await read(page);
      assert.equal(leapt.at, 1.25);
      assert.ok(close(length(leapt.ink), length(keyed.ink), 1e-9), JSON.stringify(leapt.ink));
      await act(page, "clear");
      assert.deepEqual((await read(page)).ink, []);
      await page.locator("[data-action=undo]").click();
      assert.deepEqual((await read(page)).ink, leapt.ink);
    },
    { hasTouch: true },
  ));

test("the second point closes in by halves, and its ratio settles to the slope", () =>
  opened("tangent.html", async (page) => {
    await act(page, "second");
    const first = await read(page);
    const { at } = first;
    const ratio = (h) => (height(at + h) - height(at)) / h;
    assert.ok(close(first.secant.ratio, ratio(first.secant.h), 1e-9));
    for (let i = 0; i < 8; i += 1) await act(page, "halve");
    const last = await read(page);
    assert.ok(close(last.secant.h, first.secant.h / 256, 1e-12));
    assert.equal(last.halvings.length, 9);
    for (const { h, ratio: shown } of last.halvings) assert.ok(close(shown, ratio(h), 1e-7), `${h}: ${shown}`);
    assert.ok(Math.abs(last.secant.ratio - slope(at)) < Math.abs(first.secant.ratio - slope(at)) / 100);
    await page.getByText("The numbers as a table").click();
    await page.locator(".numbers tbody tr").nth(8).waitFor();
    assert.equal(await page.locator(".numbers tbody tr").count(), 9);
    await act(page, "single");
    assert.equal((await read(page)).secant, null);
  }));

test("the second point is dragged by its own handle", () =>
  opened("tangent.html", async (page) => {
    await act(page, "second");
    const before = await read(page);
    const { x, y } = await handlePlace(page, TAG, "second");
    await drag(page, TAG, "second", { x: x + 50, y });
    const after = await read(page);
    assert.equal(after.at, before.at);
    assert.ok(after.secant.h > before.secant.h);
    assert.ok(close(after.secant.rise, height(after.at + after.secant.h) - height(after.at), 1e-9));
  }));

test("the lens magnifies tenfold at each press and can be widened again, and a corner stays a corner", () =>
  opened("corner.html", async (page) => {
    for (const power of [10, 100, 1000]) {
      await act(page, "closer");
      assert.equal((await read(page)).magnification, power);
    }
    const { slope: none, left, right } = await read(page);
    assert.deepEqual([none, left, right], [null, -1, 1]);
    await act(page, "wider");
    assert.equal((await read(page)).magnification, 100);
    const field = page.locator("#lens-value, #lens-magnification-value").first();
    await field.fill("1");
    await field.press("Enter");
    assert.equal((await read(page)).magnification, 1);
    assert.equal(await page.locator("[data-action=wider]").count(), 0);
  }));

test("a sketch is drawn with seven grips, judged when one asks, and begun again or left", () =>
  opened("tangent.html", async (page) => {
    await listen(page);
    await act(page, "sketch");
    assert.equal((await read(page)).sketch.length, 7);
    assert.equal((await read(page)).verdict, null);
    const grips = (await read(page)).handles.filter(({ id }) => id.startsWith("grip"));
    assert.equal(grips.length, 7);
    const [low, high] = (await read(page)).domain;
    // Each grip to the slope at its place.
    const { stage } = await handlePlace(page, TAG, "grip1");
    for (const [index, { id, min, max }] of grips.entries()) {
      const place = low + ((high - low) * (index + 1)) / 8;
      const wanted = Math.min(max, Math.max(min, slope(place)));
      const from = await handlePlace(page, TAG, id);
      const zero = from.y + ((await read(page)).sketch[index] * stage.height) / (max - min);
      await drag(page, TAG, id, { x: from.x, y: zero - (wanted * stage.height) / (max - min) });
      const drawn = (await read(page)).sketch[index];
      assert.ok(Math.abs(drawn - wanted) < 0.15 * (max - min), `grip ${index + 1}: ${drawn}, wanted ${wanted}`);
    }
    await act(page, "check");
    const judged = await read(page);
    assert.equal(judged.verdict, "right");
    assert.ok((await page.evaluate(() => window.heard)).some(({ name }) => name === "answer"));
    await act(page, "sketch");
    assert.deepEqual((await read(page)).sketch, [0, 0, 0, 0, 0, 0, 0]);
    assert.equal((await read(page)).verdict, null);
    await act(page, "leave");
    assert.equal((await read(page)).sketch, null);
  }));

test("the whole derivative is shown where one asks, and another formula is followed with its derivative beside it", () =>
  opened("tangent.html", async (page) => {
    await page.getByRole("switch", { name: "Derivative" }).check();
    assert.ok((await read(page)).controls.find(({ id }) => id === "derivative").value);
    const field = page.getByLabel("Your function");
    await field.fill("sin(2x)");
    await field.press("Enter");
    const { at, value, slope: shown } = await read(page);
    assert.ok(close(value, Math.sin(2 * at)));
    assert.ok(close(shown, 2 * Math.cos(2 * at)));
    assert.ok((await page.locator(".echo math").count()) >= 2);
  }));

test("it has no steps: no button, no key and no scrubber of theirs", () =>
  opened("tangent.html", async (page) => {
    for (const id of ["step", "back", "run", "reset"]) {
      assert.equal(await page.locator(`[data-action=${id}]`).count(), 0, id);
    }
    const before = await read(page);
    await page.locator(".stages").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    const after = await read(page);
    assert.deepEqual([after.at, after.status], [before.at, before.status]);
    assert.equal(await page.locator(".keys").count(), 0);
  }));

test("its state shows the same moment in another element", () =>
  opened("tangent.html", async (page) => {
    await act(page, "second");
    await act(page, "halve");
    await act(page, "closer");
    const { x, y } = await handlePlace(page, TAG, "at");
    await drag(page, TAG, "at", { x: x + 40, y });
    const [first, second] = await page.evaluate(async () => {
      const first = document.querySelector("downhill-tangent");
      const second = document.createElement("downhill-tangent");
      second.state = JSON.parse(JSON.stringify(first.state));
      first.after(second);
      await second.ready;
      const numbers = ({ at, value, slope, secant, ink, magnification, domain }) => {
        return { at, value, slope, secant, ink, magnification, domain };
      };
      return [numbers(first.readout), numbers(second.readout)];
    });
    assert.deepEqual(second, first);
  }));

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    test(`axe finds nothing to object to in any state (${colorScheme}, ${width} pixels), and nothing sticks out`, () =>
      opened(
        "tangent.html",
        async (page) => {
          const assertSound = async (about) => {
            assert.deepEqual(await axeViolations(page), [], about);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${about}: ${wide} pixels too wide`);
          };
          await assertSound("idle");
          const { x, y } = await handlePlace(page, TAG, "at");
          await drag(page, TAG, "at", { x: x + 30, y });
          await assertSound("with ink");
          await act(page, "second");
          await act(page, "halve");
          await page.getByText("The numbers as a table").click();
          await assertSound("with a second point and the table");
          await act(page, "single");
          await act(page, "closer");
          await assertSound("with the lens");
          await act(page, "sketch");
          await assertSound("sketching");
          await act(page, "check");
          await assertSound("judged");
          await act(page, "leave");
          await page.getByLabel("Your function").fill("sni(x)");
          await page.getByLabel("Your function").press("Enter");
          await assertSound("a mistake in the formula");
          await page.getByLabel("Your function").press("Escape");
          await page.$eval(TAG, (element) => {
            element.at = "nowhere";
          });
          await page.locator('.status[data-kind="warning"]').waitFor();
          await assertSound("with a warning");
        },
        { colorScheme, viewport: { width, height: 1400 } },
      ));
  }
}
