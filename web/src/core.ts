// The mathematics without a page: works in browsers, workers and Node.

import { engine, type InitOptions, type RawExpression, VERSION } from "./engine/engine.js";
import { DownhillError, type DownhillErrorData } from "./engine/error.js";

export { DownhillError, type DownhillErrorData, type InitOptions, VERSION };

/** Loads the engine. Call it before anything else, as often as you like. */
export function init(options?: InitOptions): Promise<void> {
  return engine.init(options);
}

/** Values of variables by name. */
export type Bindings = Record<string, number>;

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

/** Reads a formula. Throws `DownhillError` with the place of the mistake in UTF-16 units. */
export function parse(text: string): Expression {
  if (typeof text !== "string") throw new DownhillError({ code: "E_TYPE", message: "A formula is a text, such as \"x^2\"." });
  return new Expression(OURS, engine.call((glue) => glue.parse(text)));
}

/** Keeps the constructor to this file: a formula comes from `parse`. */
const OURS = Symbol("downhill");

/** A formula. It never changes. */
export class Expression {
  #raw: Raw | undefined;
  #generation: number;
  /** The variables, in order of first appearance in the text. A derivative keeps those of its function. */
  readonly variables: string[];
  /** As one would type it. */
  readonly text: string;

  /** @internal */
  constructor(key: symbol, raw: Raw) {
    if (key !== OURS) throw new DownhillError({ code: "E_CONSTRUCTOR", message: "Formulas are made by parse()." });
    this.#raw = raw;
    this.#generation = engine.generation;
    this.variables = raw.variables;
    this.text = raw.text;
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
    if (!(values instanceof Float64Array)) throw new DownhillError({ code: "E_TYPE", message: "The values are a Float64Array." });
    return this.#use((raw) => raw.evaluateMany(variable, values, bindings));
  }

  /** Value and gradient, by reverse mode. */
  gradient(bindings: Bindings = {}): { value: number; gradient: Record<string, number> } {
    return this.#use((raw) => raw.gradient(bindings) as { value: number; gradient: Record<string, number> });
  }

  /** Value, gradient and the matrix of second derivatives in the order of `variables`. */
  hessian(bindings: Bindings = {}): { value: number; gradient: Record<string, number>; variables: string[]; hessian: number[][] } {
    return this.#use((raw) => raw.hessian(bindings) as ReturnType<Expression["hessian"]>);
  }

  /** The derivative as a formula, simplified. */
  derivative(variable: string): Expression {
    return new Expression(OURS, this.#use((raw) => raw.derivative(variable)));
  }

  slope(variable: string, bindings: Bindings = {}): Slope {
    return this.#use((raw) => raw.slope(variable, bindings) as Slope);
  }

  /** The same formula, shorter, with the same value and domain everywhere. */
  simplify(): Expression {
    return new Expression(OURS, this.#use((raw) => raw.simplify()));
  }

  /** Gives the engine's memory back now instead of with the garbage. The formula cannot be used after that. */
  free(): void {
    if (this.#generation === engine.generation) this.#raw?.free();
    this.#raw = undefined;
    this.#generation = -1;
  }

  #use<T>(work: (raw: Raw) => T): T {
    if (this.#generation === -1) throw new DownhillError({ code: "E_FREED", message: "This formula was freed." });
    return engine.call((glue) => {
      // The instance it lived in is gone: read it again.
      if (!this.#raw || this.#generation !== engine.generation) {
        this.#raw = glue.parse(this.text);
        this.#generation = engine.generation;
      }
      return work(this.#raw);
    });
  }
}
