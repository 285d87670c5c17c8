// What a screen reader hears: what changed, said where every engine listens, and names that hold what is written.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageWith, served } from "./widget.mjs";

const DESCENT = "downhill-descent";
const site = served({
  "/favicon.ico": "",
  "/one.html": pageWith(`<${DESCENT} lang="de"></${DESCENT}>`),
  "/dialog.html": pageWith(`<dialog id="sheet"><${DESCENT}></${DESCENT}></dialog>`),
  "/all.html": pageWith(
    "<downhill-descent></downhill-descent><downhill-houses></downhill-houses><downhill-tangent></downhill-tangent>",
  ),
});

const explained = (page) => page.$eval(DESCENT, (element) => element.readout.explain.map(({ text }) => text).join(""));

test("a browser that lets elements speak is told the sentence of a step, in its language", () =>
  site.opened("one.html", async (page) => {
    await page.evaluate(() => {
      window.heard = [];
      HTMLElement.prototype.ariaNotify = function (words) {
        window.heard.push([this.closest("[lang]").lang, words]);
      };
    });
    await page.locator(DESCENT).locator("[data-action=step]").click();
    await page.waitForFunction(() => window.heard.length > 0);
    assert.deepEqual(await page.evaluate(() => window.heard[0]), ["de", await explained(page)]);
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
      assert.equal(await region.textContent(), await explained(page));
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
