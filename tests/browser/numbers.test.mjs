// Numbers and tables as people write them, typed and pasted into the widgets: read as what they say, or told why not.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pageWith, readout, served } from "./widget.mjs";

const TAG = "downhill-houses";
const HOUSES = pageWith("<downhill-houses></downhill-houses>");
const { opened } = served({
  "/favicon.ico": "",
  "/houses.html": HOUSES,
  "/haeuser.html": HOUSES.replace('<html lang="en">', '<html lang="de">'),
});

/** Types into a field, key by key, and applies it. */
async function typed(page, field, text) {
  const input = page.locator(`${TAG} #${field}`);
  await input.selectText();
  await page.keyboard.type(text);
  await input.press("Enter");
  const problem = page.locator(`${TAG} #${field}-problem`);
  return {
    invalid: await input.getAttribute("aria-invalid"),
    problem: (await problem.count()) > 0 ? await problem.textContent() : undefined,
  };
}

const FIELDS = {
  "houses.html": {
    read: [
      ["13290", 13290],
      ["13,290.5", 13290.5],
      ["13 290", 13290],
      ["13\u00a0290", 13290],
      ["13\u202f290", 13290],
      ["13\u2009290", 13290],
      ["13'290", 13290],
      ["13’290.25", 13290.25],
      ["10,50,000", 1_050_000],
      ["−4.5", -4.5],
      ["–4.5", -4.5],
      ["$1,200", 1200],
      ["1e3", 1000],
      [".5", 0.5],
    ],
    told: [
      ["1,2,3", /“1,2,3” is not a number.+commas/],
      ["0,2,5", /“0,2,5” is not a number/],
      ["1,,5", /“1,,5” is not a number/],
      ["0,5,", /“0,5,” is not a number/],
      ["0,5", /^Use a point for the decimals: 0\.5\.$/],
      ["13.290,50", /^Use a point for the decimals: 13290\.5\.$/],
      ["5,", /^Use a point for the decimals: 5\.$/],
      ["1.2.3", /“1\.2\.3” is not a number/],
      ["50%", /“50%” is not a number/],
      ["abc", /“abc” is not a number/],
      ["1e999", /too large/],
      [" ", /^Type a number/],
    ],
  },
  "haeuser.html": {
    read: [
      ["13.290,5", 13290.5],
      ["13 290,5", 13290.5],
      ["1,050", 1.05],
      ["1.050", 1050],
      ["1’050", 1050],
      ["−0,5", -0.5],
    ],
    told: [
      ["0.5", /^Setze vor die Nachkommastellen ein Komma: 0,5\.$/],
      ["13,290.50", /^Setze vor die Nachkommastellen ein Komma: 13290,5\.$/],
      ["1.2.3", /„1\.2\.3“ ist keine Zahl.+Komma/],
      ["0,,5", /„0,,5“ ist keine Zahl/],
    ],
  },
};

for (const [path, { read, told }] of Object.entries(FIELDS)) {
  describe(`a field for a number on ${path}`, () => {
    test("takes numbers as people write them", () =>
      opened(path, async (page) => {
        for (const [text, value] of read) {
          assert.deepEqual(await typed(page, "line-intercept", text), { invalid: null, problem: undefined }, text);
          const { intercept } = await readout(page, TAG);
          assert.ok(Math.abs(intercept - value) <= 1e-9 * Math.abs(value), `${text}: ${intercept}`);
        }
      }));

    test("tells slips and makes no other number of them", () =>
      opened(path, async (page) => {
        await typed(page, "line-intercept", "7");
        const { intercept, learningRate } = await readout(page, TAG);
        for (const field of ["line-intercept", "rate-value"]) {
          for (const [text, words] of told) {
            const { invalid, problem } = await typed(page, field, text);
            assert.equal(invalid, "true", text);
            assert.match(problem, words, text);
          }
        }
        const after = await readout(page, TAG);
        assert.deepEqual([after.intercept, after.learningRate], [intercept, learningRate]);
      }));
  });
}

/** Pastes a text into the panel for tables, as a browser does. */
async function pasted(page, text) {
  await page.locator(`${TAG} textarea`).evaluate((area, table) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", table);
    area.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, composed: true, clipboardData }));
  }, text);
  return readout(page, TAG);
}

const AREAS = [1050, 1200, 1360, 1500, 1740];
const PRICES = [100.5, 117.25, 140, 151.75, 180.5];
const rows = (cells) => AREAS.map((area, i) => cells(String(area), PRICES[i].toFixed(2))).join("\n");
const grouped = (text, mark) => text.replace(/\B(?=(\d{3})+$)/g, mark);
const comma = (text) => text.replace(".", ",");

const TABLES = [
  ["a line sep=;", `sep=;\narea;price\n${rows((a, p) => `${a};${comma(p)}`)}`],
  ["a line sep=,", `sep=,\narea,price\n${rows((a, p) => `${a},${p}`)}`],
  ["titles and comments above", `Sales of May\n# by hand\n\narea,price\n${rows((a, p) => `${a},${p}`)}`],
  ["a separator at the end of the names", `area,price,\n${rows((a, p) => `${a},${p}`)}`],
  ["blanks before quotation marks", `area, "price"\n${rows((a, p) => `${a}, "${p}"`)}`],
  ["bars", `area|price\n${rows((a, p) => `${a}|${p}`)}`],
  ["a table of Markdown", `| area | price |\n|---|---|\n${rows((a, p) => `| ${a} | ${p} |`)}`],
  ["columns set apart by blanks", `area   price\n${rows((a, p) => `${a}   ${p}`)}`],
  ["a currency behind", `area,price\n${rows((a, p) => `${a},${p} EUR`)}`],
  ["a currency before", `area;price\n${rows((a, p) => `${a};CHF ${p}`)}`],
  ["thousands of Germany", `area;price\n${rows((a, p) => `${grouped(a, ".")};${comma(p)} €`)}`],
  ["thousands of France", `area\tprice\n${rows((a, p) => `${grouped(a, "\u202f")}\t${comma(p)}`)}`],
  ["thousands of Switzerland", `area;price\n${rows((a, p) => `${grouped(a, "’")};${p}`)}`],
  ["values that are missing", `area,price\nNone,#N/A\n\\N,--\n${rows((a, p) => `${a},${p}`)}`],
];

describe("a table of one's own", () => {
  test("is read as programs and people write it", () =>
    opened("houses.html", async (page) => {
      await page.getByText("Use houses of your own").click();
      for (const [name, text] of TABLES) {
        const { data, feature, target, titles, explain } = await pasted(page, `${text}\n`);
        assert.deepEqual([data.error, data.used, feature, target], [null, 5, "area", "price"], name);
        assert.equal(titles[0], "One line, 5 misses");
        assert.match(await page.locator(`${TAG} .stages`).textContent(), /One line, 5 misses/, name);
        assert.match(explain.map(({ text: said }) => said).join(""), /it says 0 for every row/, name);
      }
    }));

  test("is refused with line, cell and reason, in the language of the page", async () => {
    const cases = [
      [
        "area;price\n1000;1.050\n1500;2.250\n",
        /Line 2, price: “1\.050” could mean 1\.05 or 1050/,
        /Zeile 2, price: „1\.050“ könnte 1,05 oder 1050/,
      ],
      [
        "area,price\n1000,cheap\n1500,dear\n",
        /Line 2, price: “cheap” is not a number/,
        /Zeile 2, price: „cheap“ ist keine Zahl/,
      ],
      ['area,price\n1,2\n"3,4\n5,6\n', /Line 3: A quotation mark/, /Zeile 3: Ein Anführungszeichen/],
      [
        "area!price\n1!2\n",
        /a comma, a semicolon, a tab, a bar \| or blanks/,
        /ein Komma, ein Semikolon, einen Tabulator/,
      ],
    ];
    for (const [path, language] of [
      ["houses.html", 1],
      ["haeuser.html", 2],
    ]) {
      await opened(path, async (page) => {
        await page.locator(`${TAG} details.data summary`).click();
        for (const row of cases) {
          const { data } = await pasted(page, row[0]);
          assert.match(data.error.text, row[language]);
          assert.match(await page.locator(`${TAG} .status[data-kind="data"]`).textContent(), row[language]);
        }
      });
    }
  });

  test("tells each slip by its line and keeps the other rows", () =>
    opened("houses.html", async (page) => {
      await page.getByText("Use houses of your own").click();
      const { data } = await pasted(page, `area,price\n${rows((a, p) => `${a},${p}`)}\n1500,"1,2,3"\n1,,5\n`);
      assert.equal(data.used, 5);
      assert.match(
        await page.locator(`${TAG} .issues`).textContent(),
        /Line 7, price: “1,2,3” is not a number: .*Line 8: The row has 3 cells/,
      );
    }));

  test("that is exactly straight leaves no miss, and the picture holds the line where it starts", () =>
    opened("houses.html", async (page) => {
      await page.getByText("Use houses of your own").click();
      await pasted(page, "hours,score\n1,33.3\n2,36.6\n3,39.9\n4,43.2\n5,46.5\n6,49.8\n7,53.1\n");
      assert.match((await readout(page, TAG)).descriptions[2], /No line can beat 0\.$/);
      // Handles that lie outside of a picture stand on its frame, at one height.
      await typed(page, "line-slope", "3");
      const heights = (await readout(page, TAG)).handles.filter(({ id }) => ["left", "right"].includes(id));
      assert.ok(heights[0].y - heights[1].y > 5, `${heights[0].y} and ${heights[1].y}`);
      await page.getByRole("button", { name: "Jump to the best line" }).click();
      assert.equal((await readout(page, TAG)).mse, 0);
    }));
});
