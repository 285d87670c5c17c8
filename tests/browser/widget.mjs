// What the tests of the elements share: a page with one of them, its readout, its handles on the screen, a finger.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launch, open, startServer } from "./support.mjs";

/** A page of a course as an author would write it. */
export function pageWith(body, { head = "", tokens = true } = {}) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>A lesson</title>${tokens ? '<link rel="stylesheet" href="/tokens.css"><link rel="stylesheet" href="/page.css">' : ""}${head}
    <script type="module" src="/downhill.js"></script></head>
    <body><main><h1>A lesson</h1>${body}</main></body></html>`;
}

/** Opens a page that the server knows and waits until every element on it answers; then opens what lies behind More, unless `folded`. */
export async function openWidget(browser, url, { folded = false, ...options } = {}) {
  const opened = await open(browser, url, { viewport: { width: 1100, height: 1400 }, ...options });
  await ready(opened.page);
  if (!folded) await unfold(opened.page);
  return opened;
}

/** Opens what lies behind More in every widget, and waits until it is drawn. */
export async function unfold(page) {
  await page.evaluate(async () => {
    for (const element of document.querySelectorAll("downhill-descent, downhill-houses, downhill-tangent")) {
      const more = element.shadowRoot?.querySelector("details.more");
      if (more) more.open = true;
    }
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/** Serves these pages to one browser for all tests of a file. `opened` opens one, lets a test work on it, and asks that nothing went wrong. */
export function served(pages) {
  const site = { server: undefined, browser: undefined, opened };
  before(async () => {
    site.server = await startServer({ pages });
    site.browser = await launch();
  });
  after(async () => {
    await site.browser?.close();
    await site.server?.close();
  });
  async function opened(path, work, options) {
    const { page, context, errors } = await openWidget(site.browser, `${site.server.url}${path}`, options);
    try {
      await work(page, context);
      assert.deepEqual(errors, []);
    } finally {
      await context.close();
    }
  }
  return site;
}

/** Two frames: what was asked for is rendered and drawn. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

export async function ready(page) {
  await page.evaluate(async () => {
    const all = [...document.querySelectorAll("downhill-descent, downhill-houses, downhill-tangent")];
    await Promise.all(all.map((element) => customElements.whenDefined(element.localName)));
    await Promise.all(all.map((element) => element.ready));
    // Two frames: sizes are known and drawn.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/** The element's readout as plain data. */
export function readout(page, selector) {
  return page.$eval(selector, (element) => element.readout);
}

/** Where a handle is on the screen, and its stage. */
export async function handlePlace(page, selector, id) {
  return page.$eval(
    selector,
    (element, wanted) => {
      const handle = element.readout.handles.find((candidate) => candidate.id === wanted) ?? element.readout.handles[0];
      const stage = element.shadowRoot.querySelectorAll(".stage")[handle.stage].getBoundingClientRect();
      return {
        id: handle.id,
        x: stage.left + handle.x,
        y: stage.top + handle.y,
        stage: { left: stage.left, top: stage.top, width: stage.width, height: stage.height },
      };
    },
    id ?? "",
  );
}

/** Drags a handle with the mouse, in steps, to a place on the screen. */
export async function drag(page, selector, id, to) {
  const from = await handlePlace(page, selector, id);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

/** A finger that goes from place to place, through the browser's own input. */
export async function swipe(page, places) {
  const session = await page.context().newCDPSession(page);
  const touch = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  const [first, ...rest] = places;
  await touch("touchStart", [first]);
  for (const place of rest) {
    await touch("touchMove", [place]);
    await page.waitForTimeout(16);
  }
  await touch("touchEnd", []);
  await session.detach();
}

/** Keeps what `downhill-…` events the page hears, under `window.heard`. */
export function listen(page) {
  return page.evaluate(() => {
    window.heard = [];
    for (const name of ["change", "step", "converged", "diverged", "answer", "error"]) {
      document.addEventListener(`downhill-${name}`, (event) =>
        window.heard.push({ name, steps: event.detail.steps, tag: event.target.localName }),
      );
    }
  });
}

/** Relative to the larger of the two, or to 1. */
export function close(got, wanted, tolerance = 1e-12) {
  return Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(got), Math.abs(wanted));
}

/** The share of a canvas's pixels within `reach` of an `[r, g, b]`. */
export function share(page, selector, canvas, colour, reach = 40) {
  return page.$eval(
    selector,
    (element, [query, [r, g, b], within]) => {
      const picture = element.shadowRoot.querySelector(query);
      const { data } = picture.getContext("2d").getImageData(0, 0, picture.width, picture.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const near = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < within;
        if (near && data[i + 3] > 128) count += 1;
      }
      return count / (data.length / 4);
    },
    [canvas, colour, reach],
  );
}
