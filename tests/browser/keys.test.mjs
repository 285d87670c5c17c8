// Keys and drops that a widget uses are its own: a page that turns a slide at → must not turn it as well.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageWith, readout, served } from "./widget.mjs";

/** Counts, as slide shows and notebooks do, whatever reaches the page while no field of its own has the focus. */
const LISTENS = `<script>
  window.reached = [];
  for (const kind of ["keydown", "keypress", "keyup", "dragover", "drop"])
    document.addEventListener(kind, (event) => window.reached.push(kind + " " + (event.key ?? "")));
</script>`;
const site = served({
  "/favicon.ico": "",
  "/descent.html": pageWith(
    "<downhill-descent controls='step run reset history formula rate optimizer place share'></downhill-descent>",
    { head: LISTENS },
  ),
  "/houses.html": pageWith("<downhill-houses></downhill-houses>", { head: LISTENS }),
  "/dialog.html": pageWith(
    "<button onclick='sheet.showModal()'>Open</button><dialog id='sheet'><downhill-descent></downhill-descent></dialog>",
  ),
});

/** What reached the page; Shift by itself does nothing and may. */
const reached = async (page) =>
  (await page.evaluate(() => window.reached.splice(0))).filter((event) => !event.endsWith(" Shift"));

/** Each: what has the focus, and the keys that it uses. */
const USES = [
  [".stages", "ArrowRight ArrowRight ArrowLeft Space Space"],
  [".knob", "Space Space ArrowRight Shift+ArrowRight ArrowLeft ArrowUp ArrowDown PageUp PageDown Home End"],
  ["[data-action=step]", "Space Enter ArrowRight ArrowLeft"],
  ["[data-action=run]", "Space Space"],
  ["input[type=radio]", "ArrowRight ArrowRight ArrowLeft ArrowDown ArrowUp Space"],
  [".rng", "ArrowRight ArrowLeft Home PageUp End PageDown"],
  [".formula input", "n o b s . / Space ArrowLeft Home End Backspace Delete Enter Escape"],
  [".lbl .num", "1 . ArrowLeft ArrowUp Escape 1 Enter"],
  ["summary", "Space Enter"],
  [".share .iconbtn", "Enter ArrowDown End ArrowUp c ArrowRight Escape"],
];

test("keys that a widget uses, and what is typed in its fields, do not reach the page", () =>
  site.opened("descent.html", async (page) => {
    for (const [selector, keys] of USES) {
      await page.locator("downhill-descent").locator(selector).first().focus();
      for (const key of keys.split(" ")) await page.keyboard.press(key);
      assert.deepEqual(await reached(page), [], selector);
    }
  }));

test("keys that it has no use for, and those with Control, are the page's", () =>
  site.opened("descent.html", async (page) => {
    for (const selector of [".stages", ".knob", "[data-action=step]"]) {
      await page.locator("downhill-descent").locator(selector).first().focus();
      await reached(page);
      for (const key of ["n", "F2", "Control+ArrowRight", "Control+m"]) {
        await page.keyboard.press(key);
        assert.ok((await reached(page)).includes(`keydown ${key.replace("Control+", "")}`), `${key} at ${selector}`);
      }
    }
  }));

test("Escape in a field gives up what was typed and leaves a dialog of the page open; pressed again it closes it", () =>
  site.opened("dialog.html", async (page) => {
    await page.getByRole("button", { name: "Open" }).click();
    for (const selector of [".formula input", ".lbl .num"]) {
      const field = page.locator("downhill-descent").locator(selector).first();
      const before = await field.inputValue();
      await field.fill("2 +");
      await field.press("Escape");
      assert.equal(await field.inputValue(), before);
      assert.ok(await page.locator("#sheet").evaluate((sheet) => sheet.open), selector);
    }
    await page.keyboard.press("Escape");
    assert.ok(!(await page.locator("#sheet").evaluate((sheet) => sheet.open)));
  }));

test("a file dropped where tables go reaches the widget and not the page", () =>
  site.opened("houses.html", async (page) => {
    await page
      .locator("downhill-houses")
      .locator("details.data")
      .evaluate((zone) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(["area,price\n1000,100\n2000,200\n3000,300\n"], "own.csv", { type: "text/csv" }));
        for (const kind of ["dragenter", "dragover", "drop"]) {
          zone.dispatchEvent(
            new DragEvent(kind, { bubbles: true, composed: true, cancelable: true, dataTransfer: transfer }),
          );
        }
      });
    await page.waitForFunction(() => document.querySelector("downhill-houses").readout.data.label === "own.csv");
    assert.deepEqual(await reached(page), []);
    assert.equal((await readout(page, "downhill-houses")).data.used, 3);
  }));
