// The elements inside pages that React and Vue render: what is passed on arrives, what changes is followed, events come back.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open, scriptOf, startServer } from "./support.mjs";
import { ready } from "./widget.mjs";

/** Each lends the page `show(tag, props)`, which renders one element or, without a tag, none. `heard` is what listeners were told. */
const FRAMEWORKS = {
  React: `
    import { createElement } from "react";
    import { flushSync } from "react-dom";
    import { createRoot } from "react-dom/client";
    const root = createRoot(document.getElementById("app"));
    window.heard = [];
    const onChange = (event) => window.heard.push([event.type, event.detail.status]);
    window.show = (tag, props) => flushSync(() => root.render(
      tag ? createElement(tag, { ...props, "ondownhill-change": onChange }, "Words.") : null,
    ));`,
  Vue: `
    import { createApp, h, nextTick, shallowRef } from "vue";
    const shown = shallowRef();
    window.heard = [];
    const onDownhillChange = (event) => window.heard.push([event.type, event.detail.status]);
    createApp({
      render: () => shown.value && h(shown.value.tag, { ...shown.value.props, onDownhillChange }, "Words."),
    }).mount("#app");
    window.show = (tag, props) => {
      shown.value = tag ? { tag, props } : undefined;
      return nextTick();
    };`,
};

/** Props one after another, and what the readout then says of them. */
const WIDGETS = {
  "downhill-descent": [
    {
      props: { function: "x^2", start: 3, learningRate: 0.25, domain: [-4, 4], blindfold: true, theme: "dark" },
      says: { at: [3], value: 9, learningRate: 0.25, domain: [-4, 4], optimizer: "sgd" },
      switches: { blindfold: true },
    },
    {
      props: { function: "x^2/2", start: "2.5", learningRate: "0.5", domain: "-3 3", blindfold: false },
      says: { at: [2.5], value: 3.125, learningRate: 0.5, domain: [-3, 3], optimizer: "sgd" },
      switches: { blindfold: false },
    },
    {
      props: { function: "x^2", start: -1, "learning-rate": 0.125, optimizer: "adam", domain: "-2,2" },
      says: { at: [-1], learningRate: 0.125, optimizer: "adam", domain: [-2, 2] },
      switches: { blindfold: false },
    },
  ],
  "downhill-houses": [
    {
      // Before the elements are known, React writes no attribute for `false`; the word turns off what is on by default.
      props: {
        standardize: "false",
        misses: "off",
        features: ["year_built"],
        start: [100, 2e4],
        optimizer: "momentum",
      },
      says: { coefficients: [100], intercept: 20000, feature: "year_built", optimizer: "momentum", standardize: false },
      switches: { misses: false },
    },
    {
      props: { standardize: true, misses: true, features: "living_area_sqft", start: "50 1000", optimizer: "sgd" },
      says: { intercept: 1000, feature: "living_area_sqft", optimizer: "sgd", standardize: true },
      switches: { misses: true },
    },
    {
      props: { standardize: false, misses: false, features: "year_built, garage_sqft", start: "100 20000" },
      says: { coefficients: [100], intercept: 20000, optimizer: "sgd", standardize: false },
      switches: { misses: false },
    },
  ],
  "downhill-tangent": [
    {
      props: { function: "x^3", at: 2, secondPoint: 0.5, showDerivative: true, domain: [-3, 3] },
      says: { at: 2, value: 8, slope: 12, domain: [-3, 3] },
      switches: { derivative: true },
    },
    {
      props: { function: "x^2", at: "-1", secondPoint: "0.25", showDerivative: false, domain: "-2 2" },
      says: { at: -1, value: 1, slope: -2, domain: [-2, 2] },
      switches: { derivative: false },
    },
  ],
};

const PAGE = (script) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An app</title></head>
  <body><main><h1>An app</h1><div id="app"></div></main><script type="module" src="${script}"></script></body></html>`;

let server;
let browser;

before(async () => {
  const pages = { "/favicon.ico": "" };
  for (const [name, script] of Object.entries(FRAMEWORKS)) {
    pages[`/${name}.html`] = PAGE(`/${name}.js`);
    pages[`/${name}.js`] = await scriptOf(script);
  }
  server = await startServer({ pages });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** The readout, once the rendering has come through, beside what was expected of it. */
async function assertShown(page, tag, { says, switches }, about) {
  await ready(page);
  const read = await page.$eval(tag, async (element) => {
    await element.updateComplete;
    return element.readout;
  });
  const named = Object.fromEntries(Object.keys(says).map((name) => [name, read[name]]));
  const rounded = (value) => (typeof value === "number" ? Number(value.toPrecision(12)) : value);
  for (const [name, value] of Object.entries(named)) {
    const got = Array.isArray(value) ? value.map(rounded) : rounded(value);
    assert.deepEqual(got, says[name], `${name} ${about}`);
  }
  for (const [id, on] of Object.entries(switches)) {
    assert.equal(read.controls.find((control) => control.id === id).value, on, `${id} ${about}`);
  }
  assert.deepEqual(read.warnings, [], about);
}

async function assertHeard(page, tag, about) {
  await page.evaluate(() => {
    window.heard.length = 0;
  });
  await page.locator(tag).locator(".knob").first().focus();
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual(await page.evaluate(() => window.heard.map(([type]) => type)), ["downhill-change"], about);
}

for (const framework of Object.keys(FRAMEWORKS)) {
  describe(framework, () => {
    for (const [tag, stages] of Object.entries(WIDGETS)) {
      for (const order of ["after", "before"]) {
        test(`renders <${tag}> ${order} the elements are known, changes it, takes it away and brings it back`, async () => {
          const { page, context, errors } = await open(browser, `${server.url}${framework}.html`);
          const define = () => page.evaluate(() => import("/downhill.js").then(() => undefined));
          const show = (props) => page.evaluate(([tag, props]) => window.show(tag, props), [tag, props]);
          try {
            if (order === "after") await define();
            await show(stages[0].props);
            if (order === "before") await define();
            await assertShown(page, tag, stages[0], "at first");
            await assertHeard(page, tag, "at first");
            for (const stage of stages.slice(1)) {
              await show(stage.props);
              await assertShown(page, tag, stage, "after a change");
            }
            await show(stages[0].props);
            await assertShown(page, tag, stages[0], "changed back");
            await assertHeard(page, tag, "after changes");
            await page.evaluate(() => window.show());
            assert.equal(await page.locator(tag).count(), 0);
            // What an element does when it stays away has had its turn.
            await page.evaluate(() => new Promise((done) => setTimeout(() => setTimeout(done))));
            await show(stages[0].props);
            await assertShown(page, tag, stages[0], "mounted anew");
            await assertHeard(page, tag, "mounted anew");
            assert.deepEqual(errors, []);
          } finally {
            await context.close();
          }
        });
      }
    }

    test("takes a setting away again, and the default holds", async () => {
      const { page, context, errors } = await open(browser, `${server.url}${framework}.html`);
      await page.evaluate(() => import("/downhill.js").then(() => undefined));
      const show = (props) => page.evaluate((props) => window.show("downhill-descent", props), props);
      const settings = () =>
        page.$eval("downhill-descent", async (element) => {
          await element.ready;
          const { start, learningRate, optimizer, domain, blindfold } = element;
          return [start, learningRate, optimizer, domain, blindfold, element.readout.warnings.length];
        });
      await show({});
      const untold = await settings();
      await show({ start: 2, "learning-rate": 0.2, optimizer: "adam", domain: [-3, 3], blindfold: true });
      assert.deepEqual(await settings(), [2, 0.2, "adam", [-3, 3], true, 0]);
      await show({});
      const [start, learningRate, optimizer, domain, blindfold, warnings] = await settings();
      assert.deepEqual([start, learningRate, optimizer, domain, warnings], [...untold.slice(0, 4), 0]);
      // A framework may write an absent switch as one that is off.
      assert.ok(!blindfold);
      assert.deepEqual(errors, []);
      await context.close();
    });

    test("passes a moment on through state", async () => {
      const { page, context, errors } = await open(browser, `${server.url}${framework}.html`);
      await page.evaluate(() => import("/downhill.js").then(() => undefined));
      await page.evaluate(() => window.show("downhill-descent", { function: "x^2", start: 3, learningRate: 0.25 }));
      await ready(page);
      const state = await page.$eval("downhill-descent", (element) => {
        element.step(2);
        return element.state;
      });
      await page.evaluate(() => window.show());
      await page.evaluate((state) => window.show("downhill-descent", { state }), state);
      await ready(page);
      const { at, steps } = await page.$eval("downhill-descent", (element) => element.readout);
      // Each step halves the place: x − 0.25 · 2x.
      assert.deepEqual([at, steps], [[0.75], 2]);
      assert.deepEqual(errors, []);
      await context.close();
    });
  });
}
