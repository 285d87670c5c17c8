// Lists of numbers from callers: typed arrays cross as they are, plain ones are copied.

import { DownhillError } from "./error.js";

/** A list of numbers as programs have them. */
export type Numbers = Float64Array | Float32Array | readonly number[];

/** The list as doubles; anything else is refused by the name of the argument. */
export function doubles(argument: string, list: Numbers): Float64Array {
  if (list instanceof Float64Array) return list;
  if (list instanceof Float32Array) return Float64Array.from(list);
  if (Array.isArray(list) && list.every((entry) => typeof entry === "number")) return Float64Array.from(list);
  throw new DownhillError({ code: "E_TYPE", message: `${argument} must be a Float64Array or a list of numbers.` });
}

/** A whole number, 0 or more, that a double holds exactly. */
export function whole(argument: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new DownhillError({ code: "E_RANGE", message: `${argument} must be a whole number, 0 or more; got ${value}.` });
}
