// The same bits everywhere: every reference case and a training of 200 steps, natively, in Chromium, in a worker and in Firefox.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launch, startServer } from "./support.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Computes all the lines and sends them to the server, as the first word of the address's fragment. */
const SCRIPT = `
  import * as core from "/web/dist/core.js";
  import { bitsOf, FILES, replay } from "/tests/reference/replay.mjs";
  const name = self.name || location.hash.slice(1);
  try {
    await core.init();
    const read = async (file) => [file, await (await fetch("/tests/reference/" + file)).text()];
    const texts = Object.fromEntries(await Promise.all(FILES.map(read)));
    const lines = [...replay(core, texts)].map(bitsOf);
    await fetch("/lines/" + name, { method: "POST", body: lines.join("\\n") });
  } catch (error) {
    await fetch("/failed/" + name, { method: "POST", body: String(error) + "\\n" + error.stack });
  }`;

const PAGE = `<!doctype html><meta charset="utf-8"><title>bits</title><link rel="icon" href="data:,">
  <script type="module">${SCRIPT}</script>`;
const WORKER_PAGE = `<!doctype html><meta charset="utf-8"><title>worker</title><link rel="icon" href="data:,">
  <script>new Worker("/bits.js", { type: "module", name: "worker" });</script>`;

const waiting = new Map();
let server;
let native;

before(async () => {
  server = await startServer({
    folder: ".",
    pages: { "/bits.html": PAGE, "/bits.js": SCRIPT, "/worker.html": WORKER_PAGE },
    onPost: (path, body) => {
      const [, kind, name] = path.split("/");
      const { resolve, reject } = waiting.get(name) ?? {};
      if (kind === "lines") resolve?.(body.split("\n"));
      else reject?.(new Error(`In ${name}: ${body}`));
    },
  });
  const cargo = process.env.CARGO || "cargo";
  const program = ["run", "--quiet", "--locked", "--package", "downhill-descent", "--example", "replay", "--"];
  const { stdout } = await promisify(execFile)(cargo, [...program, "tests/reference"], { cwd: root, maxBuffer: 1e9 });
  native = stdout.trimEnd().split("\n");
});

after(() => server?.close());

/** What the page or worker of this name sends. */
function lines(name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Nothing came from ${name} in two minutes.`)), 120_000);
    const settle = (how) => (value) => {
      clearTimeout(timer);
      how(value);
    };
    waiting.set(name, { resolve: settle(resolve), reject: settle(reject) });
  });
}

function assertSame(got, where) {
  const short = (line) => line?.slice(0, 160);
  const different = native.flatMap((line, index) => (line === got[index] ? [] : [[short(line), short(got[index])]]));
  assert.deepEqual(different, [], `native on the left, ${where} on the right`);
  assert.equal(got.length, native.length);
  // The files hold 3,984 lists of numbers; fewer would mean that some were left out on both sides.
  assert.ok(native.length >= 3984, `${native.length} lists`);
}

function told(where) {
  const numbers = native.reduce((sum, line) => sum + line.split(" ").length - 2, 0);
  console.log(`figure: C5 native = ${where}: ${numbers} numbers in ${native.length} lists, the same bits`);
}

test("Chromium computes the native bits, in a page and in a worker", async () => {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    for (const [name, path] of [
      ["chromium", "bits.html#chromium"],
      ["worker", "worker.html"],
    ]) {
      const sent = lines(name);
      await page.goto(server.url + path);
      assertSame(await sent, name);
    }
    told("Chromium, also in a worker");
  } finally {
    await browser.close();
  }
});

const firefox = process.env.FIREFOX;

test("Firefox computes the native bits", { skip: firefox ? false : "Firefox was not found" }, async () => {
  const profile = await mkdtemp(join(tmpdir(), "downhill-firefox-"));
  await writeFile(join(profile, "user.js"), QUIET);
  const sent = lines("firefox");
  const child = spawn(firefox, ["--headless", "--no-remote", "--profile", profile, `${server.url}bits.html#firefox`], {
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
    stdio: "ignore",
  });
  child.on("error", (error) => waiting.get("firefox").reject(error));
  const gone = new Promise((resolve) => child.on("exit", resolve));
  try {
    assertSame(await sent, "Firefox");
    told("Firefox");
  } finally {
    child.kill();
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** No first-run pages and no calls home. */
const QUIET = [
  ["browser.shell.checkDefaultBrowser", false],
  ["browser.startup.homepage_override.mstone", "ignore"],
  ["datareporting.policy.dataSubmissionEnabled", false],
  ["toolkit.telemetry.reportingpolicy.firstRun", false],
  ["app.update.enabled", false],
  ["app.normandy.enabled", false],
  ["network.captive-portal-service.enabled", false],
  ["network.connectivity-service.enabled", false],
  ["browser.aboutwelcome.enabled", false],
]
  .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
  .join("\n");
