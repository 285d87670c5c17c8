// What every element owes its page, whichever widget it is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, startServer } from "./support.mjs";
import { drawn, handlePlace, openWidget, pageWith, readout, ready, swipe } from "./widget.mjs";

const TAG = "downhill-descent";
const FILLER = '<p style="height:1500px">Words.</p>';
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const PAGES = {
  // Browsers ask for it by themselves.
  "/favicon.ico": "",
  "/one.html": pageWith('<downhill-descent start="-0.5">Words.</downhill-descent>'),
  "/all.html": pageWith(
    "<downhill-descent></downhill-descent><downhill-houses></downhill-houses><downhill-tangent></downhill-tangent>",
  ),
  "/tall.html": pageWith(`<downhill-descent start="-0.5"></downhill-descent>${FILLER}`),
  "/below.html": pageWith(`${FILLER}${FILLER}<downhill-descent></downhill-descent>`),
  "/twice.html": pageWith("<downhill-descent></downhill-descent>", {
    head: '<script type="module" src="/downhill.js?again"></script>',
  }),
  "/hosted.html": pageWith("<downhill-descent></downhill-descent>", {
    tokens: false,
    head: "<style>body{background:#fdf8ea;color:#2a1c1c;font:18px Georgia,serif} *{letter-spacing:.1em} button{background:red!important} .stage{display:none} p{color:purple}</style>",
  }),
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

async function opened(path, work, options) {
  const { page, context, errors } = await openWidget(browser, `${server.url}${path}`, options);
  try {
    await work(page, context);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

test("a finger on the handle drags the ball, anywhere else it scrolls the page", () =>
  opened(
    "tall.html",
    async (page) => {
      const { x, y, stage } = await handlePlace(page, TAG);
      await swipe(page, [
        { x, y },
        { x: x + 30, y: y - 20 },
        { x: x + 60, y: y - 40 },
      ]);
      const dragged = await readout(page, TAG);
      assert.ok(dragged.at[0] > -0.5, `the ball is at ${dragged.at[0]}`);
      assert.equal(await page.evaluate(() => scrollY), 0);
      const free = { x: stage.left + stage.width * 0.9, y: stage.top + stage.height * 0.75 };
      await swipe(page, [
        free,
        { x: free.x, y: free.y - 60 },
        { x: free.x, y: free.y - 120 },
        { x: free.x, y: free.y - 180 },
      ]);
      await page.waitForFunction(() => scrollY > 50);
      assert.equal((await readout(page, TAG)).at[0], dragged.at[0]);
    },
    { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } },
  ));

test("moved in the page an element keeps its moment, removed it gives its memory back, and put back it shows the moment again", () =>
  opened("one.html", async (page) => {
    const [moved, gone, back] = await page.evaluate(async () => {
      const element = document.querySelector("downhill-descent");
      element.step(2);
      const here = element.readout.at[0];
      const until = async (holds) => {
        for (const end = performance.now() + 20_000; !holds() && performance.now() < end; )
          await new Promise((done) => requestAnimationFrame(done));
        return holds();
      };
      document.querySelector("main").prepend(element);
      // What is done when an element stays away has had its turn.
      await new Promise((done) => setTimeout(() => setTimeout(done)));
      const moved = element.readout.at[0] === here;
      element.remove();
      const gone = await until(() => element.readout === undefined);
      document.querySelector("main").append(element);
      const back = await until(() => element.readout?.at[0] === here && element.readout.steps === 2);
      return [moved, gone, back];
    });
    assert.deepEqual([moved, gone, back], [true, true, true]);
  }));

test("attributes and properties set before the script came count", async () => {
  const { page, context } = await open(browser, `${server.url}one.html`);
  const value = await page.evaluate(async () => {
    const element = document.createElement("downhill-descent");
    element.setAttribute("function", "x^2");
    element.setAttribute("start", "2.5");
    element.learningRate = 0.25;
    document.body.append(element);
    await element.ready;
    return [element.readout.at[0], element.readout.value, element.readout.learningRate];
  });
  assert.deepEqual(value, [2.5, 6.25, 0.25]);
  await context.close();
});

test("idle and out of sight nothing runs", () =>
  opened("below.html", async (page) => {
    // The observer of what is in sight has spoken by then.
    await drawn(page);
    const [frames, taken] = await page.evaluate(async () => {
      let count = 0;
      const real = window.requestAnimationFrame;
      window.requestAnimationFrame = (callback) => {
        count += 1;
        return real(callback);
      };
      const element = document.querySelector("downhill-descent");
      element.run();
      const { steps } = element.readout;
      // Longer than a run needs for its first two steps.
      await new Promise((done) => setTimeout(done, 700));
      window.requestAnimationFrame = real;
      return [count, element.readout.steps - steps];
    });
    assert.deepEqual([frames, taken], [0, 0]);
    const { steps } = await readout(page, TAG);
    await page.locator(TAG).scrollIntoViewIfNeeded();
    await page.waitForFunction((before) => document.querySelector("downhill-descent").readout.steps > before, steps);
  }));

test("made narrower it takes its narrow drawing, by its own width", () =>
  opened("one.html", async (page) => {
    const aspect = () =>
      page.$eval(TAG, (element) => {
        const stage = element.shadowRoot.querySelector(".stage");
        return stage.clientHeight / stage.clientWidth;
      });
    const wide = await aspect();
    await page.$eval(TAG, (element) => {
      element.style.width = "360px";
    });
    await page.waitForFunction(
      ([tag, wide]) => {
        const stage = document.querySelector(tag).shadowRoot.querySelector(".stage");
        return stage.clientHeight / stage.clientWidth > 1.5 * wide;
      },
      [TAG, wide],
    );
    await drawn(page);
    const overflow = await page.$eval(TAG, (element) => element.scrollWidth - element.clientWidth);
    assert.ok(overflow <= 0, `nothing sticks out: ${overflow}`);
    const { handles } = await readout(page, TAG);
    assert.ok(handles[0].x > 0 && handles[0].x < 360);
  }));

test("a canvas is as sharp as the screen", () =>
  opened(
    "one.html",
    async (page) => {
      const sharp = await page.$eval(TAG, (element) => {
        const canvas = element.shadowRoot.querySelector(".live");
        return canvas.width / canvas.clientWidth;
      });
      assert.ok(Math.abs(sharp - 2) < 0.01);
    },
    { deviceScaleFactor: 2 },
  ));

test("inside a scaled slide the pointer still finds the handle", () =>
  opened("one.html", async (page) => {
    await page.$eval("main", (main) => {
      main.style.transform = "scale(0.5)";
      main.style.transformOrigin = "0 0";
    });
    const place = await page.$eval(TAG, (element) => {
      const stage = element.shadowRoot.querySelector(".stage").getBoundingClientRect();
      const [handle] = element.readout.handles;
      return { x: stage.left + handle.x / 2, y: stage.top + handle.y / 2 };
    });
    const before = (await readout(page, TAG)).at[0];
    await page.mouse.move(place.x, place.y);
    await page.mouse.down();
    await page.mouse.move(place.x + 40, place.y);
    await page.mouse.up();
    assert.ok((await readout(page, TAG)).at[0] > before + 0.2);
  }));

test("two copies of the script make one engine and one set of elements", () =>
  opened("twice.html", async (page) => {
    const loaded = await page.evaluate(
      () => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm")).length,
    );
    assert.equal(loaded, 1);
    assert.ok((await readout(page, TAG)).prompt.length > 0);
  }));

test("a page of another origin shows a widget, with its own font and ink and none of its rules inside", async () => {
  const host = await startServer({
    pages: {
      "/favicon.ico": "",
      "/host.html": `<!doctype html><html lang="en"><title>Host</title><style>body{background:#fdf8ea;color:#2a1c1c;font:18px Georgia,serif} button{background:red!important} .stage{display:none!important}</style>
        <script type="module" src="${server.url}downhill.js"></script><downhill-descent></downhill-descent></html>`,
    },
  });
  const { page, context, errors } = await open(browser, `${host.url}host.html`);
  await ready(page);
  const look = await page.$eval(TAG, (element) => {
    const root = element.shadowRoot;
    const style = (selector) => getComputedStyle(root.querySelector(selector));
    return {
      font: style(".prompt").fontFamily,
      ink: style(".root").color,
      stage: style(".stage").display,
      button: style(".btn").backgroundColor,
      credit: root.querySelector(".credit a")?.textContent,
    };
  });
  assert.match(look.font, /Georgia/);
  assert.equal(look.ink, "rgb(42, 28, 28)");
  assert.equal(look.stage, "block");
  assert.notEqual(look.button, "rgb(255, 0, 0)");
  assert.equal(look.credit, "Made with Downhill");
  assert.deepEqual(errors, []);
  await context.close();
  await host.close();
});

test("under the strictest policy nothing is refused", async () => {
  const strict = await startServer({ headers: { "Content-Security-Policy": POLICY }, pages: PAGES });
  const { page, context, errors } = await open(browser, `${strict.url}all.html`);
  await ready(page);
  await page.locator("downhill-descent").getByRole("button", { name: "Step", exact: true }).click();
  await page.locator("downhill-descent").getByRole("button", { name: "Share" }).click();
  await page.getByRole("menuitem", { name: "Embed this" }).click();
  assert.ok(await page.locator("dialog.embed").evaluate((dialog) => dialog.open));
  await page.keyboard.press("Escape");
  assert.deepEqual(errors, []);
  assert.equal((await readout(page, TAG)).steps, 1);
  await context.close();
  await strict.close();
});

test("after the load nothing is asked of the network and nothing is stored", () =>
  opened("all.html", async (page, context) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.locator("downhill-descent").getByRole("button", { name: "Step", exact: true }).click();
    await page.locator("downhill-houses").getByRole("button", { name: "Step", exact: true }).click();
    // Nothing tells that nothing is asked for: this is as long as a step takes to be shown, and more.
    await page.waitForTimeout(2000);
    assert.deepEqual(asked, []);
    assert.deepEqual(await context.cookies(), []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  }));

test("a trap in the engine leaves every widget as it was", () =>
  opened("all.html", async (page) => {
    await page.evaluate(() => {
      document.querySelector("downhill-descent").step(3);
      document.querySelector("downhill-houses").step(2);
    });
    await drawn(page);
    const before = await Promise.all([readout(page, "downhill-descent"), readout(page, "downhill-houses")]);
    await page.evaluate(async () => {
      // A trap in the middle of drawing: what the canvas throws unwinds the engine without its leave.
      const real = CanvasRenderingContext2D.prototype.stroke;
      CanvasRenderingContext2D.prototype.stroke = () => {
        CanvasRenderingContext2D.prototype.stroke = real;
        throw new WebAssembly.RuntimeError("unreachable");
      };
      const [knob] = document.querySelector("downhill-descent").shadowRoot.querySelectorAll(".knob");
      knob.focus();
      document.querySelector("downhill-descent").shadowRoot.querySelector(".stages").focus();
      document.querySelector("downhill-descent").theme = "dark";
      while (CanvasRenderingContext2D.prototype.stroke !== real)
        await new Promise((done) => requestAnimationFrame(done));
    });
    await ready(page);
    const after = await Promise.all([readout(page, "downhill-descent"), readout(page, "downhill-houses")]);
    assert.equal(after[0].at[0], before[0].at[0]);
    assert.equal(after[0].steps, 3);
    assert.deepEqual(after[1].coefficients, before[1].coefficients);
    await page.locator("downhill-descent").getByRole("button", { name: "Step", exact: true }).click();
    assert.equal((await readout(page, "downhill-descent")).steps, 4);
  }));

test("a wasm that does not come leaves the words of the page and says so", async () => {
  const { page, context } = await open(browser, `${server.url}index.html`);
  await context.route("**/*.wasm", (route) => route.abort());
  await page.goto(`${server.url}one.html`);
  await page.waitForFunction(() => document.querySelector("downhill-descent").shadowRoot?.querySelector(".failed"));
  assert.ok(await page.getByText("Words.").isVisible());
  const refused = await page.evaluate(() =>
    document.querySelector("downhill-descent").ready.then(
      () => "",
      (error) => error.code,
    ),
  );
  assert.equal(refused, "E_LOAD");
  await context.close();
});

test("a link copied from the share menu opens the same moment", () =>
  opened(
    "one.html",
    async (page, context) => {
      await page.evaluate(() => document.querySelector("downhill-descent").step(2));
      const before = await readout(page, TAG);
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByRole("menuitem", { name: "Copy link" }).click();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(link, /embed\.html\?widget=descent#/);
      const other = await context.newPage();
      await other.goto(link);
      await other.waitForFunction(() => document.querySelector("downhill-descent")?.readout?.steps === 2);
      assert.equal((await readout(other, TAG)).at[0], before.at[0]);
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

test("the picture can be had as SVG with the same numbers in it", () =>
  opened("all.html", async (page) => {
    for (const tag of ["downhill-descent", "downhill-houses"]) {
      const svg = await page.$eval(tag, (element) => element.toSvg());
      assert.match(svg, /^<svg[\s\S]*<\/svg>$/);
      assert.ok(!/NaN|Infinity|<script/.test(svg));
      const sound = await page.evaluate(
        (text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror") === null,
        svg,
      );
      assert.ok(sound);
    }
  }));
