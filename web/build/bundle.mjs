// Bundles the scripts of the npm package and of the site's own pages. `cargo xtask build` runs it.
//
// esbuild alone, without Vite: the site is a few static pages that load one script, so there is nothing for a dev server to
// do, and the wasm stays a file of its own beside the script (Vite's library mode would inline it).

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const web = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const shared = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  loader: { ".css": "text", ".svg": "text" },
  tsconfig: web("tsconfig.json"),
  logLevel: "warning",
  absWorkingDir: web("."),
};

// Each is whole: a page loads one script and the wasm beside it, and nothing else. The worker is for programs that ask for one.
await build({
  ...shared,
  entryPoints: [web("src/core.ts"), web("src/downhill.ts"), web("src/worker.ts")],
  inject: [web("build/server.mjs")],
  outdir: web("dist"),
});

// The pages' own scripts; they find the elements by their tags, not by importing them.
const site = web("dist/site");
rmSync(site, { recursive: true, force: true });
mkdirSync(site);
const pages = readdirSync(web("site"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => web(`site/${name}`));
if (pages.length > 0) {
  await build({ ...shared, entryPoints: pages, outdir: site, external: ["./downhill.js", "./core.js"] });
}
