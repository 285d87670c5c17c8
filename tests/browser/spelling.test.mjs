// The page guesses at a slip in a tag before there is an engine to ask; the engine guesses by the same rule.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { bundled } from "./support.mjs";

const web = new URL("../../web/", import.meta.url);

/** Words that one or two slips of the finger make of a name, some of them too far off to be recognised. */
function slips(name) {
  const once = (word) =>
    [...word].flatMap((letter, i) => {
      const [before, after] = [word.slice(0, i), word.slice(i + 1)];
      return [
        before + after,
        `${before}q${after}`,
        `${before}q${letter}${after}`,
        before + after.slice(0, 1) + letter + after.slice(1),
      ];
    });
  const one = once(name);
  const two = one.filter((_, i) => i % 3 === 0).flatMap((word) => once(word).filter((_, i) => i % 5 === 0));
  return [
    ...one,
    ...two,
    ...two.filter((_, i) => i % 7 === 0).flatMap((word) => once(word).slice(0, 3)),
    name.slice(0, 2),
  ];
}

test("the page and the engine guess alike at every slip", async () => {
  const { nearest } = await import(await bundled("src/elements/spelling.ts"));
  const { WIDGETS } = await import(await bundled("src/elements/schema.ts"));
  const engine = await import(new URL("src/engine/wasm/downhill.js", web));
  engine.initSync({ module: await readFile(new URL("dist/downhill.wasm", web)) });
  const kinds = Object.keys(WIDGETS);
  const words = kinds.flatMap(slips).filter((word) => !kinds.includes(word));
  let guessed = 0;
  for (const word of words) {
    const guess = /Did you mean (\w+)\?/.exec(refusal(engine, word))?.[1];
    assert.equal(nearest(word, kinds), guess, word);
    guessed += guess === undefined ? 0 : 1;
  }
  assert.ok(guessed > 100 && guessed < words.length, `${guessed} of ${words.length} words have a guess`);
});

/** What the engine says of a kind of widget that there is not. */
function refusal(engine, kind) {
  try {
    new engine.Scene(kind, "{}").free();
  } catch (error) {
    assert.equal(error.code, "E_KIND");
    return error.message;
  }
  return assert.fail(`${kind} is a widget`);
}
