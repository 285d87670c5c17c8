// Going back: the scrubber, undo and redo, and what follows the moment that is shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations } from "./support.mjs";
import { drag, handlePlace, listen, pageWith, readout, served, swipe } from "./widget.mjs";

const TAG = "downhill-descent";
const BOWL = 'function="x^2" start="3" learning-rate="0.1"';
const PAGES = {
  "/favicon.ico": "",
  "/bowl.html": pageWith(`<downhill-descent ${BOWL}></downhill-descent>`),
  "/scrubbed.html": pageWith(`<downhill-descent ${BOWL} controls="step history"></downhill-descent>`),
  "/houses.html": pageWith('<downhill-houses controls="step run history data feature"></downhill-houses>'),
  "/tangent.html": pageWith('<downhill-tangent function="x^2" at="1" controls="formula history"></downhill-tangent>'),
  "/none.html": pageWith(`<downhill-descent ${BOWL} controls="none"></downhill-descent>`),
  "/tall.html": pageWith(
    `<downhill-tangent function="x^3/3 - x + 2" at="-1.5"></downhill-tangent><p style="height:1500px">Words.</p>`,
  ),
};

const site = served(PAGES);
const { opened } = site;

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const place = async (page) => (await readout(page, TAG)).at[0];

test("the scrubber goes to and fro over the steps taken, and a step from the past begins anew there", () =>
  opened("scrubbed.html", async (page) => {
    const at = [await place(page)];
    for (let step = 1; step <= 5; step += 1) {
      await press(page, "Step");
      at.push(await place(page));
    }
    const scrubber = page.getByLabel("History");
    assert.equal(await scrubber.getAttribute("aria-valuetext"), "step 5 of 5");
    await listen(page);
    await scrubber.focus();
    await scrubber.press("ArrowLeft");
    await scrubber.press("ArrowLeft");
    assert.equal(await place(page), at[3]);
    assert.equal(await scrubber.getAttribute("aria-valuetext"), "step 3 of 5");
    assert.ok((await page.evaluate(() => window.heard)).some(({ name }) => name === "change"));
    await scrubber.press("Home");
    assert.equal(await place(page), at[0]);
    await scrubber.press("End");
    assert.equal(await place(page), at[5]);
    assert.deepEqual(await axeViolations(page), []);
    await scrubber.fill("2");
    assert.equal(await place(page), at[2]);
    await press(page, "Step");
    assert.equal(await place(page), at[3]);
    assert.equal(await scrubber.getAttribute("aria-valuetext"), "step 3 of 3");
  }));

test("the scrubber stands there only where the page names it and the widget steps", () =>
  opened("bowl.html", async (page) => {
    assert.equal(await page.locator("#history").count(), 0);
    await page.goto(`${site.server.url}houses.html`);
    await page.locator("#history").waitFor();
    await page.goto(`${site.server.url}tangent.html`);
    await page.locator("#formula").waitFor();
    assert.equal(await page.locator("#history").count(), 0);
  }));

test("the scrubber of the houses shows the line of each step", () =>
  opened("houses.html", async (page) => {
    const line = async () => (await readout(page, "downhill-houses")).coefficients[0];
    const lines = [await line()];
    for (let step = 1; step <= 3; step += 1) {
      await press(page, "Step");
      lines.push(await line());
    }
    for (const step of [0, 2, 1, 3]) {
      await page.locator("#history").fill(String(step));
      assert.equal(await line(), lines[step]);
    }
  }));

test("what a learner changed is taken back and made again, by its buttons and by keys", () =>
  opened("bowl.html", async (page) => {
    const undo = page.locator("[data-action=undo]");
    const redo = page.locator("[data-action=redo]");
    assert.equal((await undo.count()) + (await redo.count()), 0);
    const { stage, y } = await handlePlace(page, TAG);
    await drag(page, TAG, undefined, { x: stage.left + 0.4 * stage.width, y });
    const dragged = await place(page);
    assert.notEqual(dragged, 3);
    assert.match(await undo.textContent(), /^Undo: \w/);
    await undo.click();
    assert.equal(await place(page), 3);
    assert.match(await redo.textContent(), /^Redo: \w/);
    await redo.click();
    assert.equal(await place(page), dragged);
    await page.locator(".stages").focus();
    await page.keyboard.press("Control+z");
    assert.equal(await place(page), 3);
    await page.keyboard.press("Control+Shift+z");
    assert.equal(await place(page), dragged);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+y");
    assert.equal(await place(page), dragged);
    // Two changes, taken back one by one.
    const rate = page.locator("#rate-value");
    await rate.fill("0.4");
    await rate.press("Enter");
    await page.locator(".stages").focus();
    await page.keyboard.press("Control+z");
    const { learningRate, at } = await readout(page, TAG);
    assert.deepEqual([learningRate, at[0]], [0.1, dragged]);
    await page.keyboard.press("Control+z");
    assert.equal(await place(page), 3);
    assert.equal(await undo.count(), 0);
  }));

test("undo in a field takes back what was typed and leaves the chart alone", () =>
  opened("bowl.html", async (page) => {
    await page.locator(".knob").first().focus();
    await page.keyboard.press("ArrowLeft");
    const moved = await place(page);
    assert.ok(moved < 3);
    await page.locator("#rate-value").focus();
    await page.keyboard.type("0.7");
    await page.keyboard.press("Control+z");
    assert.equal(await place(page), moved);
    assert.equal((await readout(page, TAG)).redo, null);
  }));

test("the keys of undo are the page's own where shortcuts are off", () =>
  opened("bowl.html", async (page) => {
    await page.locator(".knob").first().focus();
    await page.keyboard.press("ArrowLeft");
    const moved = await place(page);
    await page.$eval(TAG, (element) => element.setAttribute("shortcuts", "off"));
    await page.locator(".stages").focus();
    await page.keyboard.press("Control+z");
    assert.equal(await place(page), moved);
  }));

test("a widget that readers may not touch has no button that takes back", () =>
  opened("none.html", async (page) => {
    await page.locator(".knob").first().focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.locator("[data-action]").count(), 0);
  }));

test("the field of the place follows the ball, whatever moved it", () =>
  opened("bowl.html", async (page) => {
    const field = page.locator("#point");
    const assertFollows = async (about) => {
      // The ball slides to where it is, and the field goes with it.
      await page.waitForFunction(() => {
        const { at, handles } = document.querySelector("downhill-descent").readout;
        return handles[0].value === at[0];
      });
      // Written as in the equation, and right to the last digit that is shown.
      const text = (await field.inputValue()).replace("−", "-");
      const [shown, decimals] = [Number(text), text.split(".")[1]?.length ?? 0];
      const exact = await place(page);
      assert.ok(Math.abs(shown - exact) <= 0.5 * 10 ** -decimals + 1e-12, `${about}: ${shown} and ${exact}`);
      return shown;
    };
    assert.equal(await assertFollows("at first"), 3);
    await press(page, "Step");
    assert.equal(await assertFollows("after a step"), 2.4);
    await page.$eval(TAG, (element) => element.step(3));
    await assertFollows("after three");
    await press(page, "Step back");
    await assertFollows("after a step back");
    const { stage, y } = await handlePlace(page, TAG);
    await drag(page, TAG, undefined, { x: stage.left + 0.3 * stage.width, y });
    await assertFollows("after a drag");
    await press(page, "Reset");
    await assertFollows("after a reset");
    await field.fill("-1.5");
    await field.press("Enter");
    assert.equal(await assertFollows("typed"), -1.5);
    await press(page, "Step");
    assert.equal(await assertFollows("a step after typing"), -1.2);
  }));

test("a finger on the point of the tangent drags it, anywhere else it scrolls the page", () =>
  opened(
    "tall.html",
    async (page) => {
      const at = async () => (await readout(page, "downhill-tangent")).at;
      const { x, y, stage } = await handlePlace(page, "downhill-tangent", "at");
      await swipe(page, [
        { x, y },
        { x: x + 30, y: y - 20 },
        { x: x + 60, y: y - 40 },
      ]);
      const dragged = await at();
      assert.ok(dragged > -1.5, `the point is at ${dragged}`);
      assert.equal(await page.evaluate(() => scrollY), 0);
      const free = { x: stage.left + stage.width * 0.9, y: stage.top + stage.height * 0.85 };
      await swipe(page, [
        free,
        { x: free.x, y: free.y - 60 },
        { x: free.x, y: free.y - 120 },
        { x: free.x, y: free.y - 180 },
      ]);
      await page.waitForFunction(() => scrollY > 50);
      assert.equal(await at(), dragged);
    },
    { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } },
  ));
