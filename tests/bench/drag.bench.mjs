// From a pointer event to the finished draw: a point on a curve with its tangent is dragged with a real mouse.
// Ours redraws tangent, step, trail, readout and equation with it; JSXGraph redraws glider and tangent.

import { interleaved, quantile, startBenchServer, watchPointerMoves } from "./support.mjs";

export const title = "pointer event to finished draw";

const FORMULA = "(w^2 - 4)^2 / 8 + w / 3 + 1.5";
const ROUNDS = 6;
const MOVES = 40;

const OURS = `<!doctype html><title>ours</title><body style="margin:0"><div style="width:640px">
  <downhill-descent function="${FORMULA}" start="-1"></downhill-descent></div>
  <script type="module" src="/dist/downhill.js"></script>`;

const THEIRS = `<!doctype html><title>JSXGraph</title><body style="margin:0"><div id="board" style="width:640px;height:400px"></div>
  <script src="/tests/bench/node_modules/jsxgraph/distrib/jsxgraphcore.js"></script>
  <script>
    const board = JXG.JSXGraph.initBoard("board", { boundingbox: [-3.2, 7, 3.2, -1], axis: true, showCopyright: false });
    const curve = board.create("functiongraph", [(w) => (w * w - 4) ** 2 / 8 + w / 3 + 1.5]);
    globalThis.glider = board.create("glider", [-1, 2, curve]);
    board.create("tangent", [glider]);
  </script>`;

export async function run({ browser }) {
  const server = await startBenchServer({ "/ours.html": OURS, "/theirs.html": THEIRS });
  try {
    const ours = await openWatched(browser, `${server.url}ours.html`);
    const theirs = await openWatched(browser, `${server.url}theirs.html`);
    const ourHandle = await findOurHandle(ours);
    if (!ourHandle) {
      return [{ work: "drag a point on a curve", missing: "<downhill-descent> has no handle to drag" }];
    }
    const theirHandle = await theirs.evaluate(() => {
      const [, x, y] = globalThis.glider.coords.scrCoords;
      return { x, y };
    });
    const contestants = { ours: () => drag(ours, ourHandle), theirs: () => drag(theirs, theirHandle) };
    const plain = await interleaved(contestants, ROUNDS);
    await throttle(ours, 4);
    await throttle(theirs, 4);
    const slow = await interleaved(contestants, ROUNDS);
    return [
      {
        work: "drag: median of a move",
        unit: "ms",
        ours: quantile(plain.ours, 0.5),
        peers: [{ name: "JSXGraph", value: quantile(plain.theirs, 0.5) }],
        bar: { text: "at most 1/3", ratio: 1 / 3 },
      },
      {
        work: "drag: 95 % of moves, processor at a quarter",
        unit: "ms",
        ours: quantile(slow.ours, 0.95),
        peers: [{ name: "JSXGraph", value: quantile(slow.theirs, 0.95) }],
        bar: { text: "at most 8 ms", value: 8 },
      },
    ];
  } finally {
    await server.close();
  }
}

async function openWatched(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await page.addInitScript(watchPointerMoves);
  await page.goto(url, { waitUntil: "load" });
  return page;
}

/** The place of the first handle on the page, in CSS pixels; nothing where there is none. */
function findOurHandle(page) {
  return page.evaluate(async () => {
    const element = document.querySelector("downhill-descent");
    if (!customElements.get("downhill-descent")) {
      return undefined;
    }
    await element.ready;
    const handle = element.readout?.handles?.[0];
    const canvas = element.shadowRoot?.querySelector("canvas");
    if (!handle || !canvas) {
      return undefined;
    }
    const { left, top } = canvas.getBoundingClientRect();
    return { x: left + handle.x, y: top + handle.y };
  });
}

/** Drags the handle to and fro, each move after the frame of the last, and back to where it was; resolves to the frames' costs. */
async function drag(page, { x, y }) {
  await page.bringToFront();
  await page.evaluate(() => {
    globalThis.frames.length = 0;
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= MOVES; move += 1) {
    await page.mouse.move(x + 60 * Math.sin((2 * Math.PI * move) / MOVES), y);
    await page.waitForFunction((count) => globalThis.frames.length >= count, move, { polling: "raf" });
  }
  await page.mouse.up();
  return page.evaluate(() => globalThis.frames);
}

async function throttle(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}
