// What a widget says about slips of its author, and in which language it says everything.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drawn, pageWith, readout, served } from "./widget.mjs";

const WIDGETS = ["descent", "houses", "tangent"];
const ALL = WIDGETS.map((kind) => `<downhill-${kind}></downhill-${kind}>`).join("");
const german = (html) => html.replace('<html lang="en">', '<html lang="de">');

const PAGES = {
  "/favicon.ico": "",
  "/slips.html": pageWith(
    `<downhill-descent learnign-rate="0.2" speed="3" start="two" class="wide" data-x="1" aria-label="A chart"></downhill-descent>`,
  ),
  "/unknown.html": pageWith(
    `<downhill-desecnt start="2">Words of the page.</downhill-desecnt><downhill-wombat></downhill-wombat>
     <downhill-houses></downhill-houses><downhill-desecnt></downhill-desecnt>`,
  ),
  "/unknown-de.html": german(pageWith("<downhill-tangnet></downhill-tangnet>")),
  "/all.html": pageWith(ALL),
  "/all-de.html": german(pageWith(ALL)),
  "/own.html": pageWith(
    `<downhill-descent lang="de" function="x^2" start="2.5" learning-rate="0.3"></downhill-descent>
     <section lang="de-AT"><downhill-tangent function="x^2/3" at="1.5"></downhill-tangent></section>
     <downhill-houses></downhill-houses>`,
  ),
};

const { opened } = served(PAGES);

const card = (page, tag, kind) => page.locator(tag).locator(`.status[data-kind="${kind}"]`);

describe("a slip of the author", () => {
  test("in an attribute's name is told with a guess, one in a value with what is expected, and nothing of HTML's own is", () =>
    opened("slips.html", async (page) => {
      const said = await card(page, "downhill-descent", "warning").locator("p").allTextContents();
      assert.equal(said.length, 3, said.join("\n"));
      assert.match(
        said.find((text) => text.includes("learnign-rate")),
        /learning-rate/,
      );
      assert.ok(said.some((text) => text.includes("speed")));
      assert.ok(said.some((text) => text.includes("start")));
      const { warnings } = await readout(page, "downhill-descent");
      assert.deepEqual(
        said,
        warnings.map(({ message }) => message),
      );
      await page.getByRole("button", { name: "Step", exact: true }).click();
      assert.equal((await readout(page, "downhill-descent")).steps, 1);
    }));

  test("is put away by its button, and told again when there is another", () =>
    opened("slips.html", async (page) => {
      await card(page, "downhill-descent", "warning").getByRole("button").click();
      assert.equal(await card(page, "downhill-descent", "warning").count(), 0);
      const focus = await page.$eval("downhill-descent", (element) => element.shadowRoot.activeElement?.className);
      assert.match(focus, /stages/, "the keyboard is not at the top of the page");
      await page.$eval("downhill-descent", (element) => element.setAttribute("domain", "3 1"));
      await card(page, "downhill-descent", "warning").waitFor();
    }));

  test("in a tag's name shows a card with a guess, and what the page wrote inside", () =>
    opened("unknown.html", async (page) => {
      const [first, second] = await page.locator("downhill-desecnt .status").allTextContents();
      assert.equal(first.trim(), "There is no <downhill-desecnt>. Did you mean <downhill-descent>?");
      assert.equal(second.trim(), first.trim());
      assert.ok(await page.getByText("Words of the page.").isVisible());
      assert.equal(
        (await page.locator("downhill-wombat .status").textContent()).trim(),
        "There is no <downhill-wombat>. These exist: <downhill-descent>, <downhill-houses>, <downhill-tangent>.",
      );
    }));

  test("in a tag's name is told in the language of the page", () =>
    opened("unknown-de.html", async (page) => {
      assert.equal(
        (await page.locator("downhill-tangnet .status").textContent()).trim(),
        "Ein <downhill-tangnet> gibt es nicht. Ist <downhill-tangent> gemeint?",
      );
    }));
});

/** Words that only one of the two languages has; names, numbers and formulas left aside. */
const ENGLISH = /\b(the|and|step|slope|loss|drag|press|house|curve|line|share|rate|point|table|is|of)\b/i;
const GERMAN = /\b(der|die|das|und|Schritt|Steigung|Verlust|Haus|Kurve|Lernrate|Punkt|Tabelle|ist)\b/;

/** Everything a widget says: what is seen, what is read out, what stands in its picture. */
function sayings(page, tag) {
  return page.$eval(tag, (element) => {
    const root = element.shadowRoot;
    const labels = [...root.querySelectorAll("[aria-label], [aria-valuetext]")].flatMap((part) =>
      ["aria-label", "aria-valuetext"].map((name) => part.getAttribute(name) ?? ""),
    );
    const picture = new DOMParser().parseFromString(element.toSvg(), "image/svg+xml");
    const drawn = [...picture.querySelectorAll("text")].map((text) => text.textContent);
    const { prompt, figures, explain, titles, descriptions } = element.readout;
    return {
      seen: [...root.querySelectorAll(".prompt, .figures, .explain, .controls, .actions, summary, .title")]
        .map((part) => part.textContent.replace(/\s+/g, " "))
        .filter((text) => text.trim() !== ""),
      labels: labels.filter((text) => text !== ""),
      drawn: drawn.filter((text) => text.trim() !== ""),
      readout: [
        prompt,
        ...figures.map(({ label }) => label),
        explain.map(({ text }) => text).join(""),
        ...titles,
        ...descriptions,
      ],
      numbers: [...figures.map(({ value }) => value), ...drawn].filter((text) => /\d/.test(text)),
      lang: root.querySelector(".root").lang,
    };
  });
}

function assertGerman({ seen, labels, drawn, readout, numbers, lang }, about) {
  assert.equal(lang, "de", about);
  for (const text of [...seen, ...labels, ...drawn, ...readout]) {
    // Ames, its neighbourhoods and the words of formulas are the same everywhere.
    assert.doesNotMatch(text, ENGLISH, about);
  }
  assert.ok([...seen, ...readout].some((text) => GERMAN.test(text)));
  assert.ok(
    numbers.some((text) => /\d,\d/.test(text)),
    `${about}: ${numbers}`,
  );
  for (const text of numbers) assert.doesNotMatch(text, /\d\.\d(?!\d\d)/, about);
}

function assertEnglish({ seen, labels, drawn, readout, numbers, lang }, about) {
  assert.equal(lang, "en-GB", about);
  for (const text of [...seen, ...labels, ...drawn, ...readout]) assert.doesNotMatch(text, GERMAN, about);
  assert.ok([...seen, ...readout].some((text) => ENGLISH.test(text)));
  for (const text of numbers) assert.doesNotMatch(text, /\d,\d(?!\d\d)/, about);
}

/** Words that both languages have, names of files and of what stands in code. */
const SHARED = /\b(Adam|Momentum|Start|Ames|ames|Downhill|Link|CSV|SVG|PNG|csv|mine|Element|downhill-\w+)\b/g;

/** Every text of a widget that has a word in it, by its place: what is written, and what is only read out. */
function everyText(page, tag) {
  return page.$eval(tag, (element) => {
    const NAMES = [
      "aria-label",
      "aria-description",
      "aria-roledescription",
      "aria-valuetext",
      "title",
      "placeholder",
      "alt",
    ];
    const root = element.shadowRoot.querySelector(".root");
    // What was read out a moment ago is over.
    const all = [...root.querySelectorAll("*:not(math *, svg *, code, .spoken)")];
    const written = all.flatMap((part) =>
      [...part.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "")
        .map((node) => [`${part.localName}.${part.className}`, node.data.replace(/\s+/g, " ").trim()]),
    );
    const told = all.flatMap((part) =>
      NAMES.filter((name) => part.hasAttribute(name)).map((name) => [
        `${part.localName}.${part.className}[${name}]`,
        part.getAttribute(name),
      ]),
    );
    return [...written, ...told];
  });
}

/** What a learner may open and do wrong, one after the other; after each, everything is read. */
const DEEDS = {
  nothing: async () => undefined,
  table: (page, tag) => page.locator(`${tag} details.numbers summary`).click(),
  share: (page, tag) => page.locator(`${tag} .share .iconbtn`).click(),
  embed: (page, tag) => page.locator(`${tag} [role=menuitem]`).nth(1).click(),
  link: (page, tag) => page.locator(`${tag} dialog input[value=link]`).evaluate((input) => input.click()),
  copied: (page, tag) => page.locator(`${tag} .embed-foot .btn`).click(),
  closed: (page, tag) => page.$eval(tag, (element) => element.shadowRoot.querySelector("dialog").close()),
  slips: (page, tag) =>
    page.$eval(tag, (element) => {
      for (const name of ["speed", "theme", "controls", "optimizer", "at", "start"]) element.setAttribute(name, "drak");
    }),
  state: (page, tag) => page.$eval(tag, (element) => element.setAttribute("state", "?")),
  formula: async (page, tag) => {
    const field = page.locator(`${tag} .formula input`);
    if ((await field.count()) === 0) return;
    await field.fill("2 sni(x) + y");
    await field.press("Enter");
  },
  spelling: async (page, tag) => {
    const field = page.locator(`${tag} .formula input`);
    if ((await field.count()) === 0) return;
    await field.fill("1/2x + if(x < 0.5, x, 1.5)");
    await field.press("Enter");
  },
  number: async (page, tag) => {
    const field = page.locator(`${tag} .field:not(.formula) input[inputmode=decimal]`).first();
    if ((await field.count()) === 0) return;
    await field.fill("many");
    await field.press("Enter");
  },
  tables: async (page, tag) => {
    const panel = page.locator(`${tag} details.data`);
    if ((await panel.count()) === 0) return;
    await panel.locator("summary").click();
    for (const text of ["a,b\n1,2\n,3\nNA,4\n5,6\n7\n", "a,b\nx,y\n"]) {
      await panel.locator("textarea").fill(text);
      await panel.locator("[data-action=read]").click();
    }
  },
  address: async (page, tag) => {
    if (tag !== "downhill-houses") return;
    await page.$eval(tag, (element) => element.setAttribute("data", "http://[.csv"));
    await page.locator(`${tag} .status b`, { hasText: "[.csv" }).waitFor();
  },
};

describe("the language", () => {
  test("of a German widget is German down to its menus, its dialogs and its notices", () =>
    opened(
      "all.html",
      async (page) => {
        const found = new Set();
        for (const kind of WIDGETS) {
          const tag = `downhill-${kind}`;
          for (const [deed, act] of Object.entries(DEEDS)) {
            await act(page, tag);
            const read = async (lang) => {
              await page.$eval(tag, (element, value) => element.setAttribute("lang", value), lang);
              await drawn(page);
              return everyText(page, tag);
            };
            const [german, english] = [await read("de"), await read("en")];
            assert.deepEqual(
              german.map(([where]) => where),
              english.map(([where]) => where),
              `${kind}, ${deed}`,
            );
            for (const [index, [where, text]] of german.entries()) {
              const words = text.replaceAll(SHARED, "").match(/\p{L}{3,}/u);
              if (words && text === english[index][1]) found.add(`${kind}, ${deed}: ${where}: ${text}`);
            }
          }
        }
        assert.deepEqual([...found], []);
      },
      { permissions: ["clipboard-write"] },
    ));

  test("goes with a link to a German moment", () =>
    opened("all-de.html", async (page) => {
      await page.locator("downhill-tangent .share .iconbtn").click();
      await page.locator("downhill-tangent [role=menuitem]").nth(1).click();
      await page.locator("downhill-tangent dialog input[value=link]").evaluate((input) => input.click());
      const link = await page.locator("downhill-tangent dialog code").textContent();
      await page.goto(link);
      await page.locator("downhill-tangent .prompt").waitFor();
      assert.equal(
        await page.$eval("downhill-tangent", (element) => element.shadowRoot.querySelector(".root").lang),
        "de",
      );
    }));

  for (const [path, assertLanguage] of [
    ["all.html", assertEnglish],
    ["all-de.html", assertGerman],
  ]) {
    test(`of ${path} is that of every word and number, seen, drawn or read out`, () =>
      opened(path, async (page) => {
        for (const kind of WIDGETS) assertLanguage(await sayings(page, `downhill-${kind}`), kind);
        await page.evaluate(() => {
          document.querySelector("downhill-descent").step(3);
          document.querySelector("downhill-houses").step(3);
          const tangent = document.querySelector("downhill-tangent");
          tangent.secondPoint = 0.5;
          tangent.showDerivative = true;
        });
        for (const kind of WIDGETS) assertLanguage(await sayings(page, `downhill-${kind}`), `${kind}, later`);
      }));
  }

  test("is that of the nearest lang, on the element or around it", () =>
    opened("own.html", async (page) => {
      assertGerman(await sayings(page, "downhill-descent"), "own");
      assertGerman(await sayings(page, "downhill-tangent"), "around");
      assertEnglish(await sayings(page, "downhill-houses"), "the page's");
      assert.equal(await page.locator("downhill-descent #rate-value").inputValue(), "0,30");
      assert.equal(await page.locator("downhill-descent #point").inputValue(), "2,50");
      // (2.5)² = 6.25, f′ = 5; 1.5²/3 = 0.75, f′ = 1.
      const figures = async (tag) => (await readout(page, tag)).figures.map(({ value }) => value).join(" ");
      assert.match(await figures("downhill-descent"), /6,25/);
      assert.match(await figures("downhill-tangent"), /0,75/);
    }));

  test("decides which mark for decimals a field takes, and names it to who types the other", () =>
    opened("own.html", async (page) => {
      const rate = page.locator("downhill-descent #rate-value");
      await rate.fill("0,25");
      await rate.press("Enter");
      assert.equal((await readout(page, "downhill-descent")).learningRate, 0.25);
      await rate.fill("0.5");
      await rate.press("Enter");
      assert.equal(
        await page.locator("downhill-descent #rate-value-problem").textContent(),
        "Setze vor die Nachkommastellen ein Komma: 0,5.",
      );
      assert.equal((await readout(page, "downhill-descent")).learningRate, 0.25);
      const english = page.locator("downhill-houses #rate-value");
      await english.fill("0,25");
      await english.press("Enter");
      assert.equal(
        await page.locator("downhill-houses #rate-value-problem").textContent(),
        "Use a point for the decimals: 0.25.",
      );
    }));

  test("can be changed at any time, on the page and on the element, and the moment stays", () =>
    opened("all.html", async (page) => {
      await page.$eval("downhill-descent", (element) => element.step(2));
      const before = await readout(page, "downhill-descent");
      const turn = async (where, lang) => {
        await page.evaluate(
          ([selector, tag]) => {
            const element = document.querySelector(selector);
            if (tag === null) element.removeAttribute("lang");
            else element.lang = tag;
          },
          [where, lang],
        );
        await drawn(page);
      };
      await turn("html", "de");
      for (const kind of WIDGETS)
        assertGerman(await sayings(page, `downhill-${kind}`), `the page turned German: ${kind}`);
      await turn("downhill-descent", "en");
      assertEnglish(await sayings(page, "downhill-descent"), "the element turned English");
      await turn("main", "en");
      for (const kind of WIDGETS)
        assertEnglish(await sayings(page, `downhill-${kind}`), `a part turned English: ${kind}`);
      await turn("downhill-descent", "de-CH");
      assertGerman(await sayings(page, "downhill-descent"), "the element turned German");
      await turn("downhill-descent", null);
      assertEnglish(await sayings(page, "downhill-descent"), "the element says nothing");
      const after = await readout(page, "downhill-descent");
      assert.deepEqual([after.at, after.steps], [before.at, before.steps]);
    }));

  for (const [path, width] of [
    ["all.html", 320],
    ["all-de.html", 320],
    ["all-de.html", 390],
  ]) {
    test(`leaves room for every word of ${path} at ${width} pixels`, () =>
      opened(
        path,
        async (page) => {
          await page.evaluate(() => {
            document.querySelector("downhill-descent").step(3);
            document.querySelector("downhill-houses").step(3);
            document.querySelector("downhill-tangent").secondPoint = 0.5;
          });
          await page.evaluate(() => {
            for (const element of document.querySelectorAll("downhill-descent, downhill-houses, downhill-tangent"))
              for (const details of element.shadowRoot.querySelectorAll("details")) details.open = true;
          });
          await drawn(page);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
          for (const kind of WIDGETS) {
            const out = await page.$eval(`downhill-${kind}`, (element) => {
              const edge = element.getBoundingClientRect().right + 0.5;
              // What scrolls by itself may be wider.
              return [...element.shadowRoot.querySelectorAll(".root *:not(.scroll *, .leq *, .echo *, option)")]
                .filter((part) => part.getBoundingClientRect().right > edge)
                .map((part) => `${part.localName}.${part.className}`);
            });
            assert.deepEqual(out, [], kind);
          }
        },
        { viewport: { width, height: 900 } },
      ));
  }
});
