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
async function framed({ url }, sandbox, work) {
  const frame = `<iframe ${sandbox} src="${url}embed.html?widget=descent" width="800" height="900" title="A chart"></iframe>`;
  const host = await startServer({
    pages: { "/favicon.ico": "", "/host.html": `<!doctype html><html lang="en"><title>Host</title>${frame}</html>` },
  });
  const { page, context } = await open(browser, `${host.url}host.html`);
  try {
    await work(page.frameLocator("iframe"), page);
  } finally {
    await context.close();
    await host.close();
  }
}

test("a frame whose scripts cannot be loaded says so, and one whose scripts run does not", async () => {
  await framed(closed, 'sandbox="allow-scripts"', async (frame) => {
    await frame.getByText("may not load").waitFor({ timeout: 10_000 });
  });
  await framed(site, 'sandbox="allow-scripts"', async (frame) => {
    await frame.locator("downhill-descent .knob").first().waitFor();
    assert.equal(await frame.locator("#missing").count(), 0);
  });
});

test("a frame that saves a file says what to think when none comes", async () => {
  await framed(site, 'sandbox="allow-scripts"', async (frame) => {
    await frame.getByRole("button", { name: "Share" }).click();
    await frame.getByRole("menuitem", { name: "Save picture (SVG)" }).click();
    await frame.getByText("does not allow downloads").waitFor();
  });
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
