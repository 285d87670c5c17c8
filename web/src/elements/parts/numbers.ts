// Numbers as they are shown, in the language of the page. What is typed is read by the engine.

import type { Words } from "../words/words.js";

/** A number as the engine writes it: as many digits as it takes, a true minus sign, very large and very small ones with a power of ten. */
export function shown(value: number, { decimal }: Words, digits = 6): string {
  if (!Number.isFinite(value)) return "";
  const [mantissa = "", power = ""] = value.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  const plain = value === 0 || (exponent >= -4 && exponent < 7);
  const text = plain ? String(Number(value.toPrecision(digits))) : `${Number(mantissa)}×10${raised(exponent)}`;
  return text.replace("-", "−").replace(".", decimal);
}

function raised(exponent: number): string {
  return [...String(exponent)].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("");
}

/** A count in running text: 2,930. */
export function count(value: number, { tag }: Words): string {
  return value.toLocaleString(tag);
}
