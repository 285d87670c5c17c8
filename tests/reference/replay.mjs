// Every reference case through `downhill/core`, wherever it runs: in Node, in Chromium, in Firefox, in a worker.
//
//   for (const { id, what, got, wanted, tolerance } of replay(core, texts)) …
//
// `got` are numbers, in an order that `crates/descent/examples/replay.rs` keeps too: there the same cases run natively, and the bits
// must be the same. `wanted` is absent where only the bits matter. `texts` are the files by name.

export const FILES = [
  "derivatives.jsonl",
  "gradients.jsonl",
  "undefined.jsonl",
  "kinks.jsonl",
  "semantics.jsonl",
  "equivalence.jsonl",
  "losses.jsonl",
  "optimizers.jsonl",
  "mlp.jsonl",
];

const records = (text) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export function* replay(core, texts) {
  yield* derivatives(core, records(texts["derivatives.jsonl"]));
  yield* gradients(core, records(texts["gradients.jsonl"]));
  yield* undefinedPlaces(core, records(texts["undefined.jsonl"]));
  yield* kinks(core, records(texts["kinks.jsonl"]));
  yield* semantics(core, records(texts["semantics.jsonl"]));
  yield* equivalence(core, records(texts["equivalence.jsonl"]));
  yield* losses(core, records(texts["losses.jsonl"]));
  yield* optimizers(core, records(texts["optimizers.jsonl"]));
  yield* networks(core, records(texts["mlp.jsonl"]));
  yield* elementary(core);
  yield* training(core);
}

function* derivatives(core, cases) {
  for (const { id, expr, var: variable, slack = 1, points } of cases) {
    const formula = core.parse(expr, { variables: Object.keys(points[0].bindings) });
    const derivative = formula.derivative(variable);
    const second = derivative.derivative(variable);
    for (const [place, { bindings, value, derivative: slope, second: bend, loose = [] }] of points.entries()) {
      const reverse = formula.gradient(bindings);
      const got = [formula.evaluate(bindings), derivative.evaluate(bindings), second.evaluate(bindings)];
      const wanted = [value, slope, bend];
      const scale = Math.max(1, Math.abs(value), Math.abs(slope));
      const tolerance = ["value", "derivative", "second"].map((name, order) =>
        wanted[order] === 0 || loose.includes(name)
          ? 1e-11 * scale
          : 1e-12 * slack * (order === 2 ? 10 : 1) * Math.abs(wanted[order]) + 1e-307,
      );
      yield { id: `${id}.${place}`, what: "value, slope, curvature", got, wanted, tolerance };
      yield {
        id: `${id}.${place}`,
        what: "reverse mode",
        // A constant has no variable to be steep in.
        got: [reverse.value, reverse.gradient[variable] ?? 0],
        wanted: [value, slope],
        tolerance,
      };
    }
  }
}

function* gradients(core, cases) {
  for (const { id, expr, vars, slack = 1, points } of cases) {
    const formula = core.parse(expr, { variables: vars });
    for (const [place, point] of points.entries()) {
      const found = formula.hessian(point.bindings);
      const order = vars.map((name) => found.variables.indexOf(name));
      const gradient = vars.map((name) => found.gradient[name]);
      const hessian = order.flatMap((row) => order.map((column) => found.hessian[row][column]));
      const largest = (list) => Math.max(...list.map(Math.abs));
      const wanted = [point.value, ...point.gradient, ...point.hessian.flat()];
      // Where the wanted number is 0 only an absolute test is fair.
      const scales = [
        Math.abs(point.value),
        ...point.gradient.map(() => largest(point.gradient)),
        ...point.hessian.flat().map(() => 10 * largest(point.hessian.flat())),
      ];
      const floor = 1e-11 * Math.max(1, Math.abs(point.value), largest(point.gradient));
      const tolerance = scales.map((scale, index) =>
        wanted[index] === 0 ? Math.max(floor, 1e-12 * slack * scale) : 1e-12 * slack * scale,
      );
      yield { id: `${id}.${place}`, what: "value, gradient, Hessian", got: [found.value, ...gradient, ...hessian], wanted, tolerance };
    }
  }
}

function* undefinedPlaces(core, cases) {
  const numbers = { "+inf": Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY, undefined: Number.NaN };
  for (const { id, expr, bindings, what, var: variable, expect, expect_real_root } of cases) {
    const formula = core.parse(expr, { variables: Object.keys(bindings) });
    // A power typed with an odd root is the real root here.
    const told = expect_real_root ?? expect;
    if (what === "value") {
      const wanted = typeof told === "number" ? told : numbers[told];
      const got = formula.evaluate(bindings);
      // A program may have one answer for all places without a finite value.
      const same = Number.isFinite(wanted) ? wanted : Number.isFinite(got) ? wanted : got;
      yield { id, what, got: [got], wanted: [same], tolerance: [1e-12 * Math.abs(wanted)] };
      continue;
    }
    const { derivative, left, right, automatic } = formula.slope(variable, bindings);
    const got = [derivative ?? Number.NaN, left ?? Number.NaN, right ?? Number.NaN, automatic ?? Number.NaN];
    const wanted = typeof told === "number" ? told : numbers[told];
    const tolerance = [1e-11 * Math.max(1, Math.abs(wanted)), Infinity, Infinity, Infinity];
    yield { id, what, got, wanted: [wanted, got[1], got[2], got[3]], tolerance };
  }
}

function* kinks(core, cases) {
  const number = (told) => ({ "+inf": Infinity, "-inf": -Infinity })[told] ?? (typeof told === "number" ? told : Number.NaN);
  for (const [index, { expr, x, calculus_derivative, autodiff_convention }] of cases.entries()) {
    const { derivative, left, right, automatic } = core.parse(expr).slope("x", { x });
    const slope = number(calculus_derivative);
    const convention = number(autodiff_convention);
    yield {
      id: `kink${index}`,
      what: expr,
      got: [derivative ?? Number.NaN, automatic ?? Number.NaN, left ?? Number.NaN, right ?? Number.NaN],
      wanted: [slope, Number.isNaN(convention) ? (automatic ?? Number.NaN) : convention, left ?? Number.NaN, right ?? Number.NaN],
      tolerance: [1e-12 * Math.max(1, Math.abs(slope)), 1e-12 * Math.max(1, Math.abs(convention)), 0, 0],
    };
  }
}

function* semantics(core, cases) {
  for (const [index, { input, x, value, vars, error }] of cases.entries()) {
    if (error !== undefined) {
      let code = "";
      try {
        core.parse(input);
      } catch (thrown) {
        code = thrown.code;
      }
      yield { id: `semantics${index}`, what: `${input}: ${code} for ${error}`, got: [code === error ? 1 : 0], wanted: [1], tolerance: [0] };
      continue;
    }
    const bindings = vars ?? (x === null ? {} : { x });
    const got = core.parse(input, { variables: Object.keys(bindings) }).evaluate(bindings);
    const wanted = value === null || typeof value === "string" ? Number.NaN : value;
    const same = Number.isNaN(wanted) && !Number.isFinite(got) ? got : wanted;
    yield { id: `semantics${index}`, what: input, got: [got], wanted: [same], tolerance: [1e-12 * Math.abs(wanted)] };
  }
}

function* equivalence(core, cases) {
  for (const { id, of, var: variable, answer, equivalent } of cases) {
    const { verdict } = core.checkDerivative({ function: of, variable, answer });
    yield { id, what: `${answer} for the derivative of ${of}: ${verdict}`, got: [verdict === "correct" ? 1 : 0], wanted: [equivalent ? 1 : 0], tolerance: [0] };
  }
}

const LOSSES = {
  log_cosh: "logCosh",
  bce_logits: "binaryCrossEntropy",
  squared_hinge: "squaredHinge",
  softmax_cross_entropy: "softmaxCrossEntropy",
};

function* losses(core, cases) {
  for (const { id, loss: name, params, predictions, targets, value, gradient } of cases) {
    const rows = Array.isArray(predictions[0]) ? predictions.length : predictions.flat().length;
    const parameters = {
      ...(params.delta !== undefined && { delta: params.delta }),
      ...(params.q !== undefined && { quantile: params.q }),
      ...(name === "softmax_cross_entropy" && { classes: (predictions[0].length ?? predictions.length) }),
    };
    const found = core.loss(LOSSES[name] ?? name, predictions.flat(), targets.flat(), parameters);
    // Sums are means times their number.
    const count = params.reduction !== "sum" ? 1 : name === "softmax_cross_entropy" ? (Array.isArray(predictions[0]) ? rows : 1) : rows;
    const wanted = [value, ...gradient.flat()];
    const largest = Math.max(...gradient.flat().map(Math.abs));
    yield {
      id,
      what: name,
      got: [found.value * count, ...[...found.gradient].map((slope) => slope * count)],
      wanted,
      tolerance: wanted.map((_, index) => 1e-12 * (index === 0 ? Math.abs(value) : largest) + 1e-15),
    };
  }
}

const HYPERPARAMETERS = {
  learning_rate: "learningRate",
  momentum: "momentum",
  beta: "momentum",
  initial_accumulator: "initialAccumulator",
  initial_accumulator_value: "initialAccumulator",
  eps: "epsilon",
  epsilon: "epsilon",
  decay: "decay",
  beta1: "beta1",
  b1: "beta1",
  beta2: "beta2",
  b2: "beta2",
  weight_decay: "weightDecay",
  eps_in_sqrt: "epsilonInRoot",
};

function optimizer(kind, settings) {
  const named = Object.entries(settings).filter(([name]) => name in HYPERPARAMETERS);
  return { kind, ...Object.fromEntries(named.map(([name, value]) => [HYPERPARAMETERS[name], value])) };
}

function* optimizers(core, cases) {
  for (const { id, expr, vars, start, optimizer: name, hyperparameters, steps, rounding_spread, points, values } of cases) {
    const run = core.descend({
      objective: expr,
      start: Object.fromEntries(vars.map((variable, place) => [variable, start[place]])),
      optimizer: optimizer(name === "heavy_ball" ? "heavyBall" : name, hyperparameters),
      steps,
    });
    const order = vars.map((variable) => run.variables.indexOf(variable));
    const width = vars.length;
    const rows = run.values.length;
    const got = Array.from({ length: rows }, (_, row) => order.map((column) => run.points[row * width + column])).flat();
    const share = Math.max(1e-12, 10 * rounding_spread);
    const tolerance = points.flatMap((point) => point.map(() => share * Math.max(...point.map(Math.abs))));
    yield { id, what: `${name} on ${expr}`, got, wanted: points.flat(), tolerance };
    yield { id, what: `values of ${name} on ${expr}`, got: [...run.values], wanted: undefined, count: values.length };
  }
}

function* networks(core, cases) {
  for (const { id, sizes, activations, loss, layers, inputs, targets, outputs, loss_value, gradients, sgd, adam } of cases) {
    const spec = {
      layers: sizes,
      activation: "tanh",
      hiddenActivations: activations.slice(0, -1),
      outputActivation: activations.at(-1),
      loss: LOSSES[loss] ?? loss,
    };
    const [x, y] = [inputs.flat(), targets.flat()];
    const network = new core.Network(spec);
    network.parameters = parameters(layers);
    const near = (wanted, share) => wanted.map(() => share * Math.max(...wanted.map(Math.abs)));
    const list = (what, got, wanted, share) => ({ id, what, got: [...got], wanted, tolerance: near(wanted, share) });
    yield list("outputs", network.forward(x), outputs.flat(), 1e-12);
    const found = network.lossAndGradient(x, y);
    yield list("loss", [found.loss], [loss_value], 1e-12);
    yield list("gradient", found.gradient, parameters(gradients), 1e-12);
    for (const [kind, run] of Object.entries({ sgd, adam })) {
      network.parameters = parameters(layers);
      const trained = network.train({ inputs: x, targets: y, optimizer: optimizer(kind, run), batchSize: inputs.length, epochs: run.steps });
      yield list(`losses of ${kind}`, trained.losses, run.losses, 1e-11);
      yield list(`parameters after ${kind}`, network.parameters, parameters(run.layers), 1e-11);
    }
    network.free();
  }
}

/** The reference has W as [output][input]; ours is [input][output]. */
function parameters(layers) {
  return layers.flatMap(({ W, b }) => [...W[0].flatMap((_, input) => W.map((row) => row[input])), ...b]);
}

export const ELEMENTARY =
  "exp ln log2 log10 sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf sigmoid softplus sinc".split(" ");

/** 4,000 points of every size from 2^-20 to 2^20, made with operations that are exact or correctly rounded everywhere. */
export function points() {
  return Float64Array.from({ length: 4000 }, (_, index) => {
    let value = 1 + (Math.imul(index, 0x9e3779b1) >>> 0) / 4294967296;
    const exponent = (index % 41) - 20;
    for (let k = 0; k < Math.abs(exponent); k += 1) value = exponent > 0 ? value * 2 : value / 2;
    return index % 2 === 0 ? value : -value;
  });
}

function* elementary(core) {
  for (const name of ELEMENTARY) {
    yield { id: name, what: "4,000 points", got: [...core.parse(`${name}(x)`).evaluateMany("x", points())] };
  }
  yield { id: "x^y", what: "4,000 points", got: [...core.parse("abs(x)^y").evaluateMany("x", points(), { y: 1.37 })] };
}

/** A training of 200 steps in each precision, with shuffling, and 200 steps of a regression on the way. */
function* training(core) {
  const data = core.dataset("spiral", { rows: 100, noise: 0.1, seed: 7 });
  yield { id: "data", what: "spiral", got: [...data.inputs, ...data.targets] };
  for (const precision of ["f64", "f32"]) {
    const network = new core.Network({ layers: [2, 8, 8, 1], activation: "tanh", loss: "binaryCrossEntropy", seed: 5, precision });
    const run = { ...data, optimizer: { kind: "adam", learningRate: 0.02 }, batchSize: 10, epochs: 20, shuffle: true };
    const { losses } = network.train(run);
    yield { id: `training.${precision}`, what: "200 steps", got: [...losses, ...network.parameters] };
  }
  const regression = new core.LinearRegression({
    features: [data.inputs.filter((_, i) => i % 2 === 0), data.inputs.filter((_, i) => i % 2 === 1)],
    target: data.targets,
    standardize: true,
  });
  const { coefficients, intercept, mse } = regression.solve();
  const run = regression.descend({ optimizer: { kind: "nesterov", learningRate: 0.01, momentum: 0.9 }, steps: 200, batchSize: 8, seed: 3 });
  yield { id: "regression", what: "exact and 200 steps", got: [...coefficients, intercept, mse, ...run.parameters, ...run.losses] };
}

/** One line of text for each list of numbers: its bits. All that is not a number counts as one. */
export function bitsOf({ id, what, got }) {
  const words = new BigUint64Array(Float64Array.from(got, (value) => (Number.isNaN(value) ? Number.NaN : value)).buffer);
  return `${id} ${what.replaceAll(/[^a-z0-9]+/gi, "_")} ${Array.from(words, (word) => word.toString(16)).join(" ")}`;
}
