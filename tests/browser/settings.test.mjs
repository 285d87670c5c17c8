// Whatever a page asks for, by attribute or by property and of whichever type: read alike, refused in words, never the end of a widget.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { bundled, launch, startServer } from "./support.mjs";
import { openWidget, pageWith, ready } from "./widget.mjs";

const { WIDGETS } = await import(await bundled("src/elements/schema.ts"));
const manifest = JSON.parse(await readFile(new URL("../../web/custom-elements.json", import.meta.url), "utf8"));

/**
 * One value, written in several ways: `texts` may stand in an attribute and be a property, `properties` are JavaScript. A field's
 * kind tells what it may hold.
 */
const WAYS = {
  formula: [
    { texts: ["sin(x) + x^2/9"], properties: [], wanted: "sin(x) + x^2/9" },
    { texts: ["7"], properties: ["7", "7n"], wanted: "7" },
  ],
  number: [{ texts: ["2", " 2 ", "2.0", "2e0"], properties: ["2", "2n"], wanted: 2 }],
  count: [{ texts: ["12", " 12"], properties: ["12", "12n"], wanted: 12 }],
  flag: [
    { texts: ["", "true", "on"], properties: ["true", "1"], wanted: true },
    { texts: ["false", "off", "no"], properties: ["false", "0"], wanted: false },
  ],
  range: [
    {
      texts: ["-1.5 3", "-1.5, 3", "−1.5;3"],
      properties: ["[-1.5, 3]", '["-1.5", "3"]', "new Float64Array([-1.5, 3])"],
      wanted: [-1.5, 3],
    },
  ],
  names: [{ texts: ["year_built", " year_built"], properties: ['["year_built"]'], wanted: ["year_built"] }],
  text: [{ texts: ["living_area_sqft"], properties: ['new String("living_area_sqft")'], wanted: "living_area_sqft" }],
};
/** As many numbers as each list of numbers holds. */
const LISTS = { start: [0.5, 1], sketch: [0.5, -0.5, 1, -1, 1.5, -1.5, 2], moved: [3, 1500, 200000] };

function ways({ kind: widget }, { name, kind }) {
  if (kind === "numbers") {
    const wanted = LISTS[name] ?? [0.5, 1, 1.5, 2];
    const texts = [wanted.join(" "), wanted.join(", ")];
    return [{ texts, properties: [JSON.stringify(wanted), JSON.stringify(wanted.map(String))], wanted }];
  }
  if (kind === "choice") {
    const { members } = manifest.modules[0].declarations.find(({ tagName }) => tagName === WIDGETS[widget].tag);
    const words = members.find((member) => member.name === name).type.text.match(/(?<=")\w+(?=")/g);
    assert.ok(words.length > 1, `${widget} ${name} chooses from ${words}`);
    return words.map((word) => ({ texts: [word, word.toUpperCase(), ` ${word} `], properties: [], wanted: word }));
  }
  // A table of the engine's own; any other text is an address.
  if (name === "data") return [{ texts: ["ames"], properties: [], wanted: "ames" }];
  return WAYS[kind];
}

/** What no setting can hold, and what a setting of this kind cannot; texts among them may stand in attributes. */
const NONSENSE = ["({ x: 1 })", "NaN", "Infinity", "[{}]", "(() => 1)", 'Symbol("s")'];
const NONSENSE_OF = {
  formula: ["true"],
  number: ["true", "[]"],
  count: ["1.5", "-1", "true"],
  flag: ["2", "[]"],
  choice: ["3", "true"],
  range: ["5", "[1, 1]", "[3, -3]"],
  numbers: ["true"],
  names: ["true", "[]"],
  text: ["true"],
};
const NONSENSE_TEXTS = {
  formula: ["sni(x)", "(x", "a*b*c"],
  number: ["fast", "", "1e999", "NaN"],
  count: ["1.5", "-1", "many"],
  flag: ["perhaps"],
  choice: ["best", ""],
  range: ["3 -3", "1", "1 2 3"],
  numbers: ["x y"],
  names: [""],
  text: [],
};

function nonsense({ name, kind }) {
  // Whatever a function or a symbol is called as text, may be a column or a formula's name to look for; it is none.
  const properties = [...NONSENSE, ...NONSENSE_OF[kind]];
  return { texts: name === "data" ? [] : NONSENSE_TEXTS[kind], properties };
}

const PAGES = {
  "/favicon.ico": "",
  "/plain.html": pageWith("", { tokens: false }).replace(/<script.*?<\/script>/, ""),
  ...Object.fromEntries(
    Object.values(WIDGETS).map(({ kind, tag }) => [`/${kind}.html`, pageWith(`<${tag}></${tag}>`, { tokens: false })]),
  ),
};

let server;
let browser;

before(async () => {
  server = await startServer({ pages: PAGES });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page, lends it what the tests below use, and sees to it that it reports no error. */
async function opened(path, work) {
  const { page, context, errors } = await openWidget(browser, `${server.url}${path}`);
  try {
    await page.evaluate(() => {
      window.made = (text) => new Function(`return (${text});`)();
      window.seen = (element, { name, attribute }) => ({
        value: element[name],
        // Of a list of names each may be wrong.
        warned: element.readout.warnings.some(({ about }) => about === attribute),
        others: element.readout.warnings.filter(({ about }) => about !== attribute).map(({ message }) => message),
        card: element.shadowRoot.querySelector('.status[data-kind="warning"]') !== null,
        alive:
          element.readout.prompt.length > 0 &&
          element.shadowRoot.querySelector(".root.failed") === null &&
          element.shadowRoot.querySelector(".stage") !== null,
        state: JSON.stringify(element.state),
      });
    });
    await work(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

/** Elements made before their class is known: `put` says with what; resolves to what each of them shows. */
function beforeUpgrade(page, tag, field, puts) {
  return page.evaluate(
    async ([tag, field, puts]) => {
      // Of no size they are not drawn, which is not what is asked here.
      const room = document.querySelector("main").appendChild(document.createElement("div"));
      room.style.display = "none";
      const elements = puts.map(({ text, property }) => {
        const element = document.createElement(tag);
        if (text !== undefined) element.setAttribute(field.attribute, text);
        if (property !== undefined) element[field.name] = window.made(property);
        room.append(element);
        return element;
      });
      await import("/downhill.js");
      await Promise.all(elements.map((element) => element.ready));
      await Promise.all(elements.map((element) => element.updateComplete));
      const all = elements.map((element) => window.seen(element, field));
      room.remove();
      return all;
    },
    [tag, field, puts],
  );
}

/** One element that is told one thing after another; resolves to what it shows after each. */
function afterUpgrade(page, tag, field, puts) {
  return page.evaluate(
    async ([tag, field, puts]) => {
      const element = document.querySelector(tag);
      const all = [];
      for (const { text, property, removed } of puts) {
        if (removed) element.removeAttribute(field.attribute);
        if (text !== undefined) element.setAttribute(field.attribute, text);
        if (property !== undefined) element[field.name] = window.made(property);
        await element.updateComplete;
        all.push(window.seen(element, field));
      }
      return all;
    },
    [tag, field, puts],
  );
}

/** Each way as an attribute's text and as a property. */
function putsOf({ texts, properties }) {
  return [
    ...texts.map((text) => ({ text })),
    ...texts.map((text) => ({ property: JSON.stringify(text) })),
    ...properties.map((property) => ({ property })),
  ];
}

const told = (when, put) => `${when} the upgrade, ${JSON.stringify(put)}`;

function assertTaken({ value, warned, others, card, alive }, wanted, about) {
  assert.deepEqual(value, wanted, about);
  assert.deepEqual({ warned, others, card, alive }, { warned: false, others: [], card: false, alive: true }, about);
}

function assertRefused({ value, warned, others, card, alive }, kept, about) {
  assert.deepEqual(value, kept, about);
  assert.deepEqual({ warned, others, card, alive }, { warned: true, others: [], card: true, alive: true }, about);
}

for (const schema of Object.values(WIDGETS)) {
  const { kind, tag } = schema;
  describe(`<${tag}>`, () => {
    for (const field of schema.fields) {
      const { attribute } = field;
      const groups = ways(schema, field);
      const [first] = groups;
      const good = { property: JSON.stringify(first.texts[0]) };
      const bad = putsOf(nonsense(field));

      test(`reads ${attribute} alike as text and as a value of any type, and keeps what it was for nonsense, before the upgrade`, () =>
        // Without the elements: a class can be defined once a page.
        opened("plain.html", async (page) => {
          const nothing = [{ property: "null" }, { property: "undefined" }, {}];
          const puts = [...groups.flatMap(putsOf), ...bad, ...nothing];
          const all = await beforeUpgrade(page, tag, field, puts);
          const next = () => all.shift();
          for (const group of groups) {
            const states = putsOf(group).map((put) => {
              const seen = next();
              assertTaken(seen, group.wanted, told("before", put));
              return seen.state;
            });
            assert.equal(new Set(states).size, 1, `one and the same moment: ${states.join("\n")}`);
          }
          const untold = all.at(-1);
          for (const put of bad) {
            const seen = next();
            assertRefused(seen, undefined, told("before", put));
            assert.equal(seen.state, untold.state, told("before", put));
          }
          for (const put of nothing) {
            const seen = next();
            assertTaken(seen, undefined, told("before", put));
            assert.equal(seen.state, untold.state, told("before", put));
          }
        }));

      test(`reads ${attribute} alike as text and as a value of any type, and keeps what it was for nonsense, after the upgrade`, () =>
        opened(`${kind}.html`, async (page) => {
          for (const group of groups) {
            const puts = putsOf(group);
            const all = await afterUpgrade(page, tag, field, puts);
            for (const [index, seen] of all.entries()) assertTaken(seen, group.wanted, told("after", puts[index]));
          }
          const all = await afterUpgrade(
            page,
            tag,
            field,
            bad.flatMap((put) => [good, put, good]),
          );
          for (const [index, put] of bad.entries()) {
            const [before, seen, again] = all.slice(3 * index);
            assertTaken(before, first.wanted, told("after", put));
            assertRefused(seen, first.wanted, told("after", put));
            assert.equal(seen.state, before.state, told("after", put));
            assertTaken(again, first.wanted, told("after", put));
          }
          const back = [{ property: "null" }, { property: "undefined" }, { removed: true }];
          const defaults = await afterUpgrade(
            page,
            tag,
            field,
            back.flatMap((put) => [put.removed ? { text: first.texts[0] } : good, put]),
          );
          for (const [index, put] of back.entries()) {
            assertTaken(defaults[2 * index], first.wanted, told("after", put));
            assertTaken(defaults[2 * index + 1], undefined, told("after", put));
          }
        }));
    }

    test("mirrors a property in its attribute and leaves an attribute as its author wrote it", () =>
      opened(`${kind}.html`, async (page) => {
        for (const field of schema.fields) {
          const [{ texts, wanted }] = ways(schema, field);
          const [mirrored, written, read] = await page.$eval(
            tag,
            async (element, [{ name, attribute }, text]) => {
              element[name] = text;
              await element.updateComplete;
              const mirrored = element.getAttribute(attribute);
              element[name] = null;
              await element.updateComplete;
              element.setAttribute(attribute, ` ${text} `);
              await element.updateComplete;
              const seen = [mirrored, element.getAttribute(attribute), element[name]];
              element.removeAttribute(attribute);
              await element.updateComplete;
              return seen;
            },
            [field, texts[0]],
          );
          const separator = field.kind === "names" ? ", " : " ";
          const text = wanted === true ? "" : Array.isArray(wanted) ? wanted.join(separator) : String(wanted);
          assert.equal(mirrored, text, field.name);
          assert.equal(written, ` ${texts[0]} `, field.name);
          // A text is what was written, to the last blank.
          const verbatim = ["formula", "text"].includes(field.kind);
          assert.deepEqual(read, verbatim ? ` ${texts[0]} ` : wanted, field.name);
        }
      }));
  });
}

test("a property wins over the attribute that stood there before, and a later attribute wins over it", async () => {
  await opened("plain.html", async (page) => {
    const seen = await page.evaluate(async () => {
      const element = document.createElement("downhill-descent");
      element.setAttribute("start", "1");
      element.start = "2";
      document.querySelector("main").append(element);
      await import("/downhill.js");
      await element.ready;
      const first = [element.start, element.readout.at[0], element.getAttribute("start")];
      element.setAttribute("start", "-1");
      return [...first, element.start, element.readout.at[0]];
    });
    assert.deepEqual(seen, [2, 2, "2", -1, -1]);
  });
});

test("a start that is set as text, before or after the script came, moves the ball and does not end the widget", async () => {
  await opened("descent.html", async (page) => {
    await page.$eval("downhill-descent", (element) => {
      element.start = "2";
    });
    await ready(page);
    await page.getByRole("button", { name: "Step", exact: true }).click();
    const { steps, at, warnings } = await page.$eval("downhill-descent", (element) => element.readout);
    assert.equal(steps, 1);
    assert.ok(at[0] < 2);
    assert.deepEqual(warnings, []);
  });
});
