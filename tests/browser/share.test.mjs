// What a learner or a teacher takes away: links and code, by every way to press, and where a page may not copy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./support.mjs";
import { openWidget, pageWith, readout, served } from "./widget.mjs";

const DESCENT = "downhill-descent";
const site = served({
  "/favicon.ico": "",
  "/descent.html": pageWith(`<${DESCENT} start="-0.5"></${DESCENT}>`),
  "/all.html": pageWith(
    `<${DESCENT} controls="step, run, rate, share" lang="de"></${DESCENT}><downhill-houses></downhill-houses><downhill-tangent></downhill-tangent>`,
  ),
  "/empty.html": pageWith(""),
});

const dialog = (page) => page.locator("dialog.embed");
const isOpen = (page) =>
  page.waitForFunction((tag) => document.querySelector(tag).shadowRoot.querySelector("dialog.embed")?.open, DESCENT, {
    timeout: 2000,
  });

/** Each opens the menu and takes the item of that name. */
const WAYS = {
  mouse: [
    {},
    async (page, item) => {
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByRole("menuitem", { name: item }).click();
    },
  ],
  touch: [
    { hasTouch: true },
    async (page, item) => {
      await page.getByRole("button", { name: "Share" }).tap();
      await page.getByRole("menuitem", { name: item }).tap();
    },
  ],
  keys: [
    {},
    async (page, item) => {
      await page.getByRole("button", { name: "Share" }).focus();
      await page.keyboard.press("Enter");
      while (!(await page.getByRole("menuitem", { name: item }).evaluate((one) => one.matches(":focus"))))
        await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    },
  ],
};

for (const [way, [options, choose]] of Object.entries(WAYS)) {
  test(`“Embed this” opens at once by ${way}, and closed it gives the focus back`, () =>
    site.opened(
      "descent.html",
      async (page) => {
        await choose(page, "Embed this");
        await isOpen(page);
        assert.match(await dialog(page).locator("code").textContent(), /<downhill-descent/);
        await page.keyboard.press("Escape");
        await page.waitForFunction(
          (tag) => document.querySelector(tag).shadowRoot.activeElement?.matches(".share .iconbtn"),
          DESCENT,
        );
      },
      options,
    ));
}

for (const [what, without] of Object.entries({
  refused: () => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  },
  absent: () => Object.defineProperty(navigator, "clipboard", { value: undefined }),
})) {
  test(`where the clipboard is ${what}, the link can be seen and copied by hand`, () =>
    site.opened("descent.html", async (page) => {
      await page.evaluate(without);
      await WAYS.mouse[1](page, "Copy link");
      await isOpen(page);
      assert.match(await dialog(page).locator("code").textContent(), /embed\.html\?widget=descent#/);
      assert.match(await dialog(page).locator(".said").textContent(), /Select the text/);
    }));
}

test("a link opens its moment however a chat spelt its signs", () =>
  site.opened("descent.html", async (page) => {
    const packed = await page.evaluate(async (tag) => {
      const { encodeState } = await import("/downhill.js");
      const element = document.querySelector(tag);
      element.step(3);
      return encodeState(element.state);
    }, DESCENT);
    const { at } = await readout(page, DESCENT);
    const percent = [...packed].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join("");
    for (const fragment of [`#${packed}`, `%23${packed}`, `#${percent}`, `%23${percent}`, `#%65${packed.slice(1)}`]) {
      const { page: other, context } = await open(
        site.browser,
        `${site.server.url}embed.html?widget=descent${fragment}`,
      );
      await other.waitForFunction((tag) => document.querySelector(tag)?.readout?.steps === 3, DESCENT, {
        timeout: 5000,
      });
      assert.deepEqual((await readout(other, DESCENT)).at, at, fragment.slice(0, 12));
      await context.close();
    }
  }));

/** What a learner does before a teacher takes the code away: all of it can be said in attributes. */
const CHANGES = {
  "downhill-descent": (scene) => {
    scene.function = "x^4 - 2*x";
    scene.learningRate = 0.02;
    scene.optimizer = "adam";
    scene.start = 1.25;
  },
  "downhill-houses": (scene) => {
    scene.features = ["year_built"];
    scene.standardize = false;
    scene.start = [100, 20000];
    scene.house = 12;
  },
  "downhill-tangent": (scene) => {
    scene.function = "sin(x) & broken";
    scene.function = "sin(x) * 2";
    scene.at = 0.5;
    scene.showDerivative = true;
    scene.secondPoint = 1.5;
  },
};

for (const [tag, change] of Object.entries(CHANGES)) {
  test(`the code of <${tag}> says in words what it shows, and shows it`, () =>
    site.opened("all.html", async (page) => {
      await page.$eval(tag, (element, change) => new Function("scene", `(${change})(scene)`)(element), String(change));
      const { state, theme } = await page.$eval(tag, (element) => ({ state: element.state, theme: element.theme }));
      for (const way of ["element", "frame"]) {
        await page.locator(tag).locator(".share .iconbtn").click();
        await page.locator(tag).getByRole("menuitem").nth(1).click();
        await page.locator(tag).locator(`input[value=${way}]`).check({ force: true });
        const code = await page.locator(tag).locator("dialog code").textContent();
        await page.keyboard.press("Escape");
        assert.doesNotMatch(code, /state=|#eyJ|[\w-]{40}/, code);
        const other = await openWidget(site.browser, `${site.server.url}empty.html`);
        const shown =
          way === "element"
            ? await other.page.evaluate(showCode, code)
            : await (async () => {
                await other.page.goto(code.match(/src="([^"]+)"/)[1].replaceAll("&amp;", "&"));
                return other.page.locator(tag).evaluate(async (element) => {
                  await element.ready;
                  return element.state;
                });
              })();
        assert.deepEqual(shown, state, code);
        await other.context.close();
      }
      assert.equal(theme, "auto");
    }));
}

/** In the page: the state of the element that this code makes. */
async function showCode(code) {
  document.querySelector("main").innerHTML = code.replace(/<script.*<\/script>/, "");
  const element = document.querySelector("main").firstElementChild;
  await element.ready;
  return element.state;
}

test("steps that were taken are no setting: the code then holds the whole moment, and the controls of the page stay those it chose", () =>
  site.opened("all.html", async (page) => {
    await page.$eval(DESCENT, (element) => element.step(2));
    await page.locator(DESCENT).locator(".share .iconbtn").click();
    await page.locator(DESCENT).getByRole("menuitem").nth(1).click();
    const code = await page.locator(DESCENT).locator("dialog code").textContent();
    assert.match(code, / state="/);
    assert.match(code, / controls="step, run, rate, share"/);
    assert.match(code, / lang="de"/);
  }));
