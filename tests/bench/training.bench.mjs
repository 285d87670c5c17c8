// Training in the page, in double precision unless said: epochs of small networks beside per-example objects and convnetjs, one step
// of a small and of a large one beside tfjs on its two backends that need no graphics card; and the same code natively.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { interleaved, quantile, startBenchServer } from "./support.mjs";

export const title = "training (compiles the native program the first time)";

const root = fileURLToPath(new URL("../../", import.meta.url));
const MODULES = "/tests/bench/node_modules";

const PAGE = `<!doctype html><title>training</title>
  <script src="${MODULES}/convnetjs/build/convnet-min.js"></script>
  <script src="${MODULES}/@tensorflow/tfjs/dist/tf.min.js"></script>
  <script src="${MODULES}/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js"></script>
  <script type="module">
    import { dataset, init, Network } from "/dist/core.js";
    import { PerExample } from "/tests/bench/perexample.mjs";
    await init();
    tf.wasm.setWasmPaths("${MODULES}/@tensorflow/tfjs-backend-wasm/dist/");

    const RATE = 0.03;
    const circle = dataset("circle", { rows: 500, seed: 1 });
    const targets = circle.targets.map((t) => 2 * t - 1);
    const rows = Array.from(targets, (_, row) => [circle.inputs[2 * row], circle.inputs[2 * row + 1]]);
    const noise = (count) => Float64Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898) / 2);

    // Milliseconds a piece of work, as many as fill about 40 ms, so that the clock's grain does not show.
    const timed = (work, pieces = 1) => {
      for (let calls = 1; ; calls *= 2) {
        const started = performance.now();
        for (let call = 0; call < calls; call += 1) work();
        const passed = performance.now() - started;
        if (passed > 40) return passed / calls / pieces;
      }
    };

    const EPOCHS = 50;
    const ourEpochs = (layers) => {
      const network = new Network({ layers, activation: "tanh", outputActivation: "tanh", seed: 1 });
      const run = { inputs: circle.inputs, targets, optimizer: { kind: "sgd", learningRate: RATE }, batchSize: 10, epochs: EPOCHS };
      return () => network.train(run);
    };
    const objects = (layers) => {
      const network = new PerExample(layers);
      return () => network.epoch(rows, targets, 10, RATE);
    };
    const convnet = (layers) => {
      const net = new convnetjs.Net();
      const hidden = layers.slice(1, -1).map((size) => ({ type: "fc", num_neurons: size, activation: "tanh" }));
      net.makeLayers([{ type: "input", out_sx: 1, out_sy: 1, out_depth: 2 }, ...hidden, { type: "regression", num_neurons: 1 }]);
      const trainer = new convnetjs.SGDTrainer(net, { learning_rate: RATE, momentum: 0, batch_size: 10, l2_decay: 0 });
      const volumes = rows.map((row) => new convnetjs.Vol(row));
      return () => volumes.forEach((volume, row) => trainer.train(volume, [targets[row]]));
    };

    const STEPS = 20;
    const ourSteps = (layers, batch, precision) => {
      const network = new Network({ layers, activation: "tanh", seed: 1, precision });
      const data = { inputs: noise(batch * layers[0]), targets: noise(batch * layers.at(-1)) };
      const run = { ...data, optimizer: { kind: "sgd", learningRate: 0.01 }, batchSize: batch, epochs: STEPS };
      return () => network.train(run);
    };
    const tfSteps = (layers, batch) => {
      const inputs = tf.tensor2d(Float32Array.from(noise(batch * layers[0])), [batch, layers[0]]);
      const outputs = tf.tensor2d(Float32Array.from(noise(batch * layers.at(-1))), [batch, layers.at(-1)]);
      const weights = layers.slice(1).map((size, index) => tf.variable(tf.randomNormal([layers[index], size], 0, 0.05)));
      const biases = layers.slice(1).map((size) => tf.variable(tf.zeros([size])));
      const optimizer = tf.train.sgd(0.01);
      const loss = () => {
        let a = inputs;
        weights.forEach((w, index) => {
          a = a.matMul(w).add(biases[index]);
          if (index < weights.length - 1) a = a.tanh();
        });
        return a.sub(outputs).square().mean();
      };
      return () => {
        const value = tf.tidy(() => optimizer.minimize(loss, true));
        // Both backends work at once; reading the loss makes sure of it.
        value.dataSync();
        value.dispose();
      };
    };

    const small = [2, 8, 8, 1];
    const middle = [2, 64, 64, 1];
    const large = [784, 512, 512, 10];
    const work = {
      "ours small epoch": [ourEpochs(small), EPOCHS],
      "objects small epoch": [objects(small)],
      "convnetjs small epoch": [convnet(small)],
      "ours middle epoch": [ourEpochs(middle), EPOCHS],
      "objects middle epoch": [objects(middle)],
      "convnetjs middle epoch": [convnet(middle)],
      "ours small step": [ourSteps(small, 10, "f64"), STEPS],
      "ours large step": [ourSteps(large, 64, "f64"), STEPS],
      "ours large step f32": [ourSteps(large, 64, "f32"), STEPS],
    };
    for (const backend of ["cpu", "wasm"]) {
      await tf.setBackend(backend);
      await tf.ready();
      work["tfjs " + backend + " small step"] = [tfSteps(small, 10)];
      work["tfjs " + backend + " large step"] = [tfSteps(large, 64)];
    }
    globalThis.names = Object.keys(work);
    globalThis.measure = async (name) => {
      const backend = name.match(/^tfjs (\\w+)/)?.[1];
      if (backend) {
        await tf.setBackend(backend);
        await tf.ready();
      }
      return timed(...work[name]);
    };
    globalThis.ready = true;
  </script>`;

export async function run({ browser }) {
  const server = await startBenchServer({ "/training.html": PAGE });
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  try {
    await page.goto(`${server.url}training.html`, { waitUntil: "load" });
    await page
      .waitForFunction(() => globalThis.ready, null, { timeout: 60_000 })
      .catch((error) => {
        throw new Error(problems.join("\n") || String(error));
      });
    const names = await page.evaluate(() => globalThis.names);
    const contestants = Object.fromEntries(
      names.map((name) => [name, async () => [await page.evaluate((work) => globalThis.measure(work), name)]]),
    );
    const { native } = await nativeContestants();
    const measured = await interleaved({ ...contestants, native }, 11);
    const median = (name) => quantile(measured[name], 0.5);
    // A busy machine changes its pace for seconds at a time. What was measured in one round met one pace: the quotients of the rounds
    // vary less than the quotient of two medians.
    const quotient = (ours, theirs) =>
      quantile(
        measured[ours].map((value, round) => value / measured[theirs][round]),
        0.5,
      );
    const natively = (work) =>
      quantile(
        measured.native.map((all) => all[work]),
        0.5,
      );
    const row = (work, ours, peers, ratio, text) => ({
      work,
      unit: "ms",
      ours: median(ours),
      peers: peers.map(([name, peer]) => ({ name, value: median(peer), quotient: quotient(ours, peer) })),
      bar: { text, ratio },
    });
    const tfjs = (work) => ["cpu", "wasm"].map((backend) => [`tfjs ${backend}`, `tfjs ${backend} ${work}`]);
    const beside = (size) => [
      ["per-example objects", `objects ${size} epoch`],
      ["convnetjs", `convnetjs ${size} epoch`],
    ];
    const native_row = (work, ours, theirs) => ({
      work,
      unit: "ms",
      ours: median(ours),
      peers: [{ name: "the same natively", value: natively(theirs) }],
      bar: { text: "at most 2", ratio: 2 },
    });
    return [
      row("epoch of 500, 2-8-8-1, batches of 10", "ours small epoch", beside("small"), 1 / 8, "at most 1/8"),
      row("epoch of 500, 2-64-64-1, batches of 10", "ours middle epoch", beside("middle"), 1 / 15, "at most 1/15"),
      row("step of 10, 2-8-8-1", "ours small step", tfjs("small step"), 1 / 20, "at most 1/20"),
      row("step of 64, 784-512-512-10, f64", "ours large step", tfjs("large step"), 1 / 3, "at most 1/3"),
      row("step of 64, 784-512-512-10, f32", "ours large step f32", tfjs("large step"), 1 / 8, "at most 1/8"),
      native_row("epoch of 500, 2-8-8-1", "ours small epoch", "small"),
      native_row("epoch of 500, 2-64-64-1", "ours middle epoch", "middle"),
      native_row("step of 64, 784-512-512-10, f64", "ours large step", "large"),
      native_row("step of 64, 784-512-512-10, f32", "ours large step f32", "largeSingle"),
    ];
  } finally {
    await page.close();
    await server.close();
  }
}

/** The native program measures all its work at once and prints it as JSON. */
async function nativeContestants() {
  const cargo = process.env.CARGO || "cargo";
  const common = ["--release", "--quiet", "--locked", "--package", "downhill-descent", "--example", "training"];
  await promisify(execFile)(cargo, ["build", ...common], { cwd: root });
  const native = async () => {
    const { stdout } = await promisify(execFile)(cargo, ["run", ...common], { cwd: root });
    return [JSON.parse(stdout)];
  };
  return { native };
}
