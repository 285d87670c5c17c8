// What a page has to load before anything can be dragged, compressed as a static host would.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";

export const title = "payload, brotli";

const root = new URL("../../", import.meta.url);

async function kilobytes(...paths) {
  let total = 0;
  for (const path of paths) {
    const bytes = await readFile(new URL(path, root));
    const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    total += brotliCompressSync(bytes, { params: parameters }).length;
  }
  return total / 1000;
}

export async function run() {
  const wasm = await kilobytes("web/dist/downhill.wasm");
  const script = await kilobytes("web/dist/downhill.js");
  const table = await kilobytes("web/dist/ames.csv");
  const peers = [
    { name: "JSXGraph", value: await kilobytes("tests/bench/node_modules/jsxgraph/distrib/jsxgraphcore.js") },
    { name: "mathjs", value: await kilobytes("tests/bench/node_modules/mathjs/lib/browser/math.js") },
  ];
  return [
    { work: "payload: downhill.wasm", unit: "kB", ours: wasm, peers: [] },
    { work: "payload: downhill.js", unit: "kB", ours: script, peers: [] },
    { work: "payload: both", unit: "kB", ours: wasm + script, peers, bar: { text: "at most 150 kB", value: 150 } },
    { work: "payload: ames.csv, on pages with houses", unit: "kB", ours: table, peers: [] },
  ];
}
