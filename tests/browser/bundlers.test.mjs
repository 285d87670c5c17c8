// What a page's own tools make of the package: webpack, Vite, esbuild, and React that renders on a server first.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launch, open, scriptOf, startServer } from "./support.mjs";
import { readout, ready } from "./widget.mjs";

const web = fileURLToPath(new URL("../../web/", import.meta.url));
const packages = createRequire(join(web, "package.json"));

const CHARTS = `<downhill-descent function="x^2" start="3" learning-rate="0.25">Words.</downhill-descent>
  <downhill-houses>Words.</downhill-houses>`;

let browser;
let folder;

before(async () => {
  browser = await launch();
  // The package as npm would install it, and outside of this tree, so that no tool finds anything of ours.
  folder = await mkdtemp(join(tmpdir(), "downhill-page-"));
  const installed = join(folder, "node_modules/downhill");
  for (const part of [...JSON.parse(await readFile(join(web, "package.json"), "utf8")).files, "package.json"]) {
    await cp(join(web, part), join(installed, part), { recursive: true });
  }
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

function html(script) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
    <script type="module" src="${script}"></script></head><body><h1>A page</h1>${CHARTS}</body></html>`;
}

/** A project of somebody's with these files, in a folder of its own beside the package. */
async function project(name, files) {
  const root = join(folder, name);
  for (const [path, text] of Object.entries({ "package.json": '{ "private": true, "type": "module" }', ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Opens what was built and asks that its charts answer, without a request to anywhere else. */
async function assertLive(built) {
  const server = await startServer({ folder: built });
  const opened = await open(browser, `${server.url}index.html`);
  try {
    await assertAnswers(opened.page);
    assert.deepEqual(opened.errors, []);
    assert.deepEqual(
      opened.requests.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:")),
      [],
    );
  } finally {
    await opened.context.close();
    await server.close();
  }
}

/** Two charts that show something, one of which takes a step, on a page that credits nobody for what is its own. */
async function assertAnswers(page) {
  // A script that never came would keep what follows waiting for good.
  await page.waitForFunction(() => customElements.get("downhill-descent"), undefined, { timeout: 10_000 });
  await ready(page);
  const before = await readout(page, "downhill-descent");
  assert.deepEqual([before.at, before.warnings], [[3], []]);
  await page.locator("downhill-descent").getByRole("button", { name: "Step", exact: true }).click();
  // x − 0.25 · 2x
  await page.waitForFunction(() => document.querySelector("downhill-descent").readout.at[0] === 1.5);
  for (const tag of ["downhill-descent", "downhill-houses"]) {
    assert.ok(await painted(page, tag), `${tag} shows nothing`);
    assert.equal(await page.locator(tag).locator(".credit").count(), 0, tag);
  }
}

/** Whether anything was drawn on the canvases of an element. */
function painted(page, tag) {
  return page.$eval(tag, (element) =>
    [...element.shadowRoot.querySelectorAll(".stage canvas")].some((canvas) =>
      canvas
        .getContext("2d")
        .getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value) => value > 0),
    ),
  );
}

test("webpack builds a page with the package without a warning, and its charts answer", async () => {
  const root = await project("webpack", { "src/index.js": 'import "downhill";', "dist/index.html": html("main.js") });
  // Any engine is larger than webpack likes a file to be, so what it says of sizes is no finding; the documentation tells of it.
  const output = { path: join(root, "dist") };
  const options = { context: root, output, mode: "production", performance: { hints: false } };
  const stats = await promisify(packages("webpack"))(options);
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual(
    [...errors, ...warnings].map(({ message }) => message),
    [],
  );
  await assertLive(join(root, "dist"));
});

test("Vite builds a page with the package without a warning, and its charts answer", async (t) => {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major === 20 && minor < 19) {
    console.log("skipped: what Vite makes of the package, for Vite needs Node 20.19");
    t.skip();
    return;
  }
  const root = await project("vite", { "main.js": 'import "downhill";', "index.html": html("/main.js") });
  const { build, createLogger } = await import(pathToFileURL(packages.resolve("vite")).href);
  const said = [];
  const say = (message) => said.push(message);
  const customLogger = { ...createLogger("silent"), warn: say, warnOnce: say, error: say };
  await build({ root, configFile: false, customLogger });
  assert.deepEqual(said, []);
  await assertLive(join(root, "dist"));
});

/** As the documentation has it: `--bundle --format=esm`. */
async function bundle(root) {
  const { warnings } = await packages("esbuild").build({
    absWorkingDir: root,
    entryPoints: ["main.js"],
    bundle: true,
    format: "esm",
    outdir: "dist",
    logLevel: "silent",
  });
  assert.deepEqual(warnings, []);
}

test("esbuild bundles the package without a warning, and its charts answer with the two files beside the bundle", async () => {
  const root = await project("esbuild", { "main.js": 'import "downhill";', "dist/index.html": html("main.js") });
  await bundle(root);
  for (const file of ["downhill.wasm", "ames.csv"]) {
    await cp(join(folder, "node_modules/downhill/dist", file), join(root, "dist", file));
  }
  await assertLive(join(root, "dist"));
});

test("a page that says right after the import where the files are needs none beside its script", async () => {
  const main = `import { init } from "downhill";
    init({ wasm: "files/engine.wasm", tables: { ames: new URL("files/sales.csv", document.baseURI) } });`;
  const root = await project("elsewhere", { "main.js": main, "dist/index.html": html("main.js") });
  await bundle(root);
  await cp(join(folder, "node_modules/downhill/dist/downhill.wasm"), join(root, "dist/files/engine.wasm"));
  await cp(join(folder, "node_modules/downhill/dist/ames.csv"), join(root, "dist/files/sales.csv"));
  await assertLive(join(root, "dist"));
});

/** What is rendered in Node and in the browser alike: every kind of widget, settings by attribute and by property, text, number and switch. */
const APP = `export const app = (h, props) => h("main", null, h("h1", null, "An app"),
  h("downhill-descent", { function: "x^2", start: 3, learningRate: 0.25, theme: "dark", lang: "de", ...props }, h("p", null, "Words.")),
  h("downhill-descent", { id: "second", function: "x^2", start: "-1", "learning-rate": "0.125", domain: "-4 4", className: "wide", controls: "step" }, "Words."),
  h("downhill-houses", { standardize: "false", features: "year_built", style: { display: "block" } }, "Words."),
  h("downhill-tangent", { function: "x^3", at: 2, secondPoint: 0.5, showDerivative: true, more: "open", shortcuts: "off" }, "Words."));`;

/** `hydrate` resolves once React has taken the page over; `show` renders other props. React says what it thinks only in development. */
const HYDRATION = (app) => `
  import { createElement, useEffect } from "react";
  import { flushSync } from "react-dom";
  import { hydrateRoot } from "react-dom/client";
  import { app } from ${JSON.stringify(app)};
  window.heard = [];
  window.problems = [];
  // React itself hands no listener of such events to what it finds rendered.
  const listen = (element) => element?.addEventListener("downhill-change", ({ type }) => window.heard.push(type));
  let root;
  window.hydrate = () => new Promise((done) => {
    function App() {
      useEffect(done, []);
      return app(createElement, { ref: listen });
    }
    const onRecoverableError = (error) => window.problems.push(String(error));
    root = hydrateRoot(document.getElementById("app"), createElement(App), { onRecoverableError });
  });
  window.show = (props) => flushSync(() => root.render(app(createElement, { ref: listen, ...props })));
  window.loaded = true;`;

async function rendered() {
  const render = `
    import { createRequire } from "node:module";
    import "downhill";
    import { app } from "./app.js";
    const packages = createRequire(process.argv[2]);
    process.stdout.write(packages("react-dom/server").renderToString(app(packages("react").createElement)));`;
  const root = await project("react", { "app.js": APP, "render.js": render });
  const program = [join(root, "render.js"), join(web, "package.json")];
  const { stdout, stderr } = await promisify(execFile)("node", program, {
    env: { ...process.env, NODE_ENV: "development" },
  });
  assert.equal(stderr, "", "rendering on the server");
  return { markup: stdout, script: await scriptOf(HYDRATION(join(root, "app.js")), "development") };
}

test("React renders the elements on a server and takes them over in the browser, whenever that is, without a word", async () => {
  const { markup, script } = await rendered();
  assert.match(markup, /<downhill-descent [^>]*learningRate="0.25"/);
  const page = (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An app</title></head>
    <body><div id="app">${body}</div><script type="module" src="/app.js"></script></body></html>`;
  const pages = {
    "/favicon.ico": "",
    "/app.js": script,
    "/app.html": page(markup),
    "/other.html": page(markup.replace('theme="dark"', 'theme="light"')),
  };
  const server = await startServer({ pages });
  const define = (page) => page.evaluate(() => import("/downhill.js").then(() => undefined));
  const hydrate = (page) => page.evaluate(() => window.hydrate());
  const press = (page) => page.locator("downhill-descent").first().locator(".knob").first().press("ArrowLeft");
  const moments = {
    "before the elements are known": async (page) => {
      await hydrate(page);
      await define(page);
    },
    "when they are known": (page) => page.evaluate(() => import("/downhill.js").then(() => window.hydrate())),
    "when they answer": async (page) => {
      await define(page);
      await ready(page);
      await hydrate(page);
    },
    "when a reader has moved one": async (page) => {
      await define(page);
      await ready(page);
      await press(page);
      await hydrate(page);
    },
  };
  try {
    for (const [moment, take] of Object.entries(moments)) {
      const { page, context, errors } = await open(browser, `${server.url}app.html`);
      page.on("console", (message) => message.type() === "warning" && errors.push(message.text()));
      await page.waitForFunction(() => window.loaded);
      await take(page);
      await ready(page);
      const [first, second] = await page.$$eval("downhill-descent", (all) => all.map(({ readout }) => readout));
      assert.deepEqual([first.learningRate, second.learningRate], [0.25, 0.125], moment);
      assert.deepEqual([second.at, second.domain, second.warnings], [[-1], [-4, 4], []], moment);
      assert.equal(await page.$eval("downhill-descent", ({ theme }) => theme), "dark", moment);
      assert.deepEqual((await readout(page, "downhill-tangent")).at, 2, moment);
      await press(page);
      assert.deepEqual(await page.evaluate(() => window.heard.splice(0)), ["downhill-change"], moment);
      await page.evaluate(() => window.show({ learningRate: 0.5, theme: "light" }));
      const told = await page.$eval("downhill-descent", ({ learningRate, theme }) => [learningRate, theme]);
      assert.deepEqual(told, [0.5, "light"], moment);
      assert.deepEqual([...errors, ...(await page.evaluate(() => window.problems))], [], moment);
      await context.close();
    }
    // React does speak where server and browser differ: this is what was listened for.
    const { page, context, errors } = await open(browser, `${server.url}other.html`);
    await page.waitForFunction(() => window.loaded);
    await hydrate(page);
    assert.match(errors.join(), /didn't match/);
    await context.close();
  } finally {
    await server.close();
  }
});
