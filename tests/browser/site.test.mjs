// The built site as a whole: its pages load, name only files that exist, and ask other hosts for nothing.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, startServer } from "./support.mjs";

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

for (const path of ["index.html", "course/index.html"]) {
  test(`${path} loads without an error and asks other hosts for nothing`, async () => {
    const { page, context, errors, requests } = await open(browser, server.url + path);
    assert.notEqual(await page.title(), "");
    assert.deepEqual(errors, []);
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:")),
      [],
    );
    await context.close();
  });

  test(`every link of ${path} within the site leads somewhere`, async () => {
    const { page, context } = await open(browser, server.url + path);
    const links = await page.$$eval("a[href]", (anchors) => anchors.map((anchor) => anchor.href.split("#")[0]));
    const lost = [];
    for (const link of new Set(links.filter((url) => url.startsWith(server.url)))) {
      const response = await context.request.get(link);
      if (!response.ok()) {
        lost.push(link);
      }
    }
    assert.deepEqual(lost, []);
    await context.close();
  });
}

test("the engine starts in a page of another origin", async () => {
  const page = `<!doctype html><title>host</title><link rel="icon" href="data:,"><script type="module">
    import { init } from "${server.url}core.js";
    await init();
    document.title = "started";
  </script>`;
  const host = await startServer({ pages: { "/host.html": page } });
  const opened = await open(browser, `${host.url}host.html`);
  await opened.page.waitForFunction(() => document.title === "started");
  assert.deepEqual(opened.errors, []);
  await opened.context.close();
  await host.close();
});
