// Numbers as people write them, in and out.

/** A number as shown in a field: as many digits as it takes, with a true minus sign. */
export function shown(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return "";
  const rounded = Number(value.toPrecision(digits));
  return String(rounded).replaceAll("-", "−");
}

/** A number to be read, not typed: very large and very small ones with a power of ten. */
export function printed(value: number, digits = 6): string {
  return shown(value, digits).replace(/e\+?(−?)(\d+)$/, (_, sign: string, exponent: string) => {
    const raised = [...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
    return `×10${sign ? "⁻" : ""}${raised}`;
  });
}

/** A number as a learner typed it, or why it is none. */
export function readNumber(text: string): { value: number } | { problem: string } {
  const plain = text.trim().replaceAll("−", "-").replaceAll(" ", "").replaceAll(" ", "");
  if (plain === "") return { problem: "Type a number, such as 0.3." };
  if (/^[+-]?\d+,\d+$/.test(plain) && !/^[+-]?\d{1,3}(,\d{3})+$/.test(plain)) {
    return { problem: `Use a point for the decimals: ${plain.replace(",", ".")}.` };
  }
  const value = /^[+-]?\$?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)
    ? Number(plain.replace(/[$,]/g, ""))
    : Number.NaN;
  if (!Number.isFinite(value)) return { problem: `“${text.trim()}” is not a number. Type digits, such as 0.3 or −2.` };
  return { value };
}
