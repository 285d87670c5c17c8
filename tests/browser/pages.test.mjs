// The pages around the charts: their structure, their manners, and what they promise about the reader's device.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { axeViolations, launch, open, startServer } from "./support.mjs";

const PAGES = [
  "index.html",
  "teach.html",
  "course/index.html",
  "embed.html?widget=descent",
  "embed.html?widget=houses",
  "embed.html?widget=tangent",
];
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page of the site and closes its context when the work is done. */
async function visit(path, options, work) {
  const opened = await open(browser, server.url + path, options);
  try {
    return await work(opened);
  } finally {
    await opened.context.close();
  }
}

/** Opens a page that another site might serve, at a port of its own. */
async function visitHost(html, options, work) {
  const host = await startServer({ pages: { "/host.html": html, "/favicon.ico": "" } });
  const opened = await open(browser, `${host.url}host.html`, options);
  try {
    return await work(opened);
  } finally {
    await opened.context.close();
    await host.close();
  }
}

/** Lets every chart on the page finish starting; a page without charts is ready at once. */
function chartsReady(page) {
  return page.evaluate(() =>
    Promise.all(
      [...document.querySelectorAll("downhill-descent, downhill-houses, downhill-tangent")].map(
        (element) => element.ready,
      ),
    ),
  );
}

for (const path of PAGES) {
  describe(path, () => {
    test("is readable without sideways scrolling at 320, 360, 390 and 1280 pixels", async () => {
      for (const width of [320, 360, 390, 1280]) {
        await visit(path, { viewport: { width, height: 800 } }, async ({ page }) => {
          await chartsReady(page);
          const room = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(room <= 0, `${room} pixels too wide at ${width}`);
        });
      }
    });

    for (const [viewport, size] of Object.entries({ wide: WIDE, phone: PHONE })) {
      for (const colorScheme of ["light", "dark"]) {
        test(`keeps to WCAG 2.2 A and AA, ${viewport}, ${colorScheme}, and reports no error`, async () => {
          await visit(path, { viewport: size, colorScheme }, async ({ page, errors }) => {
            await chartsReady(page);
            assert.deepEqual(await axeViolations(page), []);
            assert.deepEqual(errors, []);
          });
        });
      }
    }

    test("has a language, a title, a description, one main part, one first heading and no gap in the order", async () => {
      await visit(path, {}, async ({ page }) => {
        assert.equal(await page.getAttribute("html", "lang"), "en-GB");
        assert.match(await page.title(), /Downhill/);
        assert.ok((await page.getAttribute("meta[name=description]", "content")).length > 20);
        assert.equal(await page.locator("main").count(), 1);
        // The charts' own headings live in their shadow roots and are theirs to order.
        const levels = await page.evaluate(() =>
          [...document.querySelectorAll("h1, h2, h3, h4")].map((heading) => Number(heading.localName[1])),
        );
        assert.equal(levels.filter((level) => level === 1).length, 1);
        levels.forEach((level, index) => {
          assert.ok(index === 0 ? level === 1 : level <= levels[index - 1] + 1, `headings in the order ${levels}`);
        });
      });
    });

    test("breaks no rule of its own strict policy", async () => {
      const context = await browser.newContext({ viewport: WIDE });
      const page = await context.newPage();
      await page.addInitScript(() => {
        globalThis.broken = [];
        document.addEventListener("securitypolicyviolation", (event) =>
          globalThis.broken.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`),
        );
      });
      await page.goto(server.url + path, { waitUntil: "load" });
      await chartsReady(page);
      const policy = await page.getAttribute("meta[http-equiv='Content-Security-Policy']", "content");
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'? '|https?:/);
      assert.deepEqual(await page.evaluate(() => globalThis.broken), []);
      await context.close();
    });

    test("asks for nothing after it has loaded and stores nothing", async () => {
      await visit(path, { viewport: WIDE }, async ({ page, context, requests }) => {
        await chartsReady(page);
        const loaded = requests.length;
        await page.mouse.move(400, 300);
        await page.mouse.wheel(0, 2000);
        await page.keyboard.press("Tab");
        // Nothing tells that nothing is asked for.
        await page.waitForTimeout(700);
        // When the browser fetches the icon for its tab is its own affair; the page names it in its head.
        const icon = await page.evaluate(() => document.querySelector("link[rel~=icon]")?.href);
        assert.deepEqual(
          requests.slice(loaded).filter((url) => url !== icon),
          [],
        );
        const stored = await page.evaluate(async () => [
          localStorage.length,
          sessionStorage.length,
          (await indexedDB.databases()).length,
          (await caches.keys()).length,
        ]);
        assert.deepEqual(stored, [0, 0, 0, 0]);
        assert.deepEqual(await context.cookies(), []);
      });
    });
  });
}

test("the theme follows the system until the reader chooses, and the choice travels in the address alone", async () => {
  await visit("index.html", { viewport: WIDE, colorScheme: "dark" }, async ({ page }) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const button = page.locator("button.theme");
    assert.equal(await ground(), "rgb(16, 22, 21)");
    await button.click();
    assert.equal(await ground(), "rgb(255, 255, 255)");
    assert.equal(await button.getAttribute("aria-label"), "Theme: light");
    assert.equal(await page.getAttribute("downhill-descent", "theme"), "light");
    await page.click("nav[aria-label=Site] >> text=Teach with it");
    await page.waitForURL(/teach\.html\?theme=light/);
    assert.equal(await ground(), "rgb(255, 255, 255)");
    await button.click();
    await button.click();
    assert.equal(await button.getAttribute("aria-label"), "Theme: follows your system");
    assert.doesNotMatch(page.url(), /theme/);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  });
});

test("the skip link leads past the navigation", async () => {
  await visit("course/index.html", { viewport: WIDE }, async ({ page }) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
  });
});

test("every link within the site leads to a page and to a place on it", async () => {
  for (const path of ["index.html", "teach.html", "course/index.html"]) {
    await visit(path, {}, async ({ page, context }) => {
      const links = await page.$$eval("a[href]", (anchors) => anchors.map((anchor) => anchor.href));
      assert.ok(links.length > 3);
      for (const link of new Set(links)) {
        assert.ok(link.startsWith(server.url), `${link} leaves the site`);
        const [address, fragment] = link.split("#");
        const response = await context.request.get(address);
        assert.ok(response.ok(), `${path} links to ${link}`);
        if (fragment) assert.match(await response.text(), new RegExp(`id="${fragment}"`), `${path} links to ${link}`);
      }
    });
  }
});

test("the lines to copy name this very site and are copied whole", async () => {
  const options = { permissions: ["clipboard-read", "clipboard-write"] };
  await visit("index.html", options, async ({ page }) => {
    await page.click("[data-copy]");
    await page.waitForFunction(() => document.querySelector(".said").textContent.startsWith("Copied."));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.includes(`src="${server.url}downhill.js"`), copied);
    assert.ok(copied.trimEnd().endsWith("</downhill-descent>"));
  });
});

describe("the chapter", () => {
  test("shows ten stops, and links only those that are written", async () => {
    await visit("course/index.html", { viewport: WIDE }, async ({ page, context }) => {
      const stops = page.locator("nav.hill li");
      assert.equal(await stops.count(), 10);
      assert.equal(await page.locator("nav.hill [aria-current=page]").count(), 1);
      for (const stop of await stops.all()) {
        const link = stop.locator("a");
        if ((await link.count()) === 0) {
          assert.match(await stop.textContent(), /not yet written/);
        } else {
          const address = await link.evaluate((anchor) => anchor.href);
          assert.ok((await context.request.get(address)).ok(), address);
        }
      }
    });
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`answers every choice at a checkpoint with its own words, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      await visit("course/index.html", { viewport: WIDE, javaScriptEnabled }, async ({ page }) => {
        const checks = await page.locator(".check").all();
        assert.ok(checks.length >= 3 && checks.length <= 6, `${checks.length} checkpoints`);
        for (const check of checks) {
          const seen = new Set();
          let right = 0;
          for (const option of await check.locator("label").all()) {
            await option.click();
            const shown = check.locator(".fb:visible");
            assert.equal(await shown.count(), 1);
            seen.add(await shown.textContent());
            if ((await shown.getAttribute("data-verdict")) === "right") right += 1;
          }
          assert.equal(seen.size, await check.locator("label").count());
          assert.equal(right, 1);
        }
      });
    });
  }

  test("lets a checkpoint be answered by keyboard, and marks right from wrong by more than colour", async () => {
    await visit("course/index.html", { viewport: WIDE }, async ({ page }) => {
      const check = page.locator(".check").first();
      const verdict = () => check.locator("label:has(:checked)").getAttribute("data-verdict");
      await check.locator("input").first().focus();
      await page.keyboard.press("Space");
      const style = () =>
        check.locator("label:has(:checked)").evaluate((label) => getComputedStyle(label).borderTopStyle);
      assert.equal(await verdict(), "wrong");
      assert.equal(await style(), "dashed");
      const said = () => check.locator(".fb:not([hidden])").textContent();
      assert.match(await said(), /^No\./);
      await page.keyboard.press("ArrowDown");
      assert.equal(await verdict(), "right");
      assert.equal(await style(), "solid");
      assert.match(await said(), /^Yes\./);
      // By ear too each answer begins with what it is.
      const words = await page.$$eval(".fb", (all) =>
        all.map(({ dataset, textContent }) => [dataset.verdict, textContent]),
      );
      for (const [verdict, text] of words) assert.match(text, verdict === "right" ? /^Yes\./ : /^No\./);
    });
  });

  test("tells, without scripts, in words and tables what its charts would show", async () => {
    await visit("course/index.html", { viewport: WIDE, javaScriptEnabled: false }, async ({ page }) => {
      assert.equal(await page.locator("downhill-descent table:visible").count(), 2);
      assert.equal(await page.locator("downhill-houses table:visible").count(), 1);
    });
  });

  test("drops its controls on paper, and paper is white", async () => {
    await visit("course/index.html", { viewport: WIDE, colorScheme: "dark" }, async ({ page }) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      for (const selector of ["nav.hill", "nav[aria-label=Site]", "button.theme", "nav.nextprev"]) {
        assert.ok(await page.locator(selector).isHidden(), selector);
      }
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
      assert.equal(await page.locator("h1").evaluate((title) => getComputedStyle(title).color), "rgb(0, 0, 0)");
    });
  });

  test("takes no more than a screen of a phone from one heading, chart or checkpoint to a chart", async () => {
    await visit("course/index.html", { viewport: PHONE, javaScriptEnabled: false }, async ({ page }) => {
      const longest = await page.evaluate(() => {
        let above = 0;
        let longest = 0;
        for (const part of document.querySelector("main").children) {
          const { height } = part.getBoundingClientRect();
          if (part.matches("p:not(.meta, .stand)")) above += height;
          else if (part.matches("h2, .check, .eqblock, figure")) above = 0;
          else if (part.querySelector("downhill-descent, downhill-houses, downhill-tangent")) {
            longest = Math.max(longest, above);
            above = 0;
          }
        }
        return longest;
      });
      assert.ok(longest > 0 && longest <= PHONE.height, `${longest} pixels of prose before a chart`);
    });
  });
});

describe("the numbers that stand in for a chart", () => {
  /** Rows of the table at `selector` as numbers; what is no number stays out. */
  const rows = (page, selector) =>
    page.$$eval(`${selector} tbody tr`, (rows) =>
      rows.map((row) =>
        [...row.cells]
          .map((cell) => cell.textContent.replaceAll(",", "").replaceAll("−", "-").replace("$", ""))
          .filter((text) => text !== "" && Number.isFinite(Number(text)))
          .map((text) => ({ shown: Number(text), decimals: text.split(".")[1]?.length ?? 0 })),
      ),
    );

  /** Each row is step, place, loss, slope; each place follows from the one before by the rule. */
  function assertWalk(rows, { start, rate, loss, slope }) {
    let place = start;
    rows.forEach((row, step) => {
      const expected = [step, place, loss(place), slope(place)];
      row.forEach(({ shown, decimals }, column) => {
        assert.equal(shown, Number(expected[column].toFixed(decimals)), `step ${step}, column ${column}`);
      });
      place -= rate * slope(place);
    });
    assert.ok(rows.length >= 4);
  }

  const valleys = { loss: (w) => (w * w - 4) ** 2 / 8 + w / 3 + 1.5, slope: (w) => (w * (w * w - 4)) / 2 + 1 / 3 };
  const bowl = { loss: (w) => (2 * w - 450) ** 2, slope: (w) => 4 * (2 * w - 450) };

  test("are those of the walks they describe", async () => {
    await visit("index.html", { javaScriptEnabled: false }, async ({ page }) => {
      assertWalk(await rows(page, "downhill-descent"), { ...valleys, start: -0.5, rate: 0.3 });
    });
    await visit("course/index.html", { javaScriptEnabled: false }, async ({ page }) => {
      assertWalk(await rows(page, "downhill-descent:not([blindfold])"), { ...bowl, start: 150, rate: 0.05 });
      assertWalk(await rows(page, "downhill-descent[blindfold]"), { ...valleys, start: 0.6, rate: 0.3 });
    });
  });

  test("are those of the best line through the sales", async () => {
    const csv = await readFile(new URL("../../lessons/data/ames-housing.csv", import.meta.url), "utf8");
    const [header, ...lines] = csv.trim().split("\n");
    const column = (name) => lines.map((line) => Number(line.split(",")[header.trim().split(",").indexOf(name)]));
    const area = column("living_area_sqft");
    const price = column("price_usd");
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [middle, middlePrice] = [mean(area), mean(price)];
    const slope =
      mean(area.map((x, i) => (x - middle) * (price[i] - middlePrice))) / mean(area.map((x) => (x - middle) ** 2));
    const intercept = middlePrice - slope * middle;
    const miss = Math.sqrt(mean(area.map((x, i) => (price[i] - intercept - slope * x) ** 2)));
    for (const path of ["index.html", "course/index.html"]) {
      await visit(path, { javaScriptEnabled: false }, async ({ page }) => {
        const shown = (await rows(page, "downhill-houses")).flat();
        const expected = [slope, intercept, miss];
        assert.equal(shown.length, expected.length);
        shown.forEach(({ shown, decimals }, index) => {
          assert.equal(shown, Number(expected[index].toFixed(decimals)), `row ${index} of ${path}`);
        });
      });
    }
  });
});

describe("a chart in a frame", () => {
  test("says in one sentence which charts exist when asked for another", async () => {
    for (const [query, sentence] of [
      ["?widget=parabola", "There is no widget “parabola”. These exist: descent, houses, tangent."],
      ["", "The address names no widget. These exist: descent, houses, tangent."],
      ["?widget=constructor", "There is no widget “constructor”. These exist: descent, houses, tangent."],
    ]) {
      await visit(`embed.html${query}`, {}, async ({ page }) => {
        assert.equal(await page.locator("#said").textContent(), sentence);
      });
    }
  });

  test("takes its attributes from the address, and only those that it knows", async () => {
    const query =
      "widget=descent&function=x%5E2&start=3&learning-rate=0.1&theme=dark&onclick=alert(1)&id=main&style=color:red";
    await visit(`embed.html?${query}`, {}, async ({ page }) => {
      const attributes = await page
        .locator("downhill-descent")
        .evaluate((element) =>
          Object.fromEntries(
            ["function", "start", "learning-rate", "theme", "onclick", "id", "style"].map((name) => [
              name,
              element.getAttribute(name),
            ]),
          ),
        );
      assert.deepEqual(attributes, {
        function: "x^2",
        start: "3",
        "learning-rate": "0.1",
        theme: "dark",
        onclick: null,
        id: null,
        style: null,
      });
      assert.equal(await page.locator("text=Made with Downhill").count(), 1);
    });
  });

  test("says so when the moment in the link cannot be read, and starts all the same", async () => {
    for (const fragment of ["#%%%", "#bm90IGpzb24", "#_-_-"]) {
      await visit(`embed.html?widget=descent${fragment}`, {}, async ({ page, errors }) => {
        await page.waitForSelector("#said:not([hidden])");
        assert.match(await page.locator("#said").textContent(), /^The moment in this link could not be read/);
        assert.equal(await page.locator("downhill-descent").count(), 1);
        assert.deepEqual(errors, []);
      });
    }
  });

  test("tells a page of another origin how tall it is, and again when it changes", async () => {
    const html = `<!doctype html><title>host</title><script>
      told = [];
      addEventListener("message", ({ data, source }) => {
        if (source === frame.contentWindow && data.type === "downhill-height") told.push(data.height);
      });</script>
      <iframe id="frame" width="600" height="100" title="chart" src="${server.url}embed.html?widget=descent"></iframe>`;
    await visitHost(html, {}, async ({ page }) => {
      const frame = page.frames().find((frame) => frame.url().includes("embed.html"));
      const told = async () => {
        const measured = () =>
          frame.evaluate(() => Math.ceil(document.getElementById("main").getBoundingClientRect().height));
        const last = () => page.evaluate(() => globalThis.told.at(-1));
        for (const end = Date.now() + 20_000; (await last()) !== (await measured()) && Date.now() < end; ) {
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
        }
        assert.equal(await last(), await measured());
        return last();
      };
      const before = await told();
      await page.evaluate(() => {
        document.getElementById("frame").width = "330";
      });
      await frame.evaluate(() => {
        document.getElementById("chart").style.paddingBottom = "77px";
      });
      assert.notEqual(await told(), before);
    });
  });

  test("has no ground of its own: what the page painted shows through", async () => {
    const html = `<!doctype html><title>host</title><style>body { margin: 0; background: #fdf6e3 }</style>
      <iframe width="600" height="300" style="border: 0" title="chart" src="${server.url}embed.html?widget=none"></iframe>`;
    await visitHost(html, { colorScheme: "light" }, async ({ page }) => {
      await page
        .frames()
        .find((frame) => frame.url().includes("embed.html"))
        .waitForLoadState();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      // One pixel in an empty corner of the frame.
      const png = await page.screenshot({ clip: { x: 590, y: 290, width: 1, height: 1 } });
      const colour = await page.evaluate(
        async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
          const context = new OffscreenCanvas(1, 1).getContext("2d");
          context.drawImage(image, 0, 0);
          return [...context.getImageData(0, 0, 1, 1).data];
        },
        [...png],
      );
      assert.deepEqual(colour, [0xfd, 0xf6, 0xe3, 255]);
    });
  });
});

test("a plain page with one script tag and one element shows a chart of this site from another port", async () => {
  const example = await readFile(new URL("../../examples/embed/index.html", import.meta.url), "utf8");
  assert.equal(example.match(/<script/g).length, 1);
  await visitHost(example.replace("http://localhost:8080/", server.url), {}, async ({ page, errors }) => {
    await page.waitForFunction(() => customElements.get("downhill-descent"), null, { timeout: 10_000 });
    const readout = await page.evaluate(async () => {
      const element = document.querySelector("downhill-descent");
      await element.ready;
      element.step(2);
      return element.readout;
    });
    // 3 − 0.1 × 6 = 2.4, and 2.4 − 0.1 × 4.8 = 1.92: what the sentence inside the element says.
    assert.ok(Math.abs(readout.at[0] - 1.92) < 1e-12, String(readout.at));
    assert.deepEqual(errors, []);
  });
});
