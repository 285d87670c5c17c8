// What a screen reader hears: what changed, said where every engine listens, and names that hold what is written.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageWith, served } from "./widget.mjs";

const DESCENT = "downhill-descent";
const site = served({
  "/favicon.ico": "",
  "/one.html": pageWith(`<${DESCENT} lang="de"></${DESCENT}>`),
  // So slow that it does not settle while it is listened to.
  "/slow.html": pageWith(`<${DESCENT} function="w^2" start="3" learning-rate="0.01"></${DESCENT}>`),
  "/dialog.html": pageWith(`<dialog id="sheet"><${DESCENT}></${DESCENT}></dialog>`),
  "/all.html": pageWith(
    "<downhill-descent></downhill-descent><downhill-houses></downhill-houses><downhill-tangent></downhill-tangent>",
  ),
});

const heard = (page) => page.$eval(DESCENT, (element) => element.readout.heard);

test("a browser that lets elements speak is told step, place, loss and slope, in the language of the widget", () =>
  site.opened("one.html", async (page) => {
    await page.evaluate(() => {
      window.heard = [];
      HTMLElement.prototype.ariaNotify = function (words) {
        window.heard.push([this.closest("[lang]").lang, words]);
      };
    });
    await page.locator(DESCENT).locator("[data-action=step]").click();
    await page.waitForFunction(() => window.heard.length > 0);
    assert.deepEqual(await page.evaluate(() => window.heard[0]), ["de", await heard(page)]);
    assert.match(
      await heard(page),
      /^Schritt 1\. w −?\d,\d+, Verlust \d,\d+\. Steigung −?\d,\d+, nach rechts hin(auf|ab)\.$/,
    );
  }));

test("of a run every fourth step is heard, and how it ends", () =>
  site.opened("slow.html", async (page) => {
    await page.evaluate(() => {
      window.heard = [];
      HTMLElement.prototype.ariaNotify = (words) => window.heard.push(words);
    });
    const run = page.locator(DESCENT).locator("[data-action=run]");
    await run.click();
    await page.waitForFunction(() => window.heard.length >= 2);
    await run.click();
    const { steps, last } = await page.$eval(DESCENT, ({ readout }) => ({ steps: readout.steps, last: readout.heard }));
    await page.waitForFunction((last) => window.heard.includes(last), last);
    const numbers = await page.evaluate(() => window.heard.map((words) => Number(/^Step (\d+)\./.exec(words)[1])));
    assert.ok(steps >= 8 && numbers.at(-1) === steps, `${numbers} of ${steps}`);
    for (const [at, number] of numbers.slice(0, -1).entries()) {
      assert.ok(number - (numbers[at - 1] ?? 0) >= 4, `${numbers}: not more often than every fourth`);
    }
  }));

for (const [path, around] of [
  ["one.html", "body"],
  ["dialog.html", "dialog"],
]) {
  test(`elsewhere it appears in a region of the page itself, and goes with the widget (${around})`, () =>
    site.opened(path, async (page) => {
      // As if the browser had never heard of it; the widget comes again.
      await page.evaluate((tag) => {
        delete Element.prototype.ariaNotify;
        delete HTMLElement.prototype.ariaNotify;
        document.getElementById("sheet")?.showModal();
        const element = document.querySelector(tag);
        element.replaceWith(element.cloneNode(true));
        return document.querySelector(tag).ready;
      }, DESCENT);
      const region = page.locator(`${around} > [role=status]`);
      assert.equal(await region.count(), 1);
      assert.equal(await region.textContent(), "");
      await page.locator(DESCENT).locator("[data-action=step]").click();
      await page.waitForFunction((around) => document.querySelector(`${around} > [role=status]`).textContent, around);
      assert.equal(await region.textContent(), await heard(page));
      await page.$eval(DESCENT, (element) => element.remove());
      assert.equal(await region.count(), 0);
    }));
}

test("the name of every control holds the words that are written on it", () =>
  site.opened("all.html", async (page) => {
    const wrong = await page.evaluate(() => {
      const plain = (text) => text.replaceAll(/\s+/g, " ").trim();
      return [...document.querySelectorAll("downhill-descent, downhill-houses, downhill-tangent")].flatMap((element) =>
        [...element.shadowRoot.querySelectorAll("button, input, select, textarea")].flatMap((control) => {
          const name = control.getAttribute("aria-label");
          const written = [...(control.labels ?? []), ...(control.localName === "button" ? [control] : [])];
          return written
            .map((label) => plain(label.innerText))
            .filter((text) => name !== null && text !== "" && !plain(name).includes(text))
            .map((text) => `${element.localName}: “${text}” is called “${name}”`);
        }),
      );
    });
    assert.deepEqual(wrong, []);
  }));
