// `downhill/core` in Node, from the built package.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

const dist = new URL("../../web/dist/", import.meta.url);

test("init finds and reads the wasm by itself, any number of times", async () => {
  const { init } = await import(new URL("core.js", dist));
  await init();
  await Promise.all([init(), init()]);
});

test("init takes the bytes of the wasm too", async () => {
  await inFreshProcess(`
    const { init, parse } = await import(core);
    await init({ wasm: await readFile(wasm) });
    assert.equal(parse("x^2").evaluate({ x: 3 }), 9);
  `);
});

test("a wasm that is not there is told, and the next call may do better", async () => {
  await inFreshProcess(`
    const { init, DownhillError } = await import(core);
    await assert.rejects(init({ wasm: new URL("nowhere.wasm", core) }), (error) => error instanceof DownhillError && error.code === "E_LOAD");
    await init();
  `);
});

test("before init everything is refused with a code", async () => {
  await inFreshProcess(`
    const { parse } = await import(core);
    assert.throws(() => parse("x"), { name: "DownhillError", code: "E_NOT_READY" });
  `);
});

test("a formula evaluates, derives and tells its steps", async () => {
  const { init, parse } = await import(new URL("core.js", dist));
  await init();
  const formula = parse("a*x^3 + sin(x)");
  assert.deepEqual(formula.variables, ["a", "x"]);
  assert.equal(formula.evaluate({ a: 2, x: 1 }), 2 + Math.sin(1));
  assert.deepEqual(formula.gradient({ a: 2, x: 0 }), { value: 0, gradient: { a: 0, x: 1 } });
  // Bindings may ask the same formula while it reads them.
  const asking = {
    a: 2,
    get x() {
      return formula.gradient({ a: 0, x: 0 }).value;
    },
  };
  assert.deepEqual(formula.gradient(asking), { value: 0, gradient: { a: 0, x: 1 } });
  const derivative = formula.derivative("x");
  assert.ok(Math.abs(derivative.evaluate({ a: 2, x: 1.5 }) - (6 * 2.25 + Math.cos(1.5))) < 1e-12);
  assert.ok(
    formula
      .derivationSteps("x")
      .every(({ rule, before, after, explanation }) => rule && before && after && explanation),
  );
  assert.equal(parse("2*theta", { variables: ["theta"] }).evaluate({ theta: 3 }), 6);
  const many = formula.evaluateMany("x", Float64Array.of(0, 1, 2), { a: 2 });
  assert.ok(many instanceof Float64Array);
  assert.deepEqual(
    [...many],
    [0, 1, 2].map((x) => formula.evaluate({ a: 2, x })),
  );
  const { hessian } = parse("x^2*y").hessian({ x: 3, y: 2 });
  assert.deepEqual(hessian, [
    [4, 6],
    [6, 0],
  ]);
});

test("a mistake in a formula is a DownhillError with its place", async () => {
  const { init, parse, DownhillError } = await import(new URL("core.js", dist));
  await init();
  assert.throws(
    () => parse("x^2 + sni(x)"),
    (error) =>
      error instanceof DownhillError &&
      error.code === "E_NAME" &&
      error.start === 6 &&
      error.end === 9 &&
      /sin/.test(error.hint),
  );
  for (const [bindings, code] of [
    [{}, "E_BINDING_MISSING"],
    [{ x: 1, q: 2 }, "E_BINDING_UNKNOWN"],
    [{ x: "1" }, "E_BINDING_TYPE"],
  ]) {
    assert.throws(() => parse("x^2").evaluate(bindings), { name: "DownhillError", code });
  }
  assert.throws(() => parse("x^2").evaluateMany("q", Float64Array.of(1)), { code: "E_VARIABLE" });
  assert.equal(parse("x^2").derivative("q").evaluate(), 0);
});

test("a kink has two slopes and no derivative", async () => {
  const { init, parse } = await import(new URL("core.js", dist));
  await init();
  const { derivative, left, right, differentiable, automatic } = parse("abs(x)").slope("x", { x: 0 });
  assert.deepEqual(
    { derivative, left, right, differentiable, automatic },
    { derivative: null, left: -1, right: 1, differentiable: false, automatic: 0 },
  );
});

test("answers are judged by what they mean", async () => {
  const { init, checkAnswer, checkDerivative } = await import(new URL("core.js", dist));
  await init();
  assert.equal(checkAnswer({ expected: "2x + 2", answer: "2(x+1)" }).verdict, "correct");
  const wrong = checkDerivative({ function: "sin(x^2)", variable: "x", answer: "cos(x^2)" });
  assert.equal(wrong.verdict, "incorrect");
  assert.equal(wrong.mistake.code, "missing_inner_derivative");
  const unreadable = checkAnswer({ expected: "x", answer: "x +" });
  assert.equal(unreadable.verdict, "unreadable");
  assert.equal(unreadable.error.code, "E_EOF");
});

test("losses and descents give what their definitions say", async () => {
  const { init, descend, loss } = await import(new URL("core.js", dist));
  await init();
  const { value, gradient } = loss("mse", Float64Array.of(1, 2), Float64Array.of(0, 4));
  assert.equal(value, 2.5);
  assert.deepEqual([...gradient], [1, -2]);
  const run = descend({ objective: "x^2", start: { x: 3 }, optimizer: { kind: "sgd", learningRate: 0.1 }, steps: 2 });
  assert.equal(run.points.length, 3);
  assert.ok(Math.abs(run.points[1] - 2.4) < 1e-15 && Math.abs(run.points[2] - 1.92) < 1e-15);
  assert.throws(
    () => descend({ objective: "x^", start: { x: 3 }, optimizer: { kind: "sgd", learningRate: 0.1 }, steps: 2 }),
    { code: "E_EOF" },
  );
});

/** The engine is one for all copies of the script in a process: what wants it unloaded runs in a process of its own. */
async function inFreshProcess(body) {
  const script = `
    import assert from "node:assert/strict";
    import { readFile } from "node:fs/promises";
    const core = new URL(${JSON.stringify(new URL("core.js", dist).href)});
    const wasm = new URL("downhill.wasm", core);
    ${body}`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
}
