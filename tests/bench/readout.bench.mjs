// What a page reads out of a widget after a handle was moved by a little: the JSON text of the parts that changed, and its parsing.
// The move itself is not counted, nor what the page makes of the data.

import { quantile, startBenchServer } from "./support.mjs";

export const title = "readout after a move";

const GROUPS = 60;
const MOVES = 100;
const BAR = { text: "at most 60 µs", value: 60 };

const PAGE = `<!doctype html><title>readout</title>
  <script type="module">
    import init, { provide, Scene } from "/web/src/engine/wasm/downhill.js";
    await init({ module_or_path: "/dist/downhill.wasm" });
    provide("ames", await (await fetch("/dist/ames.csv")).text());

    // Microseconds a readout, and its bytes, each the mean of a group of moves; the first group warms up.
    globalThis.measure = (kind, groups, moves) => {
      const scene = new Scene(kind, "{}");
      JSON.parse(scene.stages()).forEach(({ wideAspect }, stage) => scene.resize(stage, 640, 640 * wideAspect));
      const [{ id }] = JSON.parse(scene.readout()).parts.handles;
      const measured = [];
      for (let group = 0; group <= groups; group += 1) {
        let [spent, bytes] = [0, 0];
        for (let move = 0; move < moves; move += 1) {
          scene.key(id, move % 2 === 0 ? "ArrowRight" : "ArrowLeft", false);
          const started = performance.now();
          const text = scene.readout();
          JSON.parse(text);
          spent += performance.now() - started;
          bytes += text.length;
        }
        if (group > 0) measured.push({ micros: (1000 * spent) / moves, bytes: bytes / moves });
      }
      scene.free();
      return measured;
    };
  </script>`;

// So that the clock tells microseconds.
const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export async function run({ browser }) {
  const server = await startBenchServer({ "/readout.html": PAGE }, ISOLATED);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}readout.html`, { waitUntil: "load" });
    await page.waitForFunction(() => globalThis.measure);
    const rows = [];
    for (const kind of ["descent", "houses", "tangent"]) {
      const measured = await page.evaluate(([k, g, m]) => globalThis.measure(k, g, m), [kind, GROUPS, MOVES]);
      const median = (what) =>
        quantile(
          measured.map((group) => group[what]),
          0.5,
        );
      rows.push({ work: `${kind}: readout and JSON.parse`, unit: "µs", ours: median("micros"), peers: [], bar: BAR });
      rows.push({ work: `${kind}: its text`, unit: "bytes", ours: median("bytes"), peers: [] });
    }
    return rows;
  } finally {
    await server.close();
  }
}
