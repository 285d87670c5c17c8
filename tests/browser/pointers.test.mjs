// Pointers in strange places: every press is followed to its end, whatever the page does with the element meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { handlePlace, pageWith, readout, ready, served, swipe } from "./widget.mjs";

const DESCENT = "downhill-descent";
const HOUSES = "downhill-houses";
const site = served({
  "/favicon.ico": "",
  "/descent.html": pageWith(`<${DESCENT} function="x^2" start="-1" domain="-3 3"></${DESCENT}><div id="other"></div>`),
  "/houses.html": pageWith(`<${HOUSES}></${HOUSES}>`),
  "/slider.html": pageWith(
    `<${DESCENT} function="(2*w - 450)^2" start="150" learning-rate="0.05" controls="step run rate history"></${DESCENT}>`,
  ),
});

/** The middle of a stage, moved by a share of its size. */
const place = (page, tag, stage, across, down) =>
  page.$eval(
    tag,
    (element, [stage, across, down]) => {
      const box = element.shadowRoot.querySelector(`[data-stage=${stage}]`).getBoundingClientRect();
      return [box.left + box.width * across, box.top + box.height * down];
    },
    [stage, across, down],
  );

/** The first dot of the scatter, as it is drawn. */
const dot = (page) =>
  page.$eval(HOUSES, (element) => {
    const [, x, y] = element.toSvg().match(/<circle cx="([\d.]+)" cy="([\d.]+)"/);
    const { left, top } = element.shadowRoot.querySelector("[data-stage=scatter]").getBoundingClientRect();
    return [left + Number(x), top + Number(y)];
  });

for (const [what, options, press] of [
  ["mouse", {}, (page, at) => page.mouse.click(...at)],
  ["finger", { hasTouch: true }, (page, at) => page.touchscreen.tap(...at)],
]) {
  test(`a ${what} on a dot calls that house out, and on the map moves the line there`, () =>
    site.opened(
      "houses.html",
      async (page) => {
        const before = await readout(page, HOUSES);
        await press(page, await dot(page));
        const called = await readout(page, HOUSES);
        assert.notDeepEqual(called.house, before.house);
        assert.deepEqual(called.coefficients, before.coefficients);
        await press(page, await place(page, HOUSES, "map", 0.7, 0.3));
        const moved = await readout(page, HOUSES);
        assert.notDeepEqual(moved.coefficients, before.coefficients);
        await press(page, await place(page, HOUSES, "map", 0.4, 0.4));
        assert.notDeepEqual((await readout(page, HOUSES)).coefficients, moved.coefficients);
      },
      options,
    ));
}

for (const [what, options, drag] of [
  ["mouse", {}, (page, [from, to]) => mouse(page, from, to)],
  ["finger", { hasTouch: true }, (page, places) => swipe(page, places)],
]) {
  test(`a drag by ${what} moves a sale only while its switch is on, and a reset takes it back`, () =>
    site.opened(
      "houses.html",
      async (page) => {
        const [x, y] = await page.$eval(HOUSES, (element) => {
          // The ring around the called-out house.
          const [, x, y] = element.toSvg().match(/<circle cx="([\d.]+)" cy="([\d.]+)" r="10"/);
          const { left, top } = element.shadowRoot.querySelector("[data-stage=scatter]").getBoundingClientRect();
          return [left + Number(x), top + Number(y)];
        });
        const places = [
          { x, y },
          { x: x + 2, y: y + 30 },
          { x: x + 40, y: y + 60 },
        ];
        const moved = async () => (await readout(page, HOUSES)).moved;
        await drag(page, places.toSpliced(1, what === "mouse" ? 1 : 0));
        assert.equal(await moved(), 0);
        const { x: over, y: knob } = await handlePlace(page, HOUSES, "right");
        await page.mouse.move(over, knob);
        const cursor = () =>
          page.$eval(HOUSES, (element) => element.shadowRoot.querySelector("[data-stage=scatter] .live").style.cursor);
        assert.equal(await cursor(), "grab", "hover still works after a press that took nothing");
        await page.getByRole("switch", { name: "Move dots" }).check();
        await drag(page, places.toSpliced(1, what === "mouse" ? 1 : 0));
        assert.equal(await moved(), 1);
        await page.getByRole("button", { name: "Reset" }).click();
        assert.equal(await moved(), 0);
        await page.getByRole("button", { name: /^Undo/ }).click();
        assert.equal(await moved(), 1);
      },
      options,
    ));
}

/** Two fingers on a place that move apart, as the browser hears them: a gesture made up at once would not ask `touch-action`. */
async function spread(page, x, y) {
  const session = await page.context().newCDPSession(page);
  const fingers = (apart) => [
    { x: x - apart, y, id: 0 },
    { x: x + apart, y, id: 1 },
  ];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(20) });
  for (let apart = 25; apart <= 100; apart += 5) {
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(apart) });
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await session.detach();
}

test("two fingers on a chart zoom the page", () =>
  site.opened(
    "descent.html",
    async (page) => {
      await spread(page, ...(await place(page, DESCENT, "curve", 0.5, 0.2)));
      await page.waitForFunction(() => visualViewport.scale > 1.5, null, { timeout: 5000 });
    },
    { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } },
  ));

for (const [what, work] of [
  ["moved to another place", (element) => document.getElementById("other").append(element)],
  [
    "taken away and put back",
    (element) => {
      element.remove();
      document.getElementById("other").append(element);
    },
  ],
]) {
  test(`a ball that is held lets go when its element is ${what}, and can be taken up again`, () =>
    site.opened("descent.html", async (page) => {
      const from = await handlePlace(page, DESCENT);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 50, from.y);
      await page.$eval(DESCENT, work);
      await page.mouse.up();
      const left = (await readout(page, DESCENT)).at[0];
      const now = await handlePlace(page, DESCENT);
      await page.mouse.move(now.x, now.y);
      await page.mouse.move(now.x + 100, now.y);
      assert.equal((await readout(page, DESCENT)).at[0], left);
      await page.mouse.move(now.x, now.y);
      await page.mouse.down();
      await page.mouse.move(now.x + 80, now.y);
      await page.mouse.up();
      assert.ok((await readout(page, DESCENT)).at[0] > left + 0.1);
    }));
}

for (const transform of [
  "rotate(90deg)",
  "rotate(-30deg)",
  "scaleX(-1)",
  "scale(0.6)",
  "scale(0.5) rotate(180deg)",
  "perspective(900px) rotateY(35deg)",
]) {
  test(`inside ${transform} the ball stays under the pointer`, () =>
    site.opened("descent.html", async (page) => {
      await page.$eval(
        "main",
        (main, transform) => {
          main.style.transform = transform;
          main.style.zoom = "0.9";
        },
        transform,
      );
      await ready(page);
      /** A point of the stage, from its corner, on the screen: that of a mark put there. */
      const onScreen = (dx) =>
        page.$eval(
          DESCENT,
          (element, dx) => {
            const [handle] = element.readout.handles;
            const mark = document.createElement("i");
            mark.style.cssText = `position:absolute;width:0;height:0;left:${handle.x + dx}px;top:${handle.y}px`;
            element.shadowRoot.querySelector(".stage").append(mark);
            const { x, y } = mark.getBoundingClientRect();
            mark.remove();
            return [x, y];
          },
          dx,
        );
      const across = async () => (await readout(page, DESCENT)).handles[0].x;
      const before = await across();
      const [from, to] = [await onScreen(0), await onScreen(120)];
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
      await page.mouse.move(...to);
      await page.mouse.up();
      assert.ok(Math.abs((await across()) - before - 120) < 3, `${await across()} from ${before}`);
    }));
}

for (const [what, options, drag] of [
  ["mouse", {}, (page, [from, to]) => mouse(page, from, to)],
  ["finger", { hasTouch: true }, (page, places) => swipe(page, places)],
]) {
  test(`a drag by ${what} shows no ring of the keyboard; a key after it does`, () =>
    site.opened(
      "descent.html",
      async (page) => {
        const ring = () => page.$eval(DESCENT, (element) => element.toSvg().includes('stroke="#17201e"'));
        const { x, y } = await handlePlace(page, DESCENT);
        await drag(page, [
          { x, y },
          { x: x + 60, y },
        ]);
        assert.ok((await readout(page, DESCENT)).at[0] > -0.9);
        assert.equal(await ring(), false);
        await page.keyboard.press("ArrowRight");
        assert.equal(await ring(), true);
      },
      options,
    ));
}

async function mouse(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

test("a scroll that begins on a slider leaves it where it was, and what it only touched alone", () =>
  site.opened("slider.html", async (page) => {
    // As browsers tell it: the finger comes down, the thumb jumps under it, then the page scrolls instead.
    const scroll = (selector, to) =>
      page
        .locator("downhill-descent")
        .locator(selector)
        .first()
        .evaluate((slider, to) => {
          const pointer = (type) =>
            slider.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: "touch" }));
          pointer("pointerdown");
          if (to !== null) {
            slider.value = String(to);
            slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
          }
          pointer("pointercancel");
        }, to);
    const seen = () =>
      page.$eval("downhill-descent", ({ readout }) => [
        readout.learningRate,
        readout.moves,
        readout.undo,
        readout.status,
      ]);
    const before = await seen();
    // This rate lies between two places of the track.
    assert.equal(before[0], 0.05);
    await scroll(".rng", null);
    assert.deepEqual(await seen(), before, "nothing moved");
    await scroll(".rng", 900);
    assert.equal((await seen())[0], 0.05, "it is put back to the last digit");
    await page.$eval("downhill-descent", (element) => element.run());
    await page.waitForFunction(() => document.querySelector("downhill-descent").readout.moves > 1);
    await scroll("#history", null);
    assert.equal((await seen())[3], "running");
  }));
