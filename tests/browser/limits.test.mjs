// The limits of what may be typed, in the browser: at the limit, one over, and a million over. The engine stays alive.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, startServer } from "./support.mjs";

const PAGE = `<!doctype html><meta charset="utf-8"><title>limits</title><link rel="icon" href="data:,">
  <script type="module">
    import * as core from "/core.js";
    await core.init();
    globalThis.core = core;
  </script>`;

let server;
let browser;

before(async () => {
  server = await startServer({ pages: { "/limits.html": PAGE } });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** What is repeated, how often at most, and the code of one more. A million are always too long. */
const LIMITS = [
  { name: "spaces", start: "x", repeat: " ", end: "", limit: 4095, code: "E_SIZE" },
  { name: "parentheses", start: "", repeat: "(", middle: "x", close: ")", limit: 128, code: "E_DEPTH" },
  { name: "minus signs", start: "", repeat: "-", end: "x", limit: 128, code: "E_DEPTH" },
  { name: "powers of powers", start: "", repeat: "x^", end: "x", limit: 128, code: "E_DEPTH" },
  { name: "negative powers", start: "", repeat: "2^-", end: "x", limit: 64, code: "E_DEPTH" },
  { name: "nested calls", start: "", repeat: "sin(", middle: "x", close: ")", limit: 128, code: "E_DEPTH" },
  { name: "nested cases", start: "", repeat: "if(x<1,", middle: "x", close: ",x)", limit: 128, code: "E_DEPTH" },
  { name: "terms", start: "", repeat: "x+", end: "x", limit: 999, code: "E_SIZE" },
  { name: "factors", start: "", repeat: "x ", end: "x", limit: 999, code: "E_SIZE" },
  { name: "arguments", start: "max(x", repeat: ",x", end: ")", limit: 63, code: "E_ARITY" },
  { name: "digits", start: "", repeat: "1", end: "", limit: 309, code: "E_OVERFLOW_LITERAL" },
];

test("every limit holds before any recursion", async () => {
  const { page, errors } = await open(browser, `${server.url}limits.html`);
  await page.waitForFunction(() => globalThis.core);
  const found = await page.evaluate((limits) => {
    const { parse } = globalThis.core;
    const read = ({ start, repeat, middle = "", close = "", end = "" }, times) => {
      const text = start + repeat.repeat(times) + middle + close.repeat(times) + end;
      try {
        const formula = parse(text);
        formula.evaluate({ x: 0.5 });
        formula.derivative("x").free();
        formula.free();
        return { code: "read" };
      } catch ({ code, message, start: from, end: to }) {
        return { code, placed: message.length > 0 && from >= 0 && from <= to && to <= text.length };
      }
    };
    return limits.map((limit) => ({
      at: read(limit, limit.limit),
      over: read(limit, limit.limit + 1),
      million: read(limit, 1_000_000),
      alive: parse("x^2").evaluate({ x: 3 }),
    }));
  }, LIMITS);
  for (const [index, { name, code }] of LIMITS.entries()) {
    const { at, over, million, alive } = found[index];
    assert.deepEqual(at, { code: "read" }, `${name} at the limit`);
    assert.deepEqual(over, { code, placed: true }, `${name} one over`);
    assert.deepEqual(million, { code: "E_SIZE", placed: true }, `a million ${name}`);
    assert.equal(alive, 9, `after ${name}`);
  }
  assert.deepEqual(errors, []);
  console.log(
    `figure: R2 ${LIMITS.length} limits in Chromium at, one over and a million over: located errors, engine alive`,
  );
});
