// Formulas in the page: reading and differentiating one, and its value at 10,000 points, the copies in and out included.

import { interleaved, quantile, startBenchServer } from "./support.mjs";

export const title = "formulas";

const FORMULA = "x^4 - 3*x^2 + x + sin(x)*exp(-x^2)";
const POLYNOMIAL = "x^4 - 3*x^2 + x";
const ROUNDS = 12;

const PAGE = `<!doctype html><title>formulas</title>
  <script src="/tests/bench/node_modules/mathjs/lib/browser/math.js"></script>
  <script type="module">
    import { init, parse } from "/dist/core.js";
    await init();
    const FORMULA = ${JSON.stringify(FORMULA)};
    const POLYNOMIAL = ${JSON.stringify(POLYNOMIAL)};
    const points = Float64Array.from({ length: 10_000 }, (_, i) => -3 + (6 * i) / 10_000);
    const out = new Float64Array(points.length);
    const each = (f) => { for (let i = 0; i < points.length; i += 1) out[i] = f(points[i]); return out; };
    const ours = parse(FORMULA);
    const polynomial = parse(POLYNOMIAL);
    const compiled = math.compile(FORMULA);
    const work = {
      differentiateOurs: () => { const f = parse(FORMULA); const d = f.derivative("x"); d.free(); f.free(); },
      differentiateMathjs: () => math.derivative(math.parse(FORMULA), "x"),
      manyOurs: () => ours.evaluateMany("x", points),
      manyByHand: () => each((x) => x ** 4 - 3 * x ** 2 + x + Math.sin(x) * Math.exp(-(x ** 2))),
      manyMathjs: () => each((x) => compiled.evaluate({ x })),
      polynomialOurs: () => polynomial.evaluateMany("x", points),
      polynomialByHand: () => each((x) => x * x * x * x - 3 * x * x + x),
    };
    // Milliseconds a call: as many calls as fill about 20 ms, so that the clock's grain does not show.
    globalThis.measure = (name) => {
      const call = work[name];
      let calls = 1;
      for (;;) {
        const started = performance.now();
        for (let i = 0; i < calls; i += 1) call();
        const passed = performance.now() - started;
        if (passed > 20) return passed / calls;
        calls *= 2;
      }
    };
    globalThis.ready = true;
  </script>`;

export async function run({ browser }) {
  const server = await startBenchServer({ "/formulas.html": PAGE });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}formulas.html`, { waitUntil: "load" });
    await page.waitForFunction(() => globalThis.ready);
    const names = [
      "differentiateOurs",
      "differentiateMathjs",
      "manyOurs",
      "manyByHand",
      "manyMathjs",
      "polynomialOurs",
      "polynomialByHand",
    ];
    const contestants = Object.fromEntries(
      names.map((name) => [name, async () => [await page.evaluate((work) => globalThis.measure(work), name)]]),
    );
    const measured = await interleaved(contestants, ROUNDS);
    const median = (name) => quantile(measured[name], 0.5);
    await page.close();
    return [
      {
        work: "parse and differentiate",
        unit: "ms",
        ours: median("differentiateOurs"),
        peers: [{ name: "mathjs", value: median("differentiateMathjs") }],
        bar: { text: "at most 1/500", ratio: 1 / 500 },
      },
      {
        work: "10,000 values with sin and exp",
        unit: "ms",
        ours: median("manyOurs"),
        peers: [{ name: "written by hand", value: median("manyByHand") }],
        bar: { text: "at most 1/2", ratio: 1 / 2 },
      },
      {
        work: "the same, beside a compiled formula",
        unit: "ms",
        ours: median("manyOurs"),
        peers: [{ name: "mathjs", value: median("manyMathjs") }],
      },
      {
        work: "10,000 values of a polynomial",
        unit: "ms",
        ours: median("polynomialOurs"),
        peers: [{ name: "written by hand", value: median("polynomialByHand") }],
        bar: { text: "at most 2", ratio: 2 },
      },
    ];
  } finally {
    await server.close();
  }
}
