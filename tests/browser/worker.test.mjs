// Training in a worker: the page goes on, the result is that of training at once, and a strict policy does not stand in the way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, startServer } from "./support.mjs";

const PAGE = `<!doctype html><meta charset="utf-8"><title>worker</title><link rel="icon" href="data:,">
  <script type="module" src="/page.js"></script>`;
const SCRIPT = `
  import * as core from "/core.js";
  await core.init();
  globalThis.core = core;
  globalThis.ready = true;`;
const POLICY =
  "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types downhill";

let server;
let browser;

before(async () => {
  const headers = { "Content-Security-Policy": POLICY };
  server = await startServer({ headers, pages: { "/worker.html": PAGE, "/page.js": SCRIPT } });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

async function opened() {
  const { page, errors } = await open(browser, `${server.url}worker.html`);
  await page.waitForFunction(() => globalThis.ready);
  return { page, errors };
}

test("a worker trains to the same bits, and the page stays responsive meanwhile", async () => {
  const { page, errors } = await opened();
  const found = await page.evaluate(async () => {
    const { dataset, Network } = globalThis.core;
    const spec = { layers: [2, 16, 16, 1], activation: "tanh", loss: "binaryCrossEntropy", seed: 1 };
    const data = dataset("spiral", { rows: 400, seed: 2 });
    const run = { ...data, optimizer: { kind: "adam", learningRate: 0.01 }, batchSize: 10, epochs: 100, shuffle: true };
    let longest = 0;
    let last = performance.now();
    let going = true;
    const beat = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      if (going) setTimeout(beat);
    };
    beat();
    const [there, here] = [new Network(spec), new Network(spec)];
    const steps = [];
    const result = await there.trainInWorker(run, { onProgress: (progress) => steps.push(progress.steps) });
    going = false;
    const atOnce = here.train(run);
    return {
      same: there.parameters.every((value, index) => Object.is(value, here.parameters[index])),
      losses: result.losses.every((value, index) => Object.is(value, atOnce.losses[index])),
      epochs: result.losses.length,
      status: result.status,
      rising: steps.every((step, index) => index === 0 || step >= steps[index - 1]),
      last: steps.at(-1),
    };
  });
  assert.deepEqual(found, { same: true, losses: true, epochs: 101, status: "running", rising: true, last: 4000 });
  assert.deepEqual(errors, []);
});

test("a worker can be stopped, and tells what it cannot do", async () => {
  const { page, errors } = await opened();
  const found = await page.evaluate(async () => {
    const { dataset, Network } = globalThis.core;
    const network = new Network({ layers: [2, 16, 1], activation: "tanh", seed: 1 });
    const run = {
      ...dataset("waves"),
      optimizer: { kind: "sgd", learningRate: 0.01 },
      batchSize: 10,
      epochs: 1_000_000,
    };
    const before = network.parameters;
    const stop = new AbortController();
    const stopped = await network.trainInWorker(run, { signal: stop.signal, onProgress: () => stop.abort() });
    const refused = await network.trainInWorker({ ...run, batchSize: 0 }).catch(({ code, message }) => [code, message]);
    const own = await network
      .trainInWorker(run, {
        onProgress: () => {
          throw new Error("the caller's own");
        },
      })
      .catch(({ message }) => message);
    return {
      own,
      status: stopped.status,
      some: network.parameters.some((value, index) => value !== before[index]),
      refused,
    };
  });
  assert.equal(found.status, "paused");
  assert.ok(found.some);
  assert.equal(found.own, "the caller's own");
  assert.equal(found.refused[0], "E_RANGE");
  assert.match(found.refused[1], /^batchSize/);
  assert.deepEqual(errors, []);
});
