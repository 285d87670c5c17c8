// The mathematics without a page: works in browsers, workers and Node.

import { engine, type InitOptions, type RawExpression, VERSION } from "./engine/engine.js";
import { DownhillError, type DownhillErrorData } from "./engine/error.js";
import { Handle } from "./engine/handle.js";
import { doubles, type Numbers, whole } from "./engine/numbers.js";
import type { LossKind, LossParameters, Optimizer } from "./engine/types.js";
import {
  type Language,
  LinearRegression,
  Network,
  type OptimizerSettings,
  type RegressionRun,
  type TrainRun,
} from "./learning.js";

export * from "./cost.js";
export * from "./learning.js";
export type { LossKind, LossParameters, Numbers, Optimizer };

/** What to descend, from where, and how. */
export interface DescendRequest {
  objective: string;
  start: Bindings;
  optimizer: OptimizerSettings;
  steps: number;
  /** The standard deviation of normal noise on each entry of the gradient. */
  noise?: number;
  seed?: number;
}

export { DownhillError, type DownhillErrorData, type InitOptions, VERSION };

/** Loads the engine. Call it before anything else, as often as you like. */
export function init(options?: InitOptions): Promise<void> {
  return engine.init(options);
}

/** Values of variables by name. */
export type Bindings = Record<string, number>;

/** One rule of a derivation; `before` and `after` are formulas as text. */
export interface DerivationStep {
  rule: string;
  title: string;
  before: string;
  after: string;
  explanation: string;
}

/** How steep a formula is in one variable; null where there is no such number. */
export interface Slope {
  value: number;
  derivative: number | null;
  left: number | null;
  right: number | null;
  differentiable: boolean;
  /** What automatic differentiation uses where the derivative does not exist. */
  automatic: number;
  note?: string;
}

/** How an ambiguous spelling was read. */
export interface FormulaNote {
  code: string;
  message: string;
}

type Raw = RawExpression;

/**
 * Reads a formula. Throws `DownhillError` with the place of the mistake in UTF-16 units. A variable whose name has several
 * letters, such as `theta` or `learning_rate`, is one only when it is declared: a name is never split silently.
 */
export function parse(text: string, { variables = [] }: { variables?: string[] } = {}): Expression {
  if (typeof text !== "string")
    throw new DownhillError({ code: "E_TYPE", message: 'A formula is a text, such as "x^2".' });
  return new Expression(
    OURS,
    engine.call((glue) => glue.parse(text, variables)),
  );
}

/** Keeps the constructor to this file: a formula comes from `parse`. */
const OURS = Symbol("downhill");

/** A formula. It never changes. */
export class Expression {
  readonly #handle: Handle<Raw>;
  /** The variables, in order of first appearance in the text. A derivative keeps those of its function. */
  readonly variables: string[];
  /** As one would type it. */
  readonly text: string;

  /** @internal */
  constructor(key: symbol, raw: Raw) {
    if (key !== OURS) throw new DownhillError({ code: "E_CONSTRUCTOR", message: "Formulas are made by parse()." });
    this.variables = raw.variables;
    this.text = raw.text;
    this.#handle = new Handle(
      "formula",
      () => raw,
      (glue) => glue.parse(this.text, this.variables),
    );
  }

  get latex(): string {
    return this.#use((raw) => raw.latex);
  }

  /** A whole `<math>` element. */
  get mathml(): string {
    return this.#use((raw) => raw.mathml);
  }

  get notes(): FormulaNote[] {
    return this.#use((raw) => raw.notes as FormulaNote[]);
  }

  /** The value; NaN where it is undefined on the reals. */
  evaluate(bindings: Bindings = {}): number {
    return this.#use((raw) => raw.evaluate(bindings));
  }

  /** The value at each of many values of one variable: bit for bit what `evaluate` gives. */
  evaluateMany(variable: string, values: Float64Array, bindings: Bindings = {}): Float64Array {
    if (!(values instanceof Float64Array))
      throw new DownhillError({ code: "E_TYPE", message: "The values are a Float64Array." });
    return this.#use((raw) => raw.evaluateMany(variable, values, bindings));
  }

  /** Value and gradient, by reverse mode. */
  gradient(bindings: Bindings = {}): { value: number; gradient: Record<string, number> } {
    return this.#use((raw) => {
      const value = raw.gradient(bindings);
      const gradient: Record<string, number> = {};
      for (let place = 0; place < this.variables.length; place += 1)
        gradient[this.variables[place] as string] = raw.partial(place);
      return { value, gradient };
    });
  }

  /** Value, gradient and the matrix of second derivatives in the order of `variables`. */
  hessian(bindings: Bindings = {}): {
    value: number;
    gradient: Record<string, number>;
    variables: string[];
    hessian: number[][];
  } {
    return this.#use((raw) => raw.hessian(bindings) as ReturnType<Expression["hessian"]>);
  }

  /** The derivative as a formula, simplified. */
  derivative(variable: string): Expression {
    return new Expression(
      OURS,
      this.#use((raw) => raw.derivative(variable)),
    );
  }

  /** How one gets there, rule by rule. */
  derivationSteps(variable: string): DerivationStep[] {
    return this.#use((raw) => raw.derivationSteps(variable) as DerivationStep[]);
  }

  slope(variable: string, bindings: Bindings = {}): Slope {
    return this.#use((raw) => raw.slope(variable, bindings) as Slope);
  }

  /** The same formula, shorter, with the same value and domain everywhere. */
  simplify(): Expression {
    return new Expression(
      OURS,
      this.#use((raw) => raw.simplify()),
    );
  }

  /** Gives the engine's memory back now instead of with the garbage. The formula cannot be used after that. */
  free(): void {
    this.#handle.free();
  }

  #use<T>(work: (raw: Raw) => T): T {
    return this.#handle.use(work);
  }
}

/** What is to be said of an answer. */
export interface AnswerCheck {
  verdict: "correct" | "incorrect" | "unreadable";
  /** Whether it is as short as its simplified form. */
  simplified: boolean;
  /** The likeliest cause of a wrong answer. */
  mistake?: { code: string; message: string };
  /** A place where a wrong answer differs. */
  counterexample?: { bindings: Bindings; expected: number; got: number };
  /** Why an answer is no formula, and where. */
  error?: DownhillErrorData;
  /** For a right answer that is defined elsewhere than the expected one. */
  note?: string;
}

/** Whether an answer means what was expected, however it is written. */
export function checkAnswer(question: { expected: string; answer: string; variables?: string[] }): AnswerCheck {
  const { expected, answer, variables = [] } = question;
  return engine.call((glue) => glue.checkAnswer(expected, answer, variables) as AnswerCheck);
}

/** Whether an answer is the derivative of a function, and which slip explains it when it is not. */
export function checkDerivative(question: { function: string; variable: string; answer: string }): AnswerCheck {
  return engine.call(
    (glue) => glue.checkDerivative(question.function, question.variable, question.answer) as AnswerCheck,
  );
}

/** A way down. Points and gradients are row by row, the start first: (steps + 1) × variables. */
export interface Descent {
  variables: string[];
  points: Float64Array;
  values: Float64Array;
  gradients: Float64Array;
  status: "running" | "converged" | "stalled" | "diverged";
  reason?: string;
}

/** Descends a formula. */
export function descend(run: DescendRequest): Descent {
  whole("steps", run.steps);
  return engine.call((glue) => glue.descend(run) as Descent);
}

/** A run to export: of a formula, of a regression, or of a network from its present parameters on. */
export type ExportableRun =
  | DescendRequest
  | ({ regression: LinearRegression } & RegressionRun)
  | ({ network: Network } & TrainRun);

/**
 * A run as a program that prints the same way, as LaTeX or as a table. Programs compute in double precision and follow optax's
 * definitions of the optimisers. Throws `E_RANGE` where a program would hold more than 20,000 numbers.
 */
export function exportRun(run: ExportableRun, language: Language): string {
  if ("regression" in run && run.regression instanceof LinearRegression) return run.regression.exportRun(run, language);
  if ("network" in run && run.network instanceof Network) return run.network.exportRun(run, language);
  return engine.call((glue) => glue.exportRun(run, language));
}

/** A loss, its mean over the examples, and its gradient by each prediction. Cross-entropies take logits. */
export function loss(
  kind: LossKind,
  predictions: Numbers,
  targets: Numbers,
  parameters: Partial<LossParameters> = {},
): { value: number; gradient: Float64Array } {
  const [guesses, truths] = [doubles("predictions", predictions), doubles("targets", targets)];
  return engine.call(
    (glue) => glue.loss(kind, guesses, truths, parameters) as { value: number; gradient: Float64Array },
  );
}
