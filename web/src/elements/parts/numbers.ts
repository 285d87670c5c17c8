// Numbers as people write them, in and out, in the language of the page.

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

/** Blanks and apostrophes set groups of three apart in some language or other: U+0020, U+00A0, U+202F, U+2009, ' and ’. */
const GAP = "[ \\u00a0\\u202f\\u2009'’]";
/** Digits in groups: of three, or of two before the last three as in India. A group never starts with a 0 at the front. */
const grouped = (mark: string): string => `[1-9]\\d{0,2}(?:${mark}\\d{2,3})*${mark}\\d{3}`;

/** Numbers as the two kinds of language write them, by their decimal mark. */
const NUMBERS: Readonly<Record<Words["decimal"], RegExp>> = { ".": written("\\.", ","), ",": written(",", "\\.") };

function written(decimal: string, group: string): RegExp {
  const whole = `(?:${grouped(GAP)}|${grouped(group)}|\\d+)`;
  return new RegExp(`^([+-]?)\\s*\\$?\\s*(${whole}?)(?:${decimal}(\\d*))?(?:e([+-]?\\d+))?$`, "i");
}

/** A number as a learner typed it, or why it is none. Nothing is guessed: a slip must not become another number. */
export function readNumber(text: string, words: Words): { value: number } | { problem: string } {
  const plain = text.trim().replaceAll("−", "-");
  if (plain === "") return { problem: words.number.empty };
  const value = assemble(NUMBERS[words.decimal].exec(plain));
  if (value !== undefined) return { value };
  const meant = assemble(NUMBERS[words.decimal === "." ? "," : "."].exec(plain));
  return {
    problem: meant === undefined ? words.number.unreadable(text.trim()) : words.number.decimal(shown(meant, words, 15)),
  };
}

/** The number that was taken apart: sign, whole digits, decimals, exponent. */
function assemble(match: RegExpExecArray | null): number | undefined {
  if (!match) return undefined;
  const [, sign = "", whole = "", decimals = "", exponent = "0"] = match;
  if (whole === "" && decimals === "") return undefined;
  const value = Number(`${sign}${whole.replace(/\D/g, "") || "0"}.${decimals || "0"}e${exponent}`);
  return Number.isFinite(value) ? value : undefined;
}
