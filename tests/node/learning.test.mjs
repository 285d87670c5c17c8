// Regression, networks and costs of `downhill/core` in Node, from the built package, against the reference numbers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { FILES, replay } from "../reference/replay.mjs";

const dist = new URL("../../web/dist/", import.meta.url);
const reference = new URL("../reference/", import.meta.url);
const core = await import(new URL("core.js", dist));
const { LinearRegression, Network, dataset, measureGradientCost } = core;

before(() => core.init());

test("every reference case comes out of the package", async () => {
  const texts = Object.fromEntries(
    await Promise.all(FILES.map(async (name) => [name, await readFile(new URL(name, reference), "utf8")])),
  );
  const wrong = [];
  const counts = {};
  for (const { id, what, got, wanted, tolerance, count } of replay(core, texts)) {
    const family = id.match(/^[a-z]+/i)[0];
    counts[family] = (counts[family] ?? 0) + 1;
    if (count !== undefined) assert.equal(got.length, count, `${id} ${what}`);
    if (wanted === undefined) continue;
    assert.equal(got.length, wanted.length, `${id} ${what}`);
    for (const [index, value] of wanted.entries()) {
      const near = Object.is(got[index], value) || Math.abs(got[index] - value) <= tolerance[index];
      if (!near) wrong.push(`${id} ${what} [${index}]: ${got[index]} for ${value}`);
    }
  }
  assert.deepEqual(wrong, []);
  const cases = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(
    `figure: C1, C4, C8 through the package: ${cases} lists of numbers and verdicts, all within their tolerances`,
  );
  // As many as the files hold: 370 cases at four points, twice; 84 cases; 116 losses; 98 runs, twice; 12 networks.
  assert.equal(counts.d, 2960);
  assert.equal(counts.l, 116);
  assert.equal(counts.o, 196);
  assert.equal(counts.m, 84);
  assert.equal(counts.e, 171);
});

test("a regression fits exactly, descends, and predicts in original units", () => {
  const area = Float64Array.of(50, 80, 100, 120, 150);
  const price = [110, 165, 210, 250, 300];
  const regression = new LinearRegression({ features: [area], target: price, names: ["area"], standardize: true });
  const { coefficients, intercept, mse, rSquared } = regression.solve();
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  // The least-squares line by its textbook formula.
  const [x, y] = [mean([...area]), mean(price)];
  const slope =
    price.reduce((sum, value, row) => sum + (area[row] - x) * (value - y), 0) /
    area.reduce((sum, value) => sum + (value - x) ** 2, 0);
  assert.ok(Math.abs(coefficients[0] - slope) < 1e-12);
  assert.ok(Math.abs(intercept - (y - slope * x)) < 1e-10);
  assert.ok(mse > 0 && rSquared > 0.99 && rSquared < 1);
  assert.ok(Math.abs(regression.predict([100]) - (slope * 100 + intercept)) < 1e-10);
  assert.equal(regression.predict([100], [2, 1]), 201);
  assert.ok(Math.abs(regression.residuals().reduce((sum, r) => sum + r, 0)) < 1e-9);
  // Standardised, the Hessian is 2 in every direction, so that rates up to 1 are stable.
  assert.ok(Math.abs(regression.largestStableLearningRate() - 1) < 1e-12);
  const run = regression.descend({ optimizer: { kind: "sgd", learningRate: 0.3 }, steps: 100 });
  assert.equal(run.losses.length, 101);
  assert.ok(Math.abs(run.parameters[0] - slope) < 1e-9 && Math.abs(run.parameters[1] - intercept) < 1e-7);
  const wild = regression.descend({ optimizer: { kind: "sgd", learningRate: 5 }, steps: 2000 });
  assert.equal(wild.status, "diverged");
  assert.ok(wild.reason.length > 0 && wild.losses.every(Number.isFinite) && wild.parameters.every(Number.isFinite));
});

test("what does not fit a regression or a network is refused by the name of the argument", () => {
  const network = () => new Network({ layers: [2, 3, 1], activation: "tanh" });
  const run = {
    inputs: [0, 1, 1, 0],
    targets: [1, 1],
    optimizer: { kind: "sgd", learningRate: 0.1 },
    batchSize: 2,
    epochs: 1,
  };
  const refused = (work, code, words) =>
    assert.throws(work, (error) => {
      assert.equal(error.code, code, error.message);
      assert.match(error.message, words);
      return true;
    });
  const data = (features, target, more) => () => new LinearRegression({ features, target, ...more });
  refused(data([[1, 2]], [1, 2, 3]), "E_LENGTH", /^features\[0\] has 2 entries/);
  refused(data([], [1, 2]), "E_EMPTY_DATA", /^features/);
  refused(data([[1]], [1]), "E_TOO_FEW_ROWS", /at least 2/);
  refused(data([[1, Number.NaN]], [1, 2]), "E_NOT_FINITE", /^features\[0\]\[1\]/);
  refused(data([[1, "2"]], [1, 2]), "E_TYPE", /^features\[0\]/);
  refused(data([[3, 3]], [1, 2], { names: ["rooms"], standardize: true }), "E_CONSTANT_COLUMN", /^rooms is 3/);
  const twice = new LinearRegression({
    features: [
      [1, 2, 4],
      [2, 4, 8],
    ],
    target: [1, 2, 3],
    names: ["feet", "half feet"],
  });
  refused(() => twice.solve(), "E_RANK_DEFICIENT", /half feet/);
  refused(() => new Network({ layers: [2], activation: "tanh" }), "E_LENGTH", /^layers/);
  refused(() => new Network({ layers: [2, 0, 1], activation: "tanh" }), "E_RANGE", /^layers\[1\]/);
  refused(() => new Network({ layers: [2, 1], activation: "sine" }), "E_NETWORK", /sine/);
  refused(() => network().forward([1, 2, 3]), "E_LENGTH", /^inputs/);
  refused(() => network().lossAndGradient([1, 2], [1, 2]), "E_LENGTH", /^targets/);
  refused(() => network().train({ ...run, batchSize: 0 }), "E_RANGE", /^batchSize/);
  refused(() => network().train({ ...run, epochs: 0.5 }), "E_RANGE", /^epochs/);
  refused(() => network().train({ ...run, inputs: [] }), "E_EMPTY_DATA", /^inputs/);
  refused(() => network().train({ ...run, optimizer: { kind: "sgd", learningRate: -1 } }), "E_RANGE", /^learningRate/);
  refused(() => dataset("moons"), "E_DATA", /moons/);
});

test("training in slices ends where training at once does, tells its progress, and can be stopped", async () => {
  const data = dataset("xor", { rows: 200, noise: 0.1, seed: 4 });
  const run = { ...data, optimizer: { kind: "adam", learningRate: 0.05 }, batchSize: 20, epochs: 30, shuffle: true };
  const spec = { layers: [2, 6, 1], activation: "tanh", loss: "binaryCrossEntropy", seed: 2 };
  const [whole, sliced, stopped] = [new Network(spec), new Network(spec), new Network(spec)];
  const { losses, status } = whole.train(run);
  assert.equal(status, "running");
  assert.ok(losses.at(-1) < losses[0] / 2, `${losses[0]} to ${losses.at(-1)}`);
  const seen = [];
  const result = await sliced.trainInSlices(run, { slice: 0.2, onProgress: ({ steps }) => seen.push(steps) });
  assert.deepEqual([...result.losses], [...losses]);
  assert.deepEqual([...sliced.parameters], [...whole.parameters]);
  assert.ok(seen.length > 2 && seen.at(-1) === 300, String(seen));
  const stop = new AbortController();
  const partly = await stopped.trainInSlices(run, {
    slice: 0.01,
    signal: stop.signal,
    onProgress: ({ steps }) => steps > 10 && stop.abort(),
  });
  assert.equal(partly.status, "paused");
  assert.ok(partly.losses.length < losses.length);
  assert.ok(stopped.parameters.some((value, index) => value !== new Network(spec).parameters[index]));
});

test("training that leaves the finite numbers stops, says why, and keeps the last finite ones", () => {
  const data = dataset("plane", { rows: 50 });
  const network = new Network({ layers: [2, 4, 1], activation: "relu", seed: 1 });
  const { status, reason, losses } = network.train({
    ...data,
    optimizer: { kind: "sgd", learningRate: 1e200 },
    batchSize: 50,
    epochs: 10,
  });
  assert.equal(status, "diverged");
  assert.match(reason, /Halve the learning rate/);
  assert.ok(losses.every(Number.isFinite) && network.parameters.every(Number.isFinite));
});

test("costs are measured at each size, and differences cost a loss for each parameter", async () => {
  const seen = [];
  const costs = await measureGradientCost({
    sizes: [10, 400],
    budget: 2,
    onProgress: (_cost, done, of) => seen.push([done, of]),
  });
  assert.deepEqual(seen, [
    [1, 2],
    [2, 2],
  ]);
  assert.deepEqual(
    costs.map(({ parameters }) => parameters),
    [9, 400],
  );
  for (const { parameters, loss, backward, finiteDifferences, operations } of costs) {
    // Times are only looked at one by one: on a busy machine any of them may come out longer than another.
    assert.ok([loss, backward, finiteDifferences].every((time) => time > 0 && Number.isFinite(time)));
    assert.ok(operations.backward > operations.loss);
    assert.equal(operations.finiteDifferences, operations.loss * (parameters + 1));
  }
});

test("any run becomes a program, a document or a table", () => {
  const { exportRun } = core;
  const optimizer = { kind: "sgd", learningRate: 0.1 };
  const formula = { objective: "(x - 2)^2", start: { x: 5 }, optimizer, steps: 20 };
  const regression = new LinearRegression({ features: [[1, 2, 3, 4]], target: [2, 4, 5, 8], names: ["area"] });
  const network = new Network({ layers: [2, 3, 1], activation: "tanh", seed: 1 });
  const data = { inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0] };
  const runs = [
    formula,
    { regression, optimizer: { kind: "sgd", learningRate: 0.01 }, steps: 5 },
    { network, ...data, optimizer, batchSize: 4, epochs: 3 },
  ];
  const signs = {
    "python-numpy": /import numpy as np/,
    "python-jax": /import jax/,
    "python-pytorch": /import torch/,
    rust: /fn main\(\)/,
    latex: /\\begin\{align\*\}/,
    csv: /^(step|epoch),/,
  };
  for (const run of runs)
    for (const [language, sign] of Object.entries(signs)) assert.match(exportRun(run, language), sign);
  const rows = exportRun(formula, "csv").trim().split("\n").slice(1);
  const { points } = core.descend(formula);
  assert.deepEqual(
    rows.map((row) => Number(row.split(",")[1])),
    [...points],
  );
  const { losses } = network.train(runs[2]);
  assert.equal(losses.length, 4);
  assert.throws(() => exportRun(formula, "cobol"), { code: "E_LANGUAGE" });
  assert.throws(() => exportRun({ ...formula, objective: "x +" }, "csv"), { code: "E_EOF" });
});
