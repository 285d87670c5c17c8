// `downhill/core` in Node, from the built package.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const dist = new URL("../../web/dist/", import.meta.url);

test("init finds and reads the wasm by itself, any number of times", async () => {
  const { init } = await import(new URL("core.js", dist));
  await init();
  await Promise.all([init(), init()]);
});

test("init takes the bytes of the wasm too", async () => {
  // A query makes it a module of its own, not yet started.
  const { init } = await import(`${new URL("core.js", dist)}?bytes`);
  await init({ wasm: await readFile(new URL("downhill.wasm", dist)) });
});

test("a wasm that is not there is told, and the next call may do better", async () => {
  const { init } = await import(`${new URL("core.js", dist)}?missing`);
  await assert.rejects(init({ wasm: new URL("nowhere.wasm", dist) }));
  await init();
});
