// On a server there is no page: frameworks that render there import the package as a browser would, and nothing must come of it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { promisify } from "node:util";

const dist = new URL("../../web/dist/", import.meta.url);
const { exports } = JSON.parse(await readFile(new URL("../package.json", dist), "utf8"));
const scripts = Object.values(exports)
  .map((entry) => entry.default ?? entry)
  .filter((file) => file.endsWith(".js"));

test("every script of the package can be imported where there is no page, and leaves no page behind", async () => {
  assert.ok(scripts.length >= 3);
  for (const script of scripts) {
    const program = `
      const module = await import(${JSON.stringify(new URL(`../${script}`, dist).href)});
      const left = ["HTMLElement", "customElements", "document", "window"].filter((name) => name in globalThis);
      console.log(JSON.stringify({ left, names: Object.keys(module) }));`;
    const { stdout, stderr } = await promisify(execFile)("node", ["--input-type=module", "--eval", program]);
    const { left, names } = JSON.parse(stdout);
    assert.deepEqual(left, [], script);
    assert.equal(stderr, "", script);
    if (script.endsWith("downhill.js")) {
      for (const name of ["init", "encodeState", "decodeState", "DownhillDescent"])
        assert.ok(names.includes(name), name);
    }
  }
});

test("no script names a module of Node's that a bundler for browsers would go looking for", async () => {
  for (const script of scripts) {
    const text = await readFile(new URL(`../${script}`, dist), "utf8");
    assert.doesNotMatch(text, /\bimport\((?!["'`]\.)/, script);
  }
});
