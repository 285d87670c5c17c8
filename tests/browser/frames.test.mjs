// A chart on the page of somebody else, in a frame or by its link: what it says where it cannot do its work, and how it is announced.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, startServer } from "./support.mjs";
import { ready } from "./widget.mjs";

let site;
let closed;
let browser;

before(async () => {
  site = await startServer();
  // As most hosts: scripts may not be loaded by pages of no origin.
  closed = await startServer({ headers: { "Access-Control-Allow-Origin": "https://else.example" } });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
  await closed?.close();
});

/** A page of another site with this server's chart in a frame. */
async function framed({ url }, sandbox, work, route) {
  const frame = `<iframe ${sandbox} src="${url}embed.html?widget=descent" width="800" height="900" title="A chart"></iframe>`;
  const host = await startServer({
    pages: { "/favicon.ico": "", "/host.html": `<!doctype html><html lang="en"><title>Host</title>${frame}</html>` },
  });
  const { page, context } = await open(browser, "about:blank");
  if (route) await page.route(...route);
  await page.goto(`${host.url}host.html`, { waitUntil: "commit" });
  try {
    await work(page.frameLocator("iframe"), page);
  } finally {
    await context.close();
    await host.close();
  }
}

test("a frame whose scripts cannot be loaded says so, and one whose scripts run does not", async () => {
  await framed(closed, 'sandbox="allow-scripts"', async (frame) => {
    await frame.getByText("has not come yet").waitFor({ timeout: 10_000 });
  });
  await framed(site, 'sandbox="allow-scripts"', async (frame) => {
    await frame.locator("downhill-descent .knob").first().waitFor();
    assert.equal(await frame.locator("#missing").count(), 0);
  });
});

test("a frame that waits for a slow script says so until it comes", async () => {
  let come;
  const told = new Promise((resolve) => {
    come = resolve;
  });
  const late = async (route) => {
    await told;
    await route.continue();
  };
  const slow = async (frame) => {
    await frame.getByText("has not come yet").waitFor({ timeout: 10_000 });
    come();
    await frame.locator("downhill-descent .knob").first().waitFor();
    assert.equal(await frame.locator("#missing").count(), 0);
  };
  await framed(site, "", slow, ["**/downhill.js", late]);
});

test("where no script may run, a chart's page says that alone, in a frame and in a tab", async () => {
  const said = (place) =>
    place
      .locator("main")
      .evaluate((main) =>
        [...main.querySelectorAll("p.said")]
          .filter((line) => getComputedStyle(line).display !== "none")
          .map((line) => line.textContent),
      );
  await framed(site, 'sandbox=""', async (frame) => {
    await frame.locator("noscript p").waitFor();
    assert.deepEqual(await said(frame), ["This chart needs scripts, and none may run here."]);
  });
  const { page, context } = await open(browser, `${site.url}embed.html?widget=descent`, { javaScriptEnabled: false });
  assert.deepEqual(await said(page), ["This chart needs scripts, and none may run here."]);
  await context.close();
});

test("a chart whose engine does not come points to words only where there are some", async () => {
  const noEngine = ["**/*.wasm", (route) => route.abort()];
  const card = async (frame) => {
    await frame.locator(".failed").waitFor();
    assert.equal(await frame.getByRole("status").first().textContent(), "This picture cannot move in your browser.");
  };
  await framed(site, "", card, noEngine);
  const words = `<!doctype html><html lang="en"><title>Words</title><script type="module" src="/downhill.js"></script>
    <downhill-descent>Each step is a tenth of the slope.</downhill-descent></html>`;
  const host = await startServer({ pages: { "/favicon.ico": "", "/words.html": words } });
  const { page, context } = await open(browser, "about:blank");
  await page.route(...noEngine);
  await page.goto(`${host.url}words.html`);
  await page.getByText("This picture cannot move in your browser. What it shows is written here.").waitFor();
  await context.close();
  await host.close();
});

/** What a frame says after a picture was asked for, and whether a file came. */
async function saved(frame, page) {
  const files = [];
  page.on("download", (download) => files.push(download.suggestedFilename()));
  const share = frame.getByRole("button", { name: "Share" });
  await share.click();
  await frame.getByRole("menuitem", { name: "Save picture (SVG)" }).click();
  await frame.getByRole("menu").waitFor({ state: "detached" });
  return { files, said: await frame.locator(".share .said").textContent() };
}

test("a frame says of downloads what it can know, and nothing where the file comes", async () => {
  // Of a page of another host nothing is known.
  for (const sandbox of ["", 'sandbox="allow-scripts"', 'sandbox="allow-scripts allow-downloads"']) {
    await framed(site, sandbox, async (frame, page) => {
      const { said } = await saved(frame, page);
      assert.equal(said, "The file comes if the page around this frame allows downloads.", sandbox);
    });
  }
  // A page of the same host can be asked.
  const frame = (sandbox) =>
    `<!doctype html><html lang="en"><title>Host</title><iframe ${sandbox} src="/embed.html?widget=descent" width="800" height="900" title="A chart"></iframe></html>`;
  const refused = "This frame does not allow downloads. Copy the link and open it in a tab of its own.";
  for (const [sandbox, sentence] of [
    ["", ""],
    ['sandbox="allow-scripts allow-same-origin allow-downloads"', ""],
    ['sandbox="allow-scripts allow-same-origin"', refused],
  ]) {
    const host = await startServer({ pages: { "/favicon.ico": "", "/host.html": frame(sandbox) } });
    const { page, context } = await open(browser, `${host.url}host.html`);
    const came = sentence === "" ? page.waitForEvent("download") : undefined;
    const { said, files } = await saved(page.frameLocator("iframe"), page);
    await came;
    assert.deepEqual([said, files.length], [sentence, sentence === "" ? 1 : 0], sandbox);
    await context.close();
    await host.close();
  }
});

test("a moment's link has a title, a picture for chats, and a way to the course", async () => {
  const { page, context } = await open(browser, `${site.url}embed.html?widget=houses`);
  await ready(page);
  const prompt = await page.$eval("downhill-houses", (element) => element.readout.prompt);
  await page.waitForFunction((prompt) => document.title === `${prompt} · Downhill`, prompt);
  assert.ok(await page.getByRole("link", { name: "The course" }).isVisible());
  await context.close();
  await framed(site, "", async (frame) => {
    await frame.locator("downhill-descent .knob").first().waitFor();
    assert.ok(await frame.getByRole("link", { name: "The course" }).isHidden());
  });
});

for (const path of ["index.html", "embed.html", "teach.html", "course/index.html"]) {
  test(`${path} is announced by a title, a sentence and a picture that is there`, async () => {
    const { page, context } = await open(browser, site.url + path);
    const [title, description, image] = await page.evaluate(() =>
      ["title", "description", "image"].map((name) =>
        document.querySelector(`meta[property="og:${name}"]`)?.getAttribute("content"),
      ),
    );
    assert.ok(title?.length > 5 && description?.length > 20, `${title}: ${description}`);
    const picture = await context.request.get(new URL(image, page.url()).href);
    assert.ok(picture.ok() && (await picture.body()).length > 10_000);
    await context.close();
  });
}
