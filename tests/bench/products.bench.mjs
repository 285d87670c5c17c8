// Matrix products in wasm, single precision, beside the crates matrixmultiply and gemm compiled with the same flags.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { interleaved, quantile, startBenchServer } from "./support.mjs";

export const title = "matrix products (compiles the peers the first time)";

const folder = fileURLToPath(new URL("products/", import.meta.url));
const SIZES = [128, 256, 512];
const ROUNDS = 10;
const NAMES = ["ours", "theirs_matrixmultiply", "theirs_gemm"];

export async function run({ browser }) {
  const cargo = process.env.CARGO || "cargo";
  const target = fileURLToPath(new URL("../../target/bench-products", import.meta.url));
  const build = [
    "build",
    "--release",
    "--quiet",
    "--locked",
    "--target",
    "wasm32-unknown-unknown",
    "--target-dir",
    target,
  ];
  await promisify(execFile)(cargo, build, { cwd: folder });
  const module = await readFile(`${target}/wasm32-unknown-unknown/release/downhill_bench_products.wasm`);
  const server = await startBenchServer({ "/products.html": "<!doctype html><title>products</title>" });
  const page = await browser.newPage();
  try {
    await page.goto(`${server.url}products.html`);
    await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const { instance } = await WebAssembly.instantiate(bytes);
      globalThis.products = instance.exports;
    }, module.toString("base64"));
    const rows = [];
    for (const size of SIZES) {
      const operations = 2 * size ** 3;
      const entries = await page.evaluate(
        ({ size, names }) => {
          globalThis.products.prepare(size);
          return names.map((name) => globalThis.products[name](1));
        },
        { size, names: NAMES },
      );
      if (!entries.every((entry) => Math.abs(entry - entries[0]) < 1e-3))
        throw new Error(`Products differ: ${entries}`);
      const times = Math.ceil(4e8 / operations);
      const contestants = Object.fromEntries(
        NAMES.map((name) => [
          name,
          async () => [
            await page.evaluate(
              ({ name, times }) => {
                const started = performance.now();
                globalThis.products[name](times);
                return (performance.now() - started) / times;
              },
              { name, times },
            ),
          ],
        ]),
      );
      const measured = await interleaved(contestants, ROUNDS);
      const median = (name) => quantile(measured[name], 0.5);
      const rate = (name) => `${(operations / median(name) / 1e6).toFixed(1)} GFLOP/s`;
      const best = Math.min(...NAMES.slice(1).map(median));
      rows.push({
        work: `${size}×${size} product, f32 (${rate("ours")})`,
        unit: "ms",
        ours: median("ours"),
        peers: NAMES.slice(1).map((name) => ({
          name: `${name.replace("theirs_", "")} (${rate(name)})`,
          value: median(name),
          // The bar is 80 % of the better one.
          counts: median(name) === best,
        })),
        bar: { text: "at most 1/0.8 of the best", ratio: 1 / 0.8 },
      });
    }
    return rows;
  } finally {
    await page.close();
    await server.close();
  }
}
