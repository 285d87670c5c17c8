// The engine stops at any moment: nothing that a learner did is lost. `TRAPS=1000 node --test tests/browser/traps.test.mjs` looks longer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageWith, served } from "./widget.mjs";

const TRAPS = Number(process.env.TRAPS ?? 60);
const site = served({
  "/favicon.ico": "",
  "/all.html": pageWith(
    "<downhill-descent></downhill-descent><downhill-houses></downhill-houses><downhill-tangent></downhill-tangent>",
  ),
});

/** In the page: what traps the engine, and what a moment is. */
const TOOLS = () => {
  const all = () => [...document.querySelectorAll("downhill-descent, downhill-houses, downhill-tangent")];
  const frame = () => new Promise(requestAnimationFrame);
  window.tools = {
    frame,
    /** What canvases throw unwinds the engine without its leave: the next thing that is drawn traps it. */
    async trap() {
      const context = CanvasRenderingContext2D.prototype;
      const { stroke } = context;
      let sprung = false;
      context.stroke = () => {
        context.stroke = stroke;
        sprung = true;
        throw new WebAssembly.RuntimeError("unreachable");
      };
      const [element] = all();
      element.theme = element.theme === "dark" ? "light" : "dark";
      while (!sprung) await frame();
      // What was made again is drawn: a trap before that would be one of a scene that cannot be shown.
      await frame();
      await frame();
    },
    /** The moment of each widget, in numbers. */
    moments: () =>
      all().map(({ readout }) => {
        const { at, value, steps, status, coefficients, intercept, data, feature, target, house, learningRate } =
          readout;
        const table = data && { label: data.label, used: data.used };
        return {
          at,
          value,
          steps,
          settled: status,
          coefficients,
          intercept,
          table,
          feature,
          target,
          house,
          learningRate,
        };
      }),
  };
};

/** In the page: something that a learner does, by the controls. */
const act = async (turn) => {
  const part = (tag, selector) => document.querySelector(tag).shadowRoot.querySelector(selector);
  const press = (tag, selector, key) =>
    part(tag, selector)?.dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }),
    );
  const paste = () => {
    const text = `area,price,age\n${Array.from({ length: 9 }, (_, i) => `${1000 + 100 * i},${200 + ((turn * i) % 7) * 30 + 20 * i},${i}`).join("\n")}\n`;
    part("downhill-houses", "textarea").value = text;
    part("downhill-houses", "[data-action=read]").click();
  };
  const deeds = [
    () => part("downhill-descent", "[data-action=step]").click(),
    () => press("downhill-descent", ".knob", "ArrowRight"),
    () => press("downhill-houses", ".knob", "ArrowUp"),
    () => part("downhill-houses", "[data-action=step]").click(),
    () => press("downhill-tangent", ".knob", "ArrowLeft"),
    paste,
    () => part("downhill-houses", "[data-action=step]").click(),
    () => press("downhill-houses", ".knob", "ArrowDown"),
    () => part("downhill-descent", "[data-action=undo]")?.click(),
    () => part("downhill-descent", "[data-action=back]").click(),
    () => part("downhill-houses", "[data-action=undo]")?.click(),
  ];
  deeds[turn % deeds.length]();
  const moments = window.tools.moments();
  await new Promise((done) => setTimeout(done, (turn * 7) % 11));
  await window.tools.trap();
  return [moments, window.tools.moments()];
};

test(`${TRAPS} traps right after whatever a learner did lose nothing, tables of one's own included`, () =>
  site.opened("all.html", async (page) => {
    await page.evaluate(TOOLS);
    for (let turn = 0; turn < TRAPS; turn += 1) {
      const [before, after] = await page.evaluate(act, turn);
      assert.deepEqual(after, before, `trap ${turn}`);
    }
    assert.equal(await page.locator(".failed").count(), 0);
  }));

test("traps in the middle of runs lose no step of more than a moment ago", () =>
  site.opened("all.html", async (page) => {
    await page.evaluate(TOOLS);
    for (const tag of ["downhill-descent", "downhill-houses"]) {
      for (const [wait, moment] of [
        [0, 500],
        [300, 500],
        [40, 700],
      ]) {
        const [before, after] = await page.$eval(
          tag,
          async (element, [wait, moment]) => {
            element.reset();
            element.run();
            // By frames, not by the clock: a busy machine takes its time.
            for (let passed = 0, last = performance.now(); passed < wait + moment; ) {
              await window.tools.frame();
              passed += Math.min(performance.now() - last, 100);
              last = performance.now();
              if (passed < wait) element.dataset.steps = String(element.readout.steps);
            }
            const before = Number(element.dataset.steps ?? 0);
            await window.tools.trap();
            return [before, element.readout.steps];
          },
          [wait, moment],
        );
        assert.ok(after >= before, `${after} steps of ${before} in ${tag}`);
      }
    }
  }));

test("a widget that is taken away and put back later shows its table again", () =>
  site.opened("all.html", async (page) => {
    await page.evaluate(TOOLS);
    const [before, after, link] = await page.$eval("downhill-houses", async (element) => {
      const { shadowRoot } = element;
      shadowRoot.querySelector("textarea").value = "area,secret\n1000,100\n2000,230\n3000,300\n";
      shadowRoot.querySelector("[data-action=read]").click();
      element.step(3);
      const before = JSON.stringify(element.readout.points ?? [element.readout.data, element.readout.coefficients]);
      const main = element.parentNode;
      element.remove();
      // What is done when an element stays away has had its turn.
      await new Promise((done) => setTimeout(() => setTimeout(done)));
      const link = JSON.stringify(element.state);
      main.append(element);
      await element.ready;
      await window.tools.frame();
      const after = JSON.stringify(element.readout.points ?? [element.readout.data, element.readout.coefficients]);
      return [before, after, link];
    });
    assert.equal(after, before);
    assert.doesNotMatch(link, /secret|230/);
  }));
