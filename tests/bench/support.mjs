// What benchmarks share: where the peers are, and how to measure without favour.

import { startServer } from "../browser/support.mjs";

/** Serves the whole project: ours below `dist/`, the peers below `tests/bench/node_modules/`. */
export function startBenchServer(pages, headers) {
  return startServer({ folder: ".", pages, headers });
}

/** The value that a share of the sorted numbers lies below: 0.5 for the median. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/**
 * Calls the contestants in turn, round after round, so that whatever else the machine does meets all of them alike. Each is
 * an async function that resolves to a list of measurements. Resolves to all measurements by name; the first round warms up.
 */
export async function interleaved(contestants, rounds) {
  const all = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, measure] of Object.entries(contestants)) {
      const measured = await measure();
      if (round > 0) {
        all[name].push(...measured);
      }
    }
  }
  return all;
}

/**
 * Makes a page report, for every pointer move, the milliseconds from the event to the end of the frame that shows it: handlers,
 * animation frame callbacks, style, layout and paint on the main thread. The browser hands moves out right before a frame, so
 * there is no waiting in between. Call it before the page's own scripts run.
 */
export function watchPointerMoves() {
  globalThis.frames = [];
  addEventListener(
    "pointermove",
    (event) => {
      if (event.buttons === 0) {
        return;
      }
      const started = performance.now();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => globalThis.frames.push(performance.now() - started);
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
}
