// Runs the benchmarks named on the command line, one after another, and prints one table. `cargo xtask bench` calls it.
//
// A benchmark is a module NAME.bench.mjs with
//
//   export const title = "…";
//   export async function run({ browser }) → rows
//
// and a row is { work, unit, ours, peers: [{ name, value }], bar?: { text, ratio?, value? } }, where `ours` and `value` are
// costs (less is better) in `unit`. The bar holds when ours is at most `ratio` times every peer, and at most `value`. A peer with
// `counts: false` is shown only; one with `quotient` says itself how ours compares, as where each round was compared with itself.
// A row { work, missing: "why" } says honestly that something could not be measured.

import { pathToFileURL } from "node:url";
import { launch } from "../browser/support.mjs";

const table = [["work", "ours", "peer", "theirs", "ours / theirs", "bar", ""]];
const browser = await launch();
try {
  for (const file of process.argv.slice(2)) {
    const { title, run } = await import(pathToFileURL(file).href);
    console.log(`Measuring: ${title}`);
    for (const row of await run({ browser })) {
      table.push(...lines(row));
    }
  }
} finally {
  await browser.close();
}
print(table);

function lines(row) {
  if (row.missing) {
    return [[row.work, "–", "", "", "", "", `not measured: ${row.missing}`]];
  }
  const shown = (value) => `${value.toPrecision(3)} ${row.unit}`;
  if (row.peers.length === 0) {
    return [[row.work, shown(row.ours), "", "", "", row.bar?.text ?? "", verdict(row.bar, row.ours)]];
  }
  return row.peers.map(({ name, value, counts = true, quotient = row.ours / value }, index) => [
    index === 0 ? row.work : "",
    index === 0 ? shown(row.ours) : "",
    name,
    shown(value),
    quotient.toPrecision(3),
    row.bar?.text ?? "",
    counts ? verdict(row.bar, row.ours, quotient) : "",
  ]);
}

function verdict(bar, ours, quotient) {
  if (!bar) {
    return "";
  }
  const ratioHolds = bar.ratio === undefined || quotient === undefined || quotient <= bar.ratio;
  const valueHolds = bar.value === undefined || ours <= bar.value;
  return ratioHolds && valueHolds ? "holds" : "MISSED";
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  console.log("");
  for (const [index, row] of rows.entries()) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
    if (index === 0) {
      console.log(widths.map((width) => "-".repeat(width)).join("  "));
    }
  }
}
