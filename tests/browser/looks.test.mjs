// How a widget looks on pages of every kind: the page's colours and its style of text, whenever they come, and those of the reader.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations, launch } from "./support.mjs";
import { openWidget, pageWith, served } from "./widget.mjs";

const DESCENT = "downhill-descent";
const HOST = "body{background:#fff;color:#222}";
const DARK = "{background:#111;color:#eee}";
const hosted = (css, body = `<${DESCENT}></${DESCENT}>`) =>
  pageWith(body, { tokens: false, head: `<style>${HOST}${css}</style>` });

const site = served({
  "/favicon.ico": "",
  "/all.html": pageWith(
    "<downhill-descent></downhill-descent><downhill-houses></downhill-houses><downhill-tangent></downhill-tangent>",
  ),
  "/attribute.html": hosted(`[data-bs-theme=dark] body${DARK}`),
  "/body.html": hosted(`body[data-jp-theme-light=false]${DARK}`),
  "/wrapper.html": hosted(`.night${DARK}`, `<div id="wrapper"><section><${DESCENT}></${DESCENT}></section></div>`),
  "/slow.html": hosted(`body{transition:all 300ms} .night body${DARK}`),
  "/plain.html": hosted(""),
  "/swapped.html": pageWith(`<${DESCENT}></${DESCENT}>`, {
    tokens: false,
    head: '<link rel="stylesheet" id="sheet" href="/light.css">',
  }),
  "/light.css": HOST,
  "/dark.css": `body${DARK}`,
  "/styled.html": hosted("", `<div id="wrapper"><${DESCENT}></${DESCENT}></div>`),
  "/rtl.html": hosted("", `<div dir="rtl" id="wrapper"><${DESCENT}></${DESCENT}></div>`),
});

/** How a page turns dark when it has been light for a while. */
const TURNS = {
  "an attribute of the root": ["attribute.html", () => document.documentElement.setAttribute("data-bs-theme", "dark")],
  "an attribute of the body": ["body.html", () => document.body.setAttribute("data-jp-theme-light", "false")],
  "a class of what is around it": ["wrapper.html", () => document.getElementById("wrapper").classList.add("night")],
  "a class, slowly": ["slow.html", () => document.documentElement.classList.add("night")],
  "a style that is added": [
    "plain.html",
    () =>
      document.body.append(
        Object.assign(document.createElement("style"), {
          textContent: "body{background:#111!important;color:#eee!important}",
        }),
      ),
  ],
  "a stylesheet that is swapped": [
    "swapped.html",
    () => {
      document.getElementById("sheet").href = "/dark.css";
    },
  ],
  "a sheet that a script adopts, once one touches the widget": [
    "plain.html",
    () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("body{background:#111!important;color:#eee!important}");
      document.adoptedStyleSheets.push(sheet);
    },
    (page) => page.locator(DESCENT).hover(),
  ],
};

for (const [how, [path, turn, touch]] of Object.entries(TURNS)) {
  test(`a page that turns dark by ${how} is followed`, () =>
    site.opened(path, async (page) => {
      const root = page.locator(DESCENT).locator(".root");
      assert.match(await root.getAttribute("class"), /light/);
      await page.evaluate(turn);
      await touch?.(page);
      await page.waitForFunction(
        (tag) => {
          const root = document.querySelector(tag).shadowRoot.querySelector(".root");
          return root.matches(".dark.hosted") && getComputedStyle(root).color === "rgb(238, 238, 238)";
        },
        DESCENT,
        { timeout: 5000 },
      );
    }));
}

for (const colorScheme of ["light", "dark"]) {
  test(`forced colours show every number at the axes, every curve and every track (${colorScheme})`, () =>
    site.opened(
      "all.html",
      async (page) => {
        for (const tag of ["downhill-descent", "downhill-houses", "downhill-tangent"]) {
          const { seen, missing, curve } = await page.$eval(tag, numbersSeen);
          assert.ok(seen > 8, `${seen} numbers in ${tag}`);
          assert.deepEqual(missing, [], tag);
          assert.ok(curve === null || curve === 1, `${curve} of the curve in ${tag}`);
        }
        const tracks = await page.locator(".rng").all();
        assert.ok(tracks.length > 1);
        for (const track of tracks) {
          const png = await track.screenshot();
          const drawn = await page.evaluate(shareOfTrack, [...png]);
          assert.ok(drawn > 0.9, `${drawn} of the track`);
        }
      },
      { forcedColors: "active", colorScheme },
    ));
}

/** In the page: which of the numbers that the picture has are seen on its canvases, and how much of the curve that is drawn. */
function numbersSeen(element) {
  const parsed = new DOMParser().parseFromString(element.toSvg(), "image/svg+xml");
  const nested = [...parsed.querySelectorAll("svg svg")];
  const svgs = nested.length ? nested : [parsed.documentElement];
  const stages = [...element.shadowRoot.querySelectorAll(".stage")];
  const missing = [];
  let seen = 0;
  let curve = null;
  svgs.forEach((svg, index) => {
    const layers = stages[index].querySelectorAll("canvas");
    const context = new OffscreenCanvas(layers[0].width, layers[0].height).getContext("2d");
    for (const layer of layers) context.drawImage(layer, 0, 0);
    const [ground] = [svg.querySelector("rect").getAttribute("fill")];
    const channels = (colour) => colour.match(/[\da-f]{2}/gi).map((part) => Number.parseInt(part, 16));
    const paper = channels(ground);
    const inked = (x, y, width, height) => {
      const { data } = context.getImageData(Math.round(x), Math.round(y), width, height);
      for (let i = 0; i < data.length; i += 4) {
        const contrast = paper.reduce((sum, value, channel) => sum + Math.abs(value - data[i + channel]), 0);
        if (data[i + 3] > 128 && contrast > 250) return true;
      }
      return false;
    };
    for (const text of svg.querySelectorAll("text")) {
      if (!/^−?\$?[\d.,]+k?$/.test(text.textContent)) continue;
      const [x, y] = [Number(text.getAttribute("x")), Number(text.getAttribute("y"))];
      const left = { start: x, middle: x - 5, end: x - 10 }[text.getAttribute("text-anchor")];
      if (inked(left, y - 9, 10, 9)) seen += 1;
      else missing.push(text.textContent);
    }
    const path = [...svg.querySelectorAll("path")].find((path) => path.getAttribute("stroke-width") === "2.75");
    if (!path) return;
    const points = [...path.getAttribute("d").matchAll(/L([\d.]+) ([\d.]+)/g)]
      .map(([, x, y]) => [Number(x), Number(y)])
      .filter(
        ([x, y]) => x > 60 && x < stages[index].clientWidth - 60 && y > 40 && y < stages[index].clientHeight - 60,
      );
    curve = points.filter(([x, y]) => inked(x - 2, y - 2, 4, 4)).length / points.length;
  });
  return { seen, missing, curve };
}

/** In the page: how much of the middle row of a picture differs from its corner. */
async function shareOfTrack(bytes) {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const pixel = (x, y) => [...context.getImageData(x, y, 1, 1).data].join();
  const ground = pixel(0, 0);
  let drawn = 0;
  for (let x = 0; x < image.width; x += 1) if (pixel(x, Math.floor(image.height / 2)) !== ground) drawn += 1;
  return drawn / image.width;
}

const STYLES =
  "text-indent:3em; white-space:pre; word-break:break-all; text-shadow:2px 2px 3px red; letter-spacing:.3em; word-spacing:1em; " +
  "text-transform:uppercase; line-height:3; font-style:italic; font-variant:small-caps; text-align:center; hyphens:auto; " +
  "writing-mode:vertical-rl; text-orientation:upright; cursor:wait; list-style:square; tab-size:20; quotes:none";

test("styles of text that the page has around a widget do not change it", () =>
  site.opened("styled.html", async (page) => {
    const look = () =>
      page.$eval(DESCENT, (element) => {
        const style = getComputedStyle(element.shadowRoot.querySelector(".prompt"));
        const names = [...style].filter((name) => !/^(perspective|transform)-origin$|^(block|inline)-size$/.test(name));
        return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
      });
    await page.$eval(DESCENT, (element) => {
      element.style.width = "700px";
    });
    const size = () => page.$eval(DESCENT, ({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
    const [before, place] = [await look(), await size()];
    await page.$eval("#wrapper", (wrapper, css) => wrapper.setAttribute("style", css), STYLES);
    const after = await look();
    const changed = Object.keys(before).filter((name) => after[name] !== before[name]);
    assert.deepEqual(changed, []);
    assert.deepEqual(await size(), place);
  }));

test("beside vertical text, and wherever a page asks how wide it would be, a widget takes room", () =>
  site.opened("styled.html", async (page) => {
    for (const css of ["writing-mode:vertical-rl", "display:flex", "float:left", "display:inline-block"]) {
      const [width, height] = await page.$eval(
        "#wrapper",
        (wrapper, css) => {
          wrapper.style.cssText = css;
          const { clientWidth, clientHeight } = wrapper.firstElementChild;
          return [clientWidth, clientHeight];
        },
        css,
      );
      assert.ok(width >= 600 && height > 600, `${width} by ${height} pixels in ${css}`);
    }
  }));

test("what a page hides or switches off stays hidden and off", () =>
  site.opened("styled.html", async (page) => {
    await page.$eval("#wrapper", (wrapper) => {
      wrapper.style.cssText = "visibility:hidden; pointer-events:none";
    });
    const style = await page.$eval(DESCENT, (element) => {
      const { visibility, pointerEvents } = getComputedStyle(element.shadowRoot.querySelector("button"));
      return [visibility, pointerEvents];
    });
    assert.deepEqual(style, ["hidden", "none"]);
  }));

test("in a page that is read from the right, mathematics and sliders go from left to right", () =>
  site.opened("rtl.html", async (page) => {
    const [field, rate, terms] = await page.$eval(DESCENT, (element) => {
      const root = element.shadowRoot;
      const direction = (selector) => getComputedStyle(root.querySelector(selector)).direction;
      const terms = [...root.querySelectorAll(".leq .s")].map((term) => term.getBoundingClientRect().left);
      return [direction(".formula input"), direction(".rng"), terms];
    });
    assert.deepEqual([field, rate], ["ltr", "ltr"]);
    assert.deepEqual(
      terms,
      [...terms].sort((a, b) => a - b),
    );
  }));

test("where a reader has larger text on all pages, words and pictures are larger, sharp and still under the pointer", async () => {
  const browser = await launch({ args: ["--blink-settings=defaultFontSize=24"] });
  try {
    const { page, errors } = await openWidget(browser, `${site.server.url}plain.html`, { deviceScaleFactor: 2 });
    const seen = await page.$eval(DESCENT, (element) => {
      const { shadowRoot } = element;
      const [canvas, words] = [".live", ".explain"].map((query) => shadowRoot.querySelector(query));
      const box = canvas.getBoundingClientRect();
      return {
        zoom: words.currentCSSZoom,
        sharp: canvas.width / box.width,
        host: element.getBoundingClientRect().width,
        around: element.parentElement.clientWidth,
        wide: element.scrollWidth - element.clientWidth,
        ball: [box.left + 1.5 * element.readout.handles[0].x, box.top + 1.5 * element.readout.handles[0].y],
      };
    });
    assert.equal(seen.zoom, 1.5);
    assert.ok(Math.abs(seen.sharp - 2) < 0.01, `${seen.sharp} pixels of the canvas for one of the page`);
    assert.ok(seen.host <= seen.around + 1 && seen.wide <= 0, JSON.stringify(seen));
    // It moves as far as the mouse.
    await page.mouse.move(...seen.ball);
    await page.mouse.down();
    await page.mouse.move(seen.ball[0] + 60, seen.ball[1]);
    const moved = await page.$eval(DESCENT, (element) => {
      const box = element.shadowRoot.querySelector(".live").getBoundingClientRect();
      return box.left + 1.5 * element.readout.handles[0].x;
    });
    assert.ok(Math.abs(moved - seen.ball[0] - 60) < 1, `${moved} for ${seen.ball[0] + 60}`);
    await page.mouse.up();
    // A page that sets a zoom of its own has the last word.
    await page.$eval(DESCENT, (element) => {
      element.style.zoom = "1";
    });
    assert.equal(await page.$eval(DESCENT, ({ currentCSSZoom }) => currentCSSZoom), 1);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
});

test("nothing sticks out of a column of 120 pixels", () =>
  site.opened("all.html", async (page) => {
    for (const tag of ["downhill-descent", "downhill-houses", "downhill-tangent"]) {
      await page.$eval(tag, (element) => {
        element.style.width = "120px";
      });
      const wide = await page.$eval(tag, ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      assert.ok(wide <= 0, `${tag}: ${wide} pixels`);
    }
  }));

test("an equation that is longer than its place is reached and scrolled by keys, and only then", () =>
  site.opened("plain.html", async (page) => {
    const line = page.locator(DESCENT).locator(".leq");
    assert.equal(await line.getAttribute("tabindex"), null);
    await page.$eval(DESCENT, (element) => {
      element.style.width = "200px";
    });
    await page.waitForFunction(
      (tag) => document.querySelector(tag).shadowRoot.querySelector(".leq").tabIndex === 0,
      DESCENT,
    );
    await line.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      (tag) => document.querySelector(tag).shadowRoot.querySelector(".leq").scrollLeft > 0,
      DESCENT,
    );
    assert.deepEqual(await axeViolations(page, { include: DESCENT }), []);
  }));

test("a widget that is moved into another document keeps its style and its moment", () =>
  site.opened("plain.html", async (page) => {
    const [position, steps] = await page.$eval(DESCENT, async (element) => {
      element.step(2);
      const frame = document.createElement("iframe");
      document.body.append(frame);
      frame.contentDocument.body.append(element);
      await element.updateComplete;
      const stage = element.shadowRoot.querySelector(".stage");
      return [frame.contentWindow.getComputedStyle(stage).position, element.readout.steps];
    });
    assert.deepEqual([position, steps], ["relative", 2]);
  }));
