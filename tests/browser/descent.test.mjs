// <downhill-descent> in a browser, with real pointer and key events.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations } from "./support.mjs";
import { close, drag, drawn, handlePlace, listen, pageWith, readout, served, share } from "./widget.mjs";

const TAG = "downhill-descent";
// Computed here, not by the engine.
const loss = (w) => (w * w - 4) ** 2 / 8 + w / 3 + 1.5;
const slope = (w) => (w * (w * w - 4)) / 2 + 1 / 3;

const TWO_VALLEYS = 'function="(w^2 - 4)^2 / 8 + w / 3 + 1.5" start="-0.5" learning-rate="0.3"';
const PAGES = {
  // Browsers ask for it by themselves.
  "/favicon.ico": "",
  "/two-valleys.html": pageWith(`<downhill-descent ${TWO_VALLEYS}>Words.</downhill-descent>`),
  "/bowl.html": pageWith('<downhill-descent function="x^2" start="3" learning-rate="0.1"></downhill-descent>'),
  "/default.html": pageWith("<downhill-descent></downhill-descent>"),
};

const { opened } = served(PAGES);

test("the ball dragged anywhere reads what an independent computation gives", () =>
  opened("two-valleys.html", async (page) => {
    for (const share of [0.2, 0.35, 0.5, 0.66, 0.8]) {
      const { stage, y } = await handlePlace(page, TAG);
      await drag(page, TAG, undefined, { x: stage.left + share * stage.width, y });
      const read = await readout(page, TAG);
      const [x] = read.at;
      const place = await handlePlace(page, TAG);
      assert.ok(
        Math.abs(place.x - (stage.left + share * stage.width)) < 1.5,
        `the ball is under the pointer at ${share}`,
      );
      assert.ok(close(read.value, loss(x)), `value at ${x}: ${read.value}`);
      assert.ok(close(read.gradient[0], slope(x)), `slope at ${x}: ${read.gradient[0]}`);
      assert.ok(close(read.next[0], x - 0.3 * slope(x)), `next from ${x}: ${read.next[0]}`);
    }
  }));

test("one step goes to x − rate · f′(x), and one step back returns to the same bits", () =>
  opened("two-valleys.html", async (page) => {
    const before = (await readout(page, TAG)).at[0];
    await page.getByRole("button", { name: "Step", exact: true }).click();
    const after = await readout(page, TAG);
    assert.equal(after.steps, 1);
    assert.ok(close(after.at[0], before - 0.3 * slope(before)));
    await page.getByRole("button", { name: "Step back" }).click();
    const back = await readout(page, TAG);
    assert.equal(back.at[0], before);
    assert.equal(back.steps, 0);
  }));

test("figures, sentence and equation on the page agree with the readout", () =>
  opened("two-valleys.html", async (page) => {
    const read = await readout(page, TAG);
    for (const figure of read.figures) {
      const shown = await page.locator(`[data-figure="${figure.id}"] dd`).textContent();
      assert.equal(shown.trim(), figure.value);
    }
    const sentence = await page.locator(".explain").textContent();
    assert.equal(
      sentence.trim().replace(/\s+/g, " "),
      read.explain
        .map((span) => span.text)
        .join("")
        .trim(),
    );
    assert.equal(await page.getByRole("math").first().getAttribute("aria-label"), read.equationSpoken);
  }));

test("a run that diverges stops, says why, and its button lowers the rate", () =>
  opened(
    "bowl.html",
    async (page) => {
      await listen(page);
      await page.getByLabel("Learning rate η, typed").fill("1.2");
      await page.getByLabel("Learning rate η, typed").press("Enter");
      await page.getByRole("button", { name: "Run" }).click();
      await page.waitForFunction(() => document.querySelector("downhill-descent").readout.status === "diverged", null, {
        timeout: 15_000,
      });
      const read = await readout(page, TAG);
      assert.ok(read.reason.length > 0);
      assert.ok(Number.isFinite(read.at[0]) && Number.isFinite(read.value));
      const card = page.locator('.status[data-kind="diverged"]');
      assert.match(await card.textContent(), /rate/i);
      assert.ok((await page.evaluate(() => window.heard)).some((event) => event.name === "diverged"));
      await card.locator(".btn").click();
      const mended = await readout(page, TAG);
      assert.ok(mended.learningRate < 1.2, `the rate is now ${mended.learningRate}`);
      assert.notEqual(mended.status, "diverged");
    },
    { reducedMotion: "reduce" },
  ));

test("a run that settles says so and stops by itself", () =>
  opened("bowl.html", async (page) => {
    await listen(page);
    await page.evaluate(() => document.querySelector("downhill-descent").step(40));
    assert.deepEqual(await page.evaluate(() => window.heard), [], "a program's steps tell no one");
    await page.getByRole("button", { name: "Run" }).click();
    await page.waitForFunction(() => document.querySelector("downhill-descent").readout.status === "converged", null, {
      timeout: 60_000,
    });
    assert.ok(Math.abs((await readout(page, TAG)).at[0]) < 1e-2);
    await page.locator('.status[data-kind="converged"]').waitFor();
    assert.ok((await page.evaluate(() => window.heard)).some((event) => event.name === "converged"));
    assert.equal(await page.getByRole("button", { name: "Run" }).count(), 1);
  }));

test("the blindfold hides the curve and nothing that was felt", () =>
  opened("two-valleys.html", async (page) => {
    const blue = [10, 92, 194];
    const seen = await share(page, TAG, '[data-stage="curve"] .base', blue);
    assert.ok(seen > 0.001, `the curve is drawn: ${seen}`);
    const before = await readout(page, TAG);
    await page.getByRole("switch", { name: "Blindfold" }).check();
    await drawn(page);
    const hidden = await share(page, TAG, '[data-stage="curve"] .base', blue);
    assert.ok(hidden < seen / 10, `hardly any of it is left: ${hidden} of ${seen}`);
    const read = await readout(page, TAG);
    assert.equal(read.blindfold.on, true);
    assert.deepEqual(read.gradient, before.gradient);
    await page.getByRole("button", { name: "Step", exact: true }).click();
    assert.equal((await readout(page, TAG)).steps, 1);
  }));

test("a mistake in the formula shows its message and a caret under the first wrong character, and the last good curve stays", () =>
  opened("two-valleys.html", async (page) => {
    const field = page.getByLabel("Your function");
    for (const [text, code, start] of [
      ["x^2 + sni(x)", "E_NAME", 6],
      ["(x + 1", "E_PAREN", 0],
      ["x^2 +", "E_EOF", 5],
    ]) {
      await field.fill(text);
      await field.press("Enter");
      const problem = page.locator("#formula-problem");
      await problem.waitFor();
      const read = await readout(page, TAG);
      assert.equal(read.formula.mistake.code, code, text);
      assert.equal(read.formula.mistake.start, start, text);
      assert.ok((await problem.textContent()).startsWith(read.formula.mistake.message));
      assert.equal((await page.locator(".caret").textContent()).indexOf("^"), start);
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      assert.equal(read.formula.text, "(w^2 - 4)^2 / 8 + w / 3 + 1.5");
      assert.ok(close(read.value, loss(read.at[0])));
    }
    await field.press("Escape");
    assert.equal(await field.inputValue(), "(w^2 - 4)^2 / 8 + w / 3 + 1.5");
    assert.equal(await page.locator("#formula-problem").count(), 0);
  }));

test("the caret stands under the character in pixels too", () =>
  opened("two-valleys.html", async (page) => {
    const field = page.getByLabel("Your function");
    await field.fill("w^2 + sni(w)");
    await field.press("Enter");
    const offset = await page.$eval(TAG, (element) => {
      const root = element.shadowRoot;
      const box = root.querySelector(".box");
      const caret = root.querySelector(".caret");
      const style = getComputedStyle(box);
      const ruler = document.createElement("canvas").getContext("2d");
      ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const wrong =
        box.getBoundingClientRect().left +
        Number.parseFloat(style.paddingLeft) +
        Number.parseFloat(style.borderLeftWidth) +
        ruler.measureText("w^2 + ").width;
      const range = document.createRange();
      const text = document.createTreeWalker(caret, NodeFilter.SHOW_TEXT).nextNode();
      range.setStart(text, text.data.indexOf("^"));
      range.setEnd(text, text.data.indexOf("^") + 1);
      return range.getBoundingClientRect().left - wrong;
    });
    assert.ok(Math.abs(offset) < 2, `off by ${offset} px`);
  }));

test("half a name is no formula of another letter yet, and Escape brings back what stood there before", () =>
  opened("default.html", async (page) => {
    const field = page.locator(TAG).locator(".formula input");
    const before = await readout(page, TAG);
    await field.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("s");
    // What is followed at once would be there.
    await drawn(page);
    assert.equal((await readout(page, TAG)).formula.variable, "w");
    await page.keyboard.insertText("in(w)");
    await page.waitForFunction((tag) => document.querySelector(tag).readout.formula.text === "sin(w)", TAG);
    await page.keyboard.insertText(" +");
    await page.keyboard.press("Escape");
    await page.waitForFunction(
      ([tag, text]) => document.querySelector(tag).readout.formula.text === text,
      [TAG, before.formula.text],
    );
    assert.equal(await field.inputValue(), before.formula.text);
    // Whoever means another letter has only to stop for a moment.
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("x^2");
    await page.waitForFunction((tag) => document.querySelector(tag).readout.formula.variable === "x", TAG);
  }));

test("arrows move the rate by a hundredth of its track, with Shift by a tenth", () =>
  opened("default.html", async (page) => {
    const slider = page.locator(TAG).locator(".rng").first();
    const place = async () => Number(await slider.inputValue());
    const start = await place();
    for (const [key, way] of [
      ["ArrowRight", 10],
      ["Shift+ArrowRight", 100],
      ["ArrowLeft", -10],
      ["Shift+ArrowLeft", -100],
    ]) {
      const from = await place();
      await slider.press(key);
      // Rates are rounded to three digits.
      assert.ok(Math.abs((await place()) - from - way) <= 2, `${key}: ${from} to ${await place()}`);
    }
    assert.ok(Math.abs((await place()) - start) <= 2);
  }));

test("another formula is followed while one types it, with its derivative beside it", () =>
  opened("default.html", async (page) => {
    const field = page.getByLabel("Your function");
    await field.fill("");
    await field.pressSequentially("x^4/4 + cos(3x)");
    await page.waitForFunction((tag) => document.querySelector(tag).readout.formula.text === "x^4/4 + cos(3x)", TAG);
    const read = await readout(page, TAG);
    const [x] = read.at;
    assert.equal(read.formula.mistake, null);
    assert.ok(close(read.value, x ** 4 / 4 + Math.cos(3 * x)));
    assert.ok(close(read.gradient[0], x ** 3 - 3 * Math.sin(3 * x)));
    assert.ok((await page.locator(".echo math").count()) >= 2);
  }));

test("arrow keys move the ball by a hundredth of its range, by a tenth with Shift, Home and End to the ends", () =>
  opened("two-valleys.html", async (page) => {
    const knob = page.getByRole("slider", { name: /w/ }).first();
    await knob.focus();
    const { handles } = await readout(page, TAG);
    const [{ min, max, value }] = handles;
    await knob.press("ArrowRight");
    const coarse = (await readout(page, TAG)).at[0] - value;
    assert.ok(close(coarse, (max - min) / 100, 1e-9), `moved ${coarse}`);
    const here = (await readout(page, TAG)).at[0];
    await knob.press("Shift+ArrowLeft");
    const far = here - (await readout(page, TAG)).at[0];
    assert.ok(close(far, (max - min) / 10, 1e-9), `moved ${far}`);
    await knob.press("Home");
    assert.ok(close((await readout(page, TAG)).at[0], min));
    await knob.press("End");
    assert.ok(close((await readout(page, TAG)).at[0], max));
    assert.equal(Number(await knob.getAttribute("aria-valuenow")), (await readout(page, TAG)).at[0]);
  }));

test("the place can be typed, with a true minus sign, and a word is told what is expected", () =>
  opened("two-valleys.html", async (page) => {
    const field = page.locator("#point");
    await field.fill("−1.25");
    await field.press("Enter");
    assert.equal((await readout(page, TAG)).at[0], -1.25);
    await field.fill("here");
    await field.press("Enter");
    assert.match(await page.locator("#point-problem").textContent(), /not a number/);
    assert.equal((await readout(page, TAG)).at[0], -1.25);
    await field.press("Escape");
    assert.equal(await field.inputValue(), "−1.25");
  }));

test("→ steps, ← steps back and Space runs while the chart has the focus, not while a field has it", () =>
  opened("two-valleys.html", async (page) => {
    await page.locator(".stages").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal((await readout(page, TAG)).steps, 2);
    await page.keyboard.press("ArrowLeft");
    assert.equal((await readout(page, TAG)).steps, 1);
    await page.keyboard.press("Space");
    assert.equal((await readout(page, TAG)).status, "running");
    await page.keyboard.press("Space");
    assert.notEqual((await readout(page, TAG)).status, "running");
    const { steps } = await readout(page, TAG);
    await page.getByLabel("Your function").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal((await readout(page, TAG)).steps, steps);
    await page.$eval(TAG, (element) => element.setAttribute("shortcuts", "off"));
    await page.locator(".stages").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal((await readout(page, TAG)).steps, steps);
  }));

test("the learning rate follows its slider, its field and its attribute", () =>
  opened("two-valleys.html", async (page) => {
    const slider = page.getByRole("slider", { name: "Learning rate η" });
    await slider.focus();
    await slider.press("ArrowRight");
    const raised = (await readout(page, TAG)).learningRate;
    assert.ok(raised >= 0.3 && raised < 0.32, `one notch up is ${raised}`);
    const field = page.getByLabel("Learning rate η, typed");
    await field.fill("0.05");
    await field.press("Enter");
    assert.equal((await readout(page, TAG)).learningRate, 0.05);
    await page.$eval(TAG, (element) => element.setAttribute("learning-rate", "0.2"));
    await page.$eval(TAG, (element) => element.updateComplete);
    assert.equal((await readout(page, TAG)).learningRate, 0.2);
    await page.$eval(TAG, (element) => {
      element.learningRate = 0.4;
      return element.updateComplete;
    });
    assert.equal(await page.$eval(TAG, (element) => element.getAttribute("learning-rate")), "0.4");
    assert.equal((await readout(page, TAG)).learningRate, 0.4);
  }));

test("momentum and Adam take the steps of their definitions", () =>
  opened("bowl.html", async (page) => {
    await page.getByRole("radio", { name: "Adam" }).check();
    await page.getByRole("button", { name: "Step", exact: true }).click();
    // The first step of Adam is the rate in size, but for ε.
    assert.ok(close((await readout(page, TAG)).at[0], 3 - (0.1 * 6) / (6 + 1e-8), 1e-9));
    await page.getByRole("button", { name: "Reset" }).click();
    await page.getByRole("radio", { name: "Momentum" }).check();
    await page.evaluate(() => document.querySelector("downhill-descent").step(2));
    // v ← 0.9 v + g; x ← x − 0.1 v.
    const first = 3 - 0.1 * 6;
    const second = first - 0.1 * (0.9 * 6 + 2 * first);
    assert.ok(close((await readout(page, TAG)).at[0], second));
  }));

test("a learner's doings are told with the readout in the event, a program's are not", () =>
  opened("two-valleys.html", async (page) => {
    await listen(page);
    await page.evaluate(() => {
      const element = document.querySelector("downhill-descent");
      element.step();
      element.stepBack();
      element.learningRate = 0.1;
      element.reset();
    });
    await drawn(page);
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    await page.getByRole("button", { name: "Step", exact: true }).click();
    const heard = await page.evaluate(() => window.heard);
    assert.ok(
      heard.some(({ name, steps, tag }) => name === "step" && steps === 1 && tag === "downhill-descent"),
      JSON.stringify(heard),
    );
  }));

test("a state taken from one element shows the same moment in another", () =>
  opened("two-valleys.html", async (page) => {
    await page.evaluate(() => document.querySelector("downhill-descent").step(3));
    const same = await page.evaluate(async () => {
      const first = document.querySelector("downhill-descent");
      const second = document.createElement("downhill-descent");
      second.state = JSON.parse(JSON.stringify(first.state));
      first.after(second);
      await second.ready;
      return [first.readout.at[0], second.readout.at[0], first.readout.steps, second.readout.steps];
    });
    assert.equal(same[0], same[1]);
    assert.equal(same[2], same[3]);
  }));

test("a state that cannot be read is told in a card, and the moment stays", () =>
  opened("two-valleys.html", async (page) => {
    await page.evaluate(() => document.querySelector("downhill-descent").step(3));
    const before = await readout(page, TAG);
    const { state } = await page.$eval(TAG, (element) => ({ state: element.state }));
    for (const bad of [
      { ...state, version: 99 },
      { version: 1 },
      { ...state, kind: "houses" },
      {},
      [],
      "words",
      7,
      null,
      true,
    ]) {
      await page.$eval(
        TAG,
        (element, value) => {
          element.state = value;
          return element.updateComplete;
        },
        bad,
      );
      const card = page.locator('.status[data-kind="error"]');
      assert.match(await card.textContent(), /could not be read/, JSON.stringify(bad));
      const now = await readout(page, TAG);
      assert.deepEqual([now.at, now.steps], [before.at, before.steps], JSON.stringify(bad));
      // The card goes with the next thing a learner does.
      await page.getByRole("button", { name: "Step", exact: true }).click();
      await page.getByRole("button", { name: "Step back" }).click();
      assert.equal(await card.count(), 0);
    }
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing to object to in any state (${colorScheme})`, () =>
    opened(
      "two-valleys.html",
      async (page) => {
        assert.deepEqual(await axeViolations(page), [], "idle");
        await page.evaluate(() => document.querySelector("downhill-descent").step(4));
        await page.getByText("The numbers as a table").click();
        assert.deepEqual(await axeViolations(page), [], "stepped, with the table");
        await page.getByRole("switch", { name: "Blindfold" }).check();
        assert.deepEqual(await axeViolations(page), [], "blindfolded");
        await page.getByRole("switch", { name: "Blindfold" }).uncheck();
        await page.getByLabel("Your function").fill("sni(w)");
        await page.getByLabel("Your function").press("Enter");
        assert.deepEqual(await axeViolations(page), [], "a mistake in the formula");
        await page.getByLabel("Your function").press("Escape");
        await page.getByRole("button", { name: "Share" }).click();
        assert.deepEqual(await axeViolations(page), [], "the share menu");
        await page.getByRole("menuitem", { name: "Embed this" }).click();
        assert.ok(await page.locator("dialog.embed").evaluate((dialog) => dialog.open));
        assert.deepEqual(await axeViolations(page), [], "the embed dialog");
        await page.keyboard.press("Escape");
        await page.evaluate(() => {
          const element = document.querySelector("downhill-descent");
          element.function = "x^2";
          element.learningRate = 1.5;
          element.step(1);
          element.run();
        });
        await page.waitForFunction(
          () => document.querySelector("downhill-descent").readout.status === "diverged",
          null,
          { timeout: 15_000 },
        );
        assert.deepEqual(await axeViolations(page), [], "running away");
      },
      { colorScheme, reducedMotion: "reduce" },
    ));
}
