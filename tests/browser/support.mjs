// What every browser test needs: the built site on a port of its own, the system's Chromium, axe.
//
//   import { after, before, test } from "node:test";
//   import { launch, startServer } from "./support.mjs";

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize, resolve, sep } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
// The packages are those of web/; nothing is installed beside the tests.
const packages = createRequire(join(root, "web/package.json"));
const { chromium } = packages("playwright-core");
const esbuild = packages("esbuild");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".csv": "text/csv; charset=utf-8",
};

/**
 * Serves a folder (the built site unless told) on a free port. `pages` are further pages and scripts by path, for tests that need
 * some of their own; `onPost` gets the path and the text of what a page sends. Other hosts may load what it serves, as from any
 * static host that serves a library.
 */
export async function startServer({ folder = "dist", headers = {}, pages = {}, onPost } = {}) {
  const base = resolve(root, folder);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const own = pages[path];
    const wanted = normalize(join(base, path.endsWith("/") ? `${path}index.html` : path));
    const send = (status, type, body) => {
      response.writeHead(status, {
        "Content-Type": type,
        "Cache-Control": "no-store",
        "Access-Control-Allow-Origin": "*",
        ...headers,
      });
      response.end(body);
    };
    if (request.method === "POST") {
      onPost?.(path, await text(request));
      send(204, "text/plain", "");
    } else if (own !== undefined) {
      send(200, TYPES[extname(path)] ?? TYPES[".html"], own);
    } else if (!wanted.startsWith(base + sep)) {
      send(404, "text/plain", "There is no such page.");
    } else {
      await readFile(wanted).then(
        (body) => send(200, TYPES[extname(wanted)] ?? "application/octet-stream", body),
        () => send(404, "text/plain", "There is no such page."),
      );
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  // A test that fails before it closes its server must not keep the run waiting.
  server.unref();
  const { port } = server.address();
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(done);
      }),
  };
}

/** A module of web/ with all that it imports, as an address that `import()` takes. */
export async function bundled(file) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "web", file)],
    bundle: true,
    format: "esm",
    write: false,
  });
  return `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`;
}

/** A script with all the packages that it imports, as text for a page; in `development` they say what they think of the page. */
export async function scriptOf(contents, mode = "production") {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: join(root, "web") },
    bundle: true,
    format: "esm",
    write: false,
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    logLevel: "error",
  });
  return outputFiles[0].text;
}

/** Starts the Chromium that `cargo xtask test` found (or the one on PATH when a test file is run by hand). */
export function launch(options = {}) {
  const { args = [], ...rest } = options;
  return chromium.launch({
    executablePath: process.env.CHROME || "/usr/bin/chromium",
    // The sandbox needs privileges that root in a container lacks, and nothing foreign is loaded.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      ...args,
    ],
    ...rest,
  });
}

/** A PDF as a printer would set it: `read` gives the words of all pages, and `count` the pixels that are nearly of a colour. */
export async function pixelsOfPdf() {
  const { PDFiumLibrary } = packages("@hyzyla/pdfium");
  const library = await PDFiumLibrary.init();
  async function read(bytes) {
    const document = await library.loadDocument(bytes);
    const counts = new Map();
    let words = "";
    for (const page of document.pages()) {
      words += page.getText();
      const { data } = await page.render({ scale: 1, render: "bitmap" });
      for (let i = 0; i < data.length; i += 4) {
        const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
    }
    document.destroy();
    return { words, count: (colour) => nearly(counts, colour) };
  }
  return { read, close: () => library.destroy() };
}

/** How often a colour, or one that no eye tells from it, was counted. */
function nearly(counts, colour, reach = 6) {
  const channels = (rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
  const wanted = channels(Number.parseInt(colour.slice(1), 16));
  let sum = 0;
  for (const [rgb, count] of counts) {
    if (channels(rgb).every((value, i) => Math.abs(value - wanted[i]) <= reach)) sum += count;
  }
  return sum;
}

/** Opens `url` in a context of its own and keeps what a test may want to deny: errors, and requests to other hosts. */
export async function open(browser, url, contextOptions = {}) {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  const errors = [];
  const requests = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") {
      errors.push(message.text());
    }
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url, { waitUntil: "load" });
  return { page, context, errors, requests };
}

/** The WCAG 2.2 A and AA violations that axe finds on the page, as short lines; shadow roots included. */
export async function axeViolations(page, { include } = {}) {
  const source = await readFile(packages.resolve("axe-core/axe.min.js"), "utf8");
  // Evaluated by the debugger, so a strict policy of the page does not stand in the way.
  await page.evaluate(source);
  const violations = await page.evaluate(async (selector) => {
    const run = await globalThis.axe.run(selector ?? document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return run.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map((node) => node.target.join(" ")),
    }));
  }, include ?? null);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.join(", ")})`);
}
