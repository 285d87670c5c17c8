// Links of version 1 still show what they showed. Each fixture holds a state and the numbers that were shown for it.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch, open, startServer } from "./support.mjs";
import { pageWith, ready } from "./widget.mjs";

const FOLDER = new URL("../../crates/scenes/tests/links/", import.meta.url);
const links = await Promise.all(
  (await readdir(FOLDER)).sort().map(async (name) => ({ name, ...JSON.parse(await readFile(new URL(name, FOLDER))) })),
);

/** What is told otherwise now, and rightly so; `crates/scenes/tests/kit/links.rs` says why. */
const OTHERWISE = {
  // A reset takes houses back too.
  "houses-outlier.json, reset/moved": 0,
  // A link from a table that stayed with its owner calls no house out: the one of the course is.
  "houses-own-table.json/house": { index: 1693, x: 2046, sold: 450_000, guessed: 0, wrongBy: 450_000 },
  "houses-exact.json/status": "idle",
  "descent-refused.json/next": [],
};

const packed = (state) => Buffer.from(JSON.stringify(state)).toString("base64url");
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
const element = (kind, state) => `<downhill-${kind} state="${quoted(state)}"></downhill-${kind}>`;

let server;
let browser;

before(async () => {
  const pages = { "/favicon.ico": "" };
  for (const { name, kind, state } of links) {
    const body = element(kind, packed(state)) + element(kind, JSON.stringify(state));
    pages[`/${name}.html`] = pageWith(body, { tokens: false });
  }
  server = await startServer({ pages });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Everything that was shown is shown: sums were once added in another order, so the last digits of a number may differ. */
function assertSame(now, shown, path, about) {
  if (path in OTHERWISE) {
    assert.deepEqual(now, OTHERWISE[path], `${path}, ${about}`);
  } else if (typeof shown === "number") {
    const size = Math.max(Math.abs(now), Math.abs(shown), 1e-9);
    assert.ok(Math.abs(now - shown) <= 1e-9 * size, `${path}, ${about}: ${shown} is now ${now}`);
  } else if (shown === null || typeof shown !== "object") {
    assert.equal(now, shown, `${path}, ${about}`);
  } else {
    for (const [name, value] of Object.entries(shown)) assertSame(now?.[name], value, `${path}/${name}`, about);
    if (Array.isArray(shown)) assert.equal(now.length, shown.length, `${path}, ${about}`);
  }
}

/** Opens a page, waits for its widgets and compares each of them, in order, with what was shown. */
async function assertShows(path, { name, kind, shown: { afterReset, ...shown } }, ways, work) {
  const { page, context, errors } = await open(browser, server.url + path);
  try {
    await ready(page);
    await work?.(page);
    const found = await page.$$eval(`downhill-${kind}`, (widgets) =>
      widgets.map((widget) => {
        const { readout, state } = widget;
        const complaint = widget.shadowRoot.querySelector('.status[data-kind="error"], .status[data-kind="warning"]');
        widget.reset();
        return { readout, state, complaint: complaint?.textContent.trim() ?? "", reset: widget.readout };
      }),
    );
    assert.equal(found.length, ways.length);
    for (const [index, { readout, state, complaint, reset }] of found.entries()) {
      assertSame(readout, shown, name, ways[index]);
      if (afterReset) assertSame(reset, afterReset, `${name}, reset`, ways[index]);
      assert.equal(state.version, 2, "it is written in the present form from now on");
      // A table of one's own is no part of a link, and a card says that it is missing.
      if (!name.includes("own-table")) assert.equal(complaint, "", `${name}, ${ways[index]}`);
    }
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

test("there are links of every kind of widget of version 1", () => {
  assert.deepEqual([...new Set(links.map(({ kind }) => kind))], ["descent", "houses"]);
  assert.ok(links.length >= 20);
});

for (const link of links) {
  const { name, kind, state, shown, what } = link;
  test(`a link of version 1 shows the same numbers: ${kind} ${what}`, async () => {
    await assertShows(
      `${name}.html`,
      link,
      ["packed in the attribute", "plain in the attribute", "a property"],
      (page) =>
        page.evaluate(
          async ([tag, state]) => {
            const widget = document.createElement(tag);
            document.querySelector("main").append(widget);
            await widget.ready;
            widget.state = state;
            await widget.updateComplete;
          },
          [`downhill-${kind}`, state],
        ),
    );
    await assertShows(`embed.html?widget=${kind}#${packed(state)}`, link, ["in a frame's address"], (page) =>
      page.waitForFunction(
        ([tag, steps]) => document.querySelector(tag).readout.steps === steps,
        [`downhill-${kind}`, shown.steps],
        { timeout: 10_000 },
      ),
    );
  });
}
