// Numbers as they are shown, in the language of the page. What is typed is read by the engine.

import type { Words } from "../words/words.js";

/** A number as shown in a field: as many digits as it takes, with a true minus sign. */
export function shown(value: number, { decimal }: Words, digits = 6): string {
  if (!Number.isFinite(value)) return "";
  const rounded = Number(value.toPrecision(digits));
  // Ten digits and more do not fit into a field, nor can anyone count them.
  const text = Math.abs(rounded) < 1e9 ? String(rounded) : rounded.toExponential().replace("+", "");
  return text.replaceAll("-", "−").replace(".", decimal);
}

/** A number to be read, not typed: very large and very small ones with a power of ten. */
export function printed(value: number, words: Words, digits = 6): string {
  return shown(value, words, digits).replace(/e\+?(−?)(\d+)$/, (_, sign: string, exponent: string) => {
    const raised = [...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
    return `×10${sign ? "⁻" : ""}${raised}`;
  });
}

/** A count in running text: 2,930. */
export function count(value: number, { tag }: Words): string {
  return value.toLocaleString(tag);
}
