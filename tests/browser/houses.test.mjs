// <downhill-houses> in a browser, with the sales of Ames and with tables of one's own.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { axeViolations, launch, startServer } from "./support.mjs";
import { close, drag, handlePlace, openWidget, pageWith, readout } from "./widget.mjs";

const TAG = "downhill-houses";
const PAGES = {
  // Browsers ask for it by themselves.
  "/favicon.ico": "",
  "/houses.html": pageWith("<downhill-houses>Words.</downhill-houses>"),
  "/tangent.html": pageWith('<downhill-tangent function="x^2" at="1"></downhill-tangent>'),
  "/raw.html": pageWith('<downhill-houses standardize="false"></downhill-houses>'),
};

let server;
let browser;
let sales;

before(async () => {
  server = await startServer({ pages: PAGES });
  browser = await launch();
  const text = await readFile(new URL("../../lessons/data/ames-housing.csv", import.meta.url), "utf8");
  const [header, ...lines] = text.trim().split("\n");
  const [area, price] = ["living_area_sqft", "price_usd"].map((name) => header.trim().split(",").indexOf(name));
  sales = lines.map((line) => line.split(",")).map((cells) => [Number(cells[area]), Number(cells[price])]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

async function opened(path, work, options) {
  const { page, context, errors } = await openWidget(browser, `${server.url}${path}`, options);
  try {
    await work(page, context);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

/** (1/n) Σ (y − slope·x − intercept)², computed here. */
function meanSquaredError(slope, intercept) {
  return sales.reduce((sum, [x, y]) => sum + (y - slope * x - intercept) ** 2, 0) / sales.length;
}

test("descent on standardised living area reaches 111.694 dollars a square foot and 13,289.63 dollars", () =>
  opened("houses.html", async (page) => {
    assert.equal(sales.length, 2930);
    await page.$eval(TAG, (element) => {
      element.learningRate = 0.5;
      element.step(60);
    });
    const read = await readout(page, TAG);
    assert.equal(read.coefficients[0].toPrecision(6), "111.694");
    assert.equal(read.intercept.toFixed(2), "13289.63");
    assert.ok(close(read.mse, meanSquaredError(read.coefficients[0], read.intercept)));
    assert.ok(close(read.exact.coefficients[0], read.coefficients[0], 1e-9));
  }));

test("the run that a learner starts arrives at the best line by itself", () =>
  opened(
    "houses.html",
    async (page) => {
      const rate = page.getByLabel("Learning rate η, typed");
      await rate.fill("0.45");
      await rate.press("Enter");
      await page.getByRole("button", { name: "Run" }).click();
      await page.waitForFunction(() => document.querySelector("downhill-houses").readout.status === "converged", null, {
        timeout: 90_000,
      });
      const read = await readout(page, TAG);
      assert.ok(Math.abs(read.coefficients[0] - 111.694) < 0.01, String(read.coefficients[0]));
    },
    { reducedMotion: "reduce" },
  ));

test("one step follows the gradient of the mean squared error on the standardised area", () =>
  opened("houses.html", async (page) => {
    const rate = 0.3;
    await page.$eval(TAG, (element) => {
      element.learningRate = 0.3;
    });
    await page.$eval(TAG, (element) => element.updateComplete);
    const before = await readout(page, TAG);
    await page.getByRole("button", { name: "Step", exact: true }).click();
    const after = await readout(page, TAG);
    const n = sales.length;
    const mean = sales.reduce((sum, [x]) => sum + x, 0) / n;
    const deviation = Math.sqrt(sales.reduce((sum, [x]) => sum + (x - mean) ** 2, 0) / n);
    // In the standardised basis the line is a·z + c.
    const [a, c] = [before.coefficients[0] * deviation, before.intercept + before.coefficients[0] * mean];
    let [da, dc] = [0, 0];
    for (const [x, y] of sales) {
      const z = (x - mean) / deviation;
      const miss = a * z + c - y;
      da += (2 * miss * z) / n;
      dc += (2 * miss) / n;
    }
    const [a2, c2] = [a - rate * da, c - rate * dc];
    assert.ok(close(after.coefficients[0], a2 / deviation, 1e-9), `${after.coefficients[0]} and ${a2 / deviation}`);
    assert.ok(close(after.intercept, c2 - (a2 / deviation) * mean, 1e-9));
    await page.getByRole("button", { name: "Step back" }).click();
    assert.deepEqual((await readout(page, TAG)).coefficients, before.coefficients);
  }));

test("the line is dragged by its handles, and its loss follows", () =>
  opened("houses.html", async (page) => {
    const handles = (await readout(page, TAG)).handles.filter((handle) => handle.stage === 0);
    assert.ok(handles.length >= 2, JSON.stringify(handles.map((handle) => handle.id)));
    const last = handles.find((handle) => /right|end|high/i.test(`${handle.id} ${handle.label}`)) ?? handles[1];
    const { x, y } = await handlePlace(page, TAG, last.id);
    await drag(page, TAG, last.id, { x, y: y - 60 });
    const read = await readout(page, TAG);
    assert.ok(close(read.mse, meanSquaredError(read.coefficients[0], read.intercept), 1e-10));
    const moved = await handlePlace(page, TAG, last.id);
    assert.ok(Math.abs(moved.y - (y - 60)) < 2, `the handle is at ${moved.y}, the pointer at ${y - 60}`);
  }));

test("slope and intercept can be typed, and the best line jumped to", () =>
  opened("houses.html", async (page) => {
    await page.getByLabel(/^Slope/).fill("100");
    await page.getByLabel(/^Slope/).press("Enter");
    await page.getByLabel(/^Intercept/).fill("20000");
    await page.getByLabel(/^Intercept/).press("Enter");
    const typed = await readout(page, TAG);
    assert.ok(
      close(typed.coefficients[0], 100) && close(typed.intercept, 20000, 1e-9),
      `${typed.coefficients[0]}, ${typed.intercept}`,
    );
    await page.getByRole("button", { name: "Jump to the best line" }).click();
    await page.waitForFunction(
      () => Math.abs(document.querySelector("downhill-houses").readout.intercept - 13289.63) < 0.01,
      null,
      { timeout: 5_000 },
    );
    const best = await readout(page, TAG);
    assert.ok(close(best.coefficients[0], best.exact.coefficients[0], 1e-9));
  }));

test("raw features with too large a rate run away, and the largest stable rate is named", () =>
  opened("raw.html", async (page) => {
    const { largestStableLearningRate } = await readout(page, TAG);
    await page.$eval(
      TAG,
      (element, rate) => {
        element.learningRate = rate;
        element.step(1);
      },
      largestStableLearningRate * 4,
    );
    for (let i = 0; i < 12; i += 1) await page.keyboard.press("Tab");
    await page.$eval(TAG, (element) => element.step(20));
    const read = await readout(page, TAG);
    assert.equal(read.status, "diverged");
    assert.ok(Number.isFinite(read.coefficients[0]));
    assert.match(await page.locator('.status[data-kind="diverged"]').textContent(), /rate/i);
  }));

test("another column becomes the feature", () =>
  opened("houses.html", async (page) => {
    const { features, feature } = await readout(page, TAG);
    const other = features.find(({ id }) => id !== feature && /basement|garage|lot/.test(id));
    await page.locator("#feature").selectOption(other.id);
    const read = await readout(page, TAG);
    assert.equal(read.feature, other.id);
    assert.notEqual(read.exact.coefficients[0], 111.694);
  }));

test("a table of one's own is read, its bad rows counted and named by line, and it asks no one", () =>
  opened("houses.html", async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.getByText("Use houses of your own").click();
    await page
      .getByLabel("Or paste the text of a table")
      .fill("area,price\n1000,200000\n1500,\n2000,abc\n2500,400000\n3000,470000\n3500,520000\n");
    await page.getByRole("button", { name: "Read the table" }).click();
    const read = await readout(page, TAG);
    assert.equal(read.data.error, null);
    assert.equal(read.data.used, 4);
    assert.equal(read.data.rows, 6);
    assert.equal(
      read.data.dropped.reduce((sum, { count }) => sum + count, 0),
      2,
      JSON.stringify(read.data.dropped),
    );
    assert.deepEqual(
      read.data.issues.map(({ line }) => line),
      [3, 4],
    );
    assert.match(
      await page.locator(".issues").textContent(),
      /Line 3, price: The cell is empty\.\s*Line 4, price: \S+/,
    );
    assert.match(await page.locator(".counts").textContent(), /4 of 6 rows/);
    assert.deepEqual(asked, []);
    await page.getByRole("button", { name: "Back to the houses of Ames" }).click();
    assert.equal((await readout(page, TAG)).data.used, 2930);
  }));

test("the share menu says that a link does not carry a table of one's own", () =>
  opened("houses.html", async (page) => {
    const open = () => page.getByRole("button", { name: "Share" }).click();
    await open();
    assert.equal(await page.locator(".menu").count(), 1);
    assert.equal(await page.locator(".menu-note").count(), 0, "the sales of Ames are on every page");
    await page.keyboard.press("Escape");
    await page.getByText("Use houses of your own").click();
    await page.getByLabel("Or paste the text of a table").fill("area,price\n1000,200000\n2500,400000\n");
    await page.getByRole("button", { name: "Read the table" }).click();
    await open();
    assert.equal(await page.locator(".menu-note").textContent(), (await readout(page, TAG)).shareNote);
    assert.deepEqual(await axeViolations(page), []);
  }));

test("a table that cannot be used is refused with a reason, and the one before stays", () =>
  opened("houses.html", async (page) => {
    await page.getByText("Use houses of your own").click();
    const area = page.getByLabel("Or paste the text of a table");
    for (const text of ["just words", "a,b\nx,y\nz,w\n"]) {
      await area.fill(text);
      await page.getByRole("button", { name: "Read the table" }).click();
      const read = await readout(page, TAG);
      assert.ok(read.data.error, text);
      assert.equal(read.data.used, 2930);
      assert.ok((await page.locator('.status[data-kind="data"]').textContent()).includes(read.data.error.title));
    }
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: Buffer.alloc(1024 * 1024 + 1, "1,2\n") });
    await page.locator('.status[data-kind="data"]', { hasText: "1 MiB" }).waitFor();
    assert.equal((await readout(page, TAG)).data.used, 2930);
  }));

test("the sales are a file of their own, fetched once, by the first widget that shows them", async () => {
  const { page, context, requests } = await openWidget(browser, `${server.url}tangent.html`);
  const tables = () => requests.filter((url) => url.endsWith(".csv")).map((url) => new URL(url).pathname);
  assert.deepEqual(tables(), []);
  await page.evaluate(async () => {
    document.body.insertAdjacentHTML(
      "beforeend",
      "<downhill-houses></downhill-houses><downhill-houses></downhill-houses>",
    );
    await Promise.all([...document.querySelectorAll("downhill-houses")].map((element) => element.ready));
  });
  assert.deepEqual(tables(), ["/ames.csv"]);
  assert.equal((await readout(page, TAG)).data.used, 2930);
  await context.close();
});

test("sales that do not come leave the words of the page and say so, and may come later", async () => {
  const { page, context } = await openWidget(browser, `${server.url}tangent.html`);
  await context.route("**/*.csv", (route) => route.fulfill({ status: 500 }));
  const place = () =>
    page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", "<downhill-houses>Words.</downhill-houses>");
      const [element] = [...document.querySelectorAll("downhill-houses")].slice(-1);
      return element.ready.then(
        () => "ready",
        ({ code, message }) => `${code}: ${message}`,
      );
    });
  assert.equal(await place(), "E_LOAD: The table “ames” could not be loaded: 500 Internal Server Error");
  assert.ok(await page.getByText("Words.").isVisible());
  assert.equal(await page.$eval(TAG, (element) => element.shadowRoot.querySelectorAll(".failed").length), 1);
  assert.equal(await page.$eval("downhill-tangent", (element) => element.readout.at), 1);
  await context.unroute("**/*.csv");
  assert.equal(await place(), "ready");
  await context.close();
});

test("a file can be dropped", () =>
  opened("houses.html", async (page) => {
    await page.getByText("Use houses of your own").click();
    await page.$eval(TAG, (element) => {
      const files = new DataTransfer();
      files.items.add(new File(["size;price\n50;100\n60;130\n80;190\n"], "flats.csv", { type: "text/csv" }));
      element.shadowRoot
        .querySelector(".drop")
        .dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
    });
    await page.waitForFunction(() => document.querySelector("downhill-houses").readout.data.used === 3);
    assert.match((await readout(page, TAG)).data.label, /flats/);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing to object to in any state (${colorScheme})`, () =>
    opened(
      "houses.html",
      async (page) => {
        assert.deepEqual(await axeViolations(page), [], "idle");
        await page.$eval(TAG, (element) => element.step(3));
        await page.getByText("Use houses of your own").click();
        await page.getByLabel("Or paste the text of a table").fill("just words");
        await page.getByRole("button", { name: "Read the table" }).click();
        assert.deepEqual(await axeViolations(page), [], "stepped, with a table that was refused");
      },
      { colorScheme },
    ));
}
