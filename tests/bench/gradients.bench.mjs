// What a gradient by reverse mode costs beside one value, in the page: formulas through JavaScript, then networks of any size.

import { interleaved, quantile, startBenchServer } from "./support.mjs";

export const title = "gradients";

const SIZES = [1_024, 100_489, 10_000_000];

const PAGE = `<!doctype html><title>gradients</title>
  <script type="module">
    import { init, measureGradientCost, parse } from "/dist/core.js";
    await init();
    const formulas = {
      2: parse("(1 - x)^2 + 100*(y - x^2)^2 + sin(x)*exp(-y^2)"),
      10: parse(Array.from({ length: 10 }, (_, i) => "sin(a" + i + ")*exp(-a" + ((i + 1) % 10) + "^2)").join(" + ")),
      100: parse(Array.from({ length: 100 }, (_, i) => "sin(a" + i + ")*a" + ((i + 1) % 100) + "^2").join(" + ")),
    };
    const at = (formula) => Object.fromEntries(formula.variables.map((name, i) => [name, 0.3 + 0.01 * i]));
    const timed = (work) => {
      for (let calls = 1; ; calls *= 2) {
        const started = performance.now();
        for (let call = 0; call < calls; call += 1) work();
        const passed = performance.now() - started;
        if (passed > 20) return passed / calls;
      }
    };
    globalThis.formula = (count, kind) => {
      const formula = formulas[count];
      const bindings = at(formula);
      return kind === "value" ? timed(() => formula.evaluate(bindings)) : timed(() => formula.gradient(bindings));
    };
    globalThis.network = async (size, budget) => (await measureGradientCost({ sizes: [size], budget }))[0];
    globalThis.ready = true;
  </script>`;

export async function run({ browser }) {
  const server = await startBenchServer({ "/gradients.html": PAGE });
  const page = await browser.newPage();
  try {
    await page.goto(`${server.url}gradients.html`, { waitUntil: "load" });
    await page.waitForFunction(() => globalThis.ready);
    const rows = [];
    for (const count of [2, 10, 100]) {
      const of = (kind) => async () => [await page.evaluate(([n, k]) => globalThis.formula(n, k), [count, kind])];
      const measured = await interleaved({ value: of("value"), gradient: of("gradient") }, 10);
      rows.push(row(`gradient of a formula of ${count} variables`, measured.gradient, measured.value));
    }
    for (const size of SIZES) {
      const costs = [];
      for (let round = 0; round < 5; round += 1) {
        costs.push(await page.evaluate(([n, budget]) => globalThis.network(n, budget), [size, size > 1e6 ? 600 : 60]));
      }
      const { parameters } = costs[0];
      const text = `gradient of a network of ${parameters.toLocaleString("en")} parameters`;
      rows.push(
        row(
          text,
          costs.map(({ backward }) => backward),
          costs.map(({ loss }) => loss),
        ),
      );
    }
    return rows;
  } finally {
    await page.close();
    await server.close();
  }
}

function row(work, gradients, values) {
  return {
    work,
    unit: "ms",
    ours: quantile(gradients, 0.5),
    peers: [{ name: "one value", value: quantile(values, 0.5) }],
    bar: { text: "at most 3", ratio: 3 },
  };
}
