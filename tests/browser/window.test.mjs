// One window: whoever presses Step sees the step. What stands above the buttons never changes its height, whatever happens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn, handlePlace, pageWith as plainPage, ready, served } from "./widget.mjs";

/** With an icon, or the browser asks for one that is not there. */
const pageWith = (body) => plainPage(body, { head: '<link rel="icon" href="/icon.svg">' });

const DESCENT = "downhill-descent";
const HOUSES = "downhill-houses";
/** Moments of every length: plain, settling, running away, with the longest equation, in the dark, without a step, raw. */
const MOMENTS = {
  settles: `<${DESCENT} start="0.6"></${DESCENT}>`,
  away: `<${DESCENT} function="w^2" start="1" learning-rate="1.2"></${DESCENT}>`,
  momentum: `<${DESCENT} optimizer="momentum" start="-3.3"></${DESCENT}>`,
  adam: `<${DESCENT} optimizer="adam" function="1000*w^2 + sin(50*w)" start="0.71828"></${DESCENT}>`,
  dark: `<${DESCENT} blindfold></${DESCENT}>`,
  undefined: `<${DESCENT} function="sqrt(w)" start="0.01" learning-rate="3"></${DESCENT}>`,
  houses: `<${HOUSES}></${HOUSES}>`,
  needle: `<${HOUSES} standardize="false"></${HOUSES}>`,
  tooBold: `<${HOUSES} learning-rate="1.2"></${HOUSES}>`,
};
/** Those that end within 40 steps. */
const ENDS = new Set(["settles", "away", "dark", "tooBold"]);
const pages = Object.fromEntries(
  Object.entries(MOMENTS).flatMap(([name, body]) => [
    [`/${name}.html`, pageWith(body)],
    [`/${name}-de.html`, pageWith(body).replace('lang="en"', 'lang="de"')],
  ]),
);
const site = served(pages);

/** Presses Step so many times, as a learner does whether it can be pressed or not, and measures after each press. */
const walk = (page, steps) =>
  page.evaluate(async (count) => {
    const element = document.querySelector("downhill-descent, downhill-houses");
    const root = element.shadowRoot;
    const box = (query) => root.querySelector(query).getBoundingClientRect();
    const seen = [];
    for (let step = 0; step <= count; step += 1) {
      if (step > 0) root.querySelector("[data-action=step]").click();
      await element.updateComplete;
      seen.push({
        window: box(".explain").bottom - box(".stages").top,
        top: box("[data-action=step]").top - box(".root").top,
        left: box("[data-action=step]").left,
        ending: root.querySelector(".ending .status") !== null,
      });
    }
    return seen;
  }, steps);

for (const width of [390, 960]) {
  for (const name of Object.keys(MOMENTS)) {
    test(`${width} px, ${name}: Step stays where it is through 40 steps, and the sentence ends within 700 px`, async () => {
      for (const language of ["", "-de"]) {
        await site.opened(
          `${name}${language}.html`,
          async (page) => {
            const seen = await walk(page, 40);
            const [first] = seen;
            seen.forEach(({ window, top, left }, step) => {
              assert.ok(
                Math.abs(top - first.top) <= 1,
                `${language} step ${step}: Step went from ${first.top} to ${top}`,
              );
              assert.ok(Math.abs(left - first.left) <= 1, `${language} step ${step}: Step went aside`);
              assert.ok(window <= 700, `${language} step ${step}: ${window} px`);
            });
            // The card that says how a run ended is among what must move nothing.
            if (ENDS.has(name))
              assert.ok(
                seen.some(({ ending }) => ending),
                "a card was shown on the way",
              );
          },
          { folded: true, viewport: { width, height: 900 }, reducedMotion: "reduce" },
        );
      }
    });
  }
}

test("a run moves Step no more than steps do", async () => {
  await site.opened(
    "settles.html",
    async (page) => {
      const [first] = await walk(page, 0);
      await page.locator(DESCENT).locator("[data-action=run]").click();
      const seen = await page.evaluate(async () => {
        const element = document.querySelector("downhill-descent");
        const places = new Set();
        while (element.readout.status !== "converged") {
          places.add(Math.round(element.shadowRoot.querySelector("[data-action=step]").getBoundingClientRect().top));
          await new Promise((done) => requestAnimationFrame(done));
        }
        return places.size;
      });
      assert.equal(seen, 1);
      await ready(page);
      assert.ok(Math.abs((await walk(page, 0))[0].top - first.top) <= 1);
    },
    { folded: true, viewport: { width: 390, height: 664 } },
  );
});

test("what is seldom needed lies behind one line, which opens by mouse, by keys and by attribute", async () => {
  const work = async (page) => {
    const more = page.locator(DESCENT).locator("details.more");
    const inside = page.locator(DESCENT).locator(".more .box");
    assert.equal(await inside.isVisible(), false);
    await more.locator("> summary").click();
    await inside.waitFor({ state: "visible" });
    // The picture behind it was never drawn before.
    await page.waitForFunction(() => {
      const canvas = document.querySelector("downhill-descent").shadowRoot.querySelector("[data-stage=history] .live");
      return canvas
        .getContext("2d")
        .getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value) => value > 0);
    });
    // It stays as the learner has it, whatever is rendered.
    await page.locator(DESCENT).locator("[data-action=step]").click();
    assert.equal(await inside.isVisible(), true);
    await more.locator("> summary").press("Enter");
    await inside.waitFor({ state: "hidden" });
    await page.$eval(DESCENT, (element) => element.setAttribute("more", "open"));
    await page.locator(DESCENT).locator("[data-action=step]").click();
    assert.equal(await inside.isVisible(), false, "what the learner closed stays closed");
  };
  await site.opened("settles.html", work, { folded: true });
});

test("a control that the page names stands in front, whatever it is", async () => {
  await site.opened("settles.html", async (page) => {
    const place = page.locator(DESCENT).locator(".body > .controls #formula");
    await page.$eval(DESCENT, (element) => element.setAttribute("controls", "step formula"));
    await place.waitFor({ state: "visible" });
    await page.$eval(DESCENT, (element) => element.removeAttribute("controls"));
    await place.waitFor({ state: "detached" });
  });
});

test("the card over the stages can be put away, and comes again with the next ending", async () => {
  await site.opened(
    "settles.html",
    async (page) => {
      const press = (action, times) =>
        page.evaluate(
          ([name, n]) => {
            const root = document.querySelector("downhill-descent").shadowRoot;
            for (let i = 0; i < n; i += 1) root.querySelector(`[data-action=${name}]`).click();
          },
          [action, times],
        );
      const card = page.locator(DESCENT).locator(".ending .status");
      await press("step", 30);
      await card.waitFor();
      // It lies over the stages and hides no control.
      const [stage, box] = [await page.locator(DESCENT).locator(".stages").boundingBox(), await card.boundingBox()];
      assert.ok(box.y > stage.y && box.y + box.height <= stage.y + stage.height);
      await card.locator("button").last().click();
      await card.waitFor({ state: "detached" });
      await press("reset", 1);
      await press("step", 30);
      await card.waitFor();
    },
    { folded: true, reducedMotion: "reduce" },
  );
});

/** What the page says of the moment, and what the readout knows of it. */
const said = (page) =>
  page.evaluate(() => {
    const { shadowRoot, readout } = document.querySelector("downhill-descent");
    const text = (query) => shadowRoot.querySelector(query).textContent.trim();
    return {
      steps: text("[data-figure=step] dd"),
      explain: text(".explain"),
      equation: [...shadowRoot.querySelectorAll(".leq .n")].map((term) => term.textContent).join(" "),
      truth: {
        steps: String(readout.steps),
        explain: readout.explain
          .map(({ text }) => text)
          .join("")
          .trim(),
      },
    };
  });

for (const start of ["0.6", "-0.5", "2.9"]) {
  test(`from ${start}: what is said of a step turns over all at once, when it lands`, async () => {
    await site.opened("settles.html", async (page) => {
      await page.$eval(DESCENT, (element, at) => element.setAttribute("start", at), start);
      await ready(page);
      const before = await said(page);
      // Every frame from the press to the landing, and what stood on the page in it.
      const seen = await page.evaluate(async () => {
        const { shadowRoot } = document.querySelector("downhill-descent");
        const frames = [];
        shadowRoot.querySelector("[data-action=step]").click();
        for (const end = performance.now() + 3000; performance.now() < end && frames.at(-1)?.steps !== "1"; ) {
          await new Promise((done) => requestAnimationFrame(done));
          frames.push({
            steps: shadowRoot.querySelector("[data-figure=step] dd").textContent.trim(),
            explain: shadowRoot.querySelector(".explain").textContent.trim(),
          });
        }
        return frames;
      });
      const after = await said(page);
      assert.equal(after.steps, "1");
      assert.equal(after.explain, after.truth.explain);
      assert.notEqual(after.explain, before.explain);
      assert.notEqual(after.equation, before.equation);
      assert.ok(seen.length > 5, `${seen.length} frames`);
      for (const { steps, explain } of seen) {
        assert.equal(explain, steps === "0" ? before.explain : after.explain, "figures and sentence are of one moment");
      }
      assert.ok(
        seen.slice(0, 5).every(({ steps }) => steps === "0"),
        "nothing turns over before the ball has moved",
      );
    });
  });
}

test("a program reads the step that it took at once", async () => {
  await site.opened("settles.html", async (page) => {
    const steps = await page.$eval(DESCENT, (element) => {
      element.step();
      return element.readout.steps;
    });
    assert.equal(steps, 1);
    assert.equal((await said(page)).truth.steps, "1");
  });
});

/** Presses Step and reads in every frame until it lands which number of the equation is lit. */
const lit = (page) =>
  page.evaluate(async () => {
    const element = document.querySelector("downhill-descent");
    const { shadowRoot } = element;
    const said = () => shadowRoot.querySelector(".explain").textContent;
    const before = said();
    const seen = [];
    shadowRoot.querySelector("[data-action=step]").click();
    for (const end = performance.now() + 9000; performance.now() < end && said() === before; ) {
      await new Promise((done) => requestAnimationFrame(done));
      const meaning = shadowRoot.querySelector(".leq .n.lit + .t")?.textContent ?? "";
      if (meaning !== seen.at(-1)) seen.push(meaning);
    }
    return { seen, landed: said() !== before };
  });

test("the numbers of the equation are lit as the film of a step comes to them, all of them once", async () => {
  await site.opened("settles.html", async (page) => {
    const film = await lit(page);
    const beats = film.seen.filter(Boolean);
    assert.ok(film.landed);
    const order = ["slope here", "learning rate", "place now", "next place"];
    assert.deepEqual(beats, order);
    assert.equal(film.seen.at(-1), "", "nothing is lit when it has landed");
    const second = await lit(page);
    assert.ok(
      second.landed && second.seen.filter(Boolean).every((beat) => order.indexOf(beat) >= 2),
      second.seen.join(),
    );
  });
});

test("what to do while it walks by itself is said at once", async () => {
  await site.opened("settles.html", async (page) => {
    const prompt = await page.$eval(DESCENT, async (element) => {
      element.shadowRoot.querySelector("[data-action=run]").click();
      await element.updateComplete;
      return element.shadowRoot.querySelector("#prompt").textContent;
    });
    assert.match(prompt, /Pause/);
  });
});

test("a second press lands the first step and shows the second", async () => {
  await site.opened("settles.html", async (page) => {
    const before = await said(page);
    await page.evaluate(() =>
      document.querySelector("downhill-descent").shadowRoot.querySelector("[data-action=step]").click(),
    );
    const first = (await said(page)).truth;
    await page.evaluate(() =>
      document.querySelector("downhill-descent").shadowRoot.querySelector("[data-action=step]").click(),
    );
    // What is said now is of the first step, while the second is on its way.
    await page.waitForFunction(
      ([explain]) =>
        document.querySelector("downhill-descent").shadowRoot.querySelector(".explain").textContent.trim() !== explain,
      [before.explain],
    );
    const seen = await page.evaluate(async () => {
      const { shadowRoot, readout } = document.querySelector("downhill-descent");
      const all = [];
      const truth = readout.explain
        .map(({ text }) => text)
        .join("")
        .trim();
      for (const end = performance.now() + 9000; performance.now() < end && all.at(-1) !== truth; ) {
        all.push(shadowRoot.querySelector(".explain").textContent.trim());
        await new Promise((done) => requestAnimationFrame(done));
      }
      return { all: [...new Set(all)], truth };
    });
    assert.ok(
      seen.all.every((words) => words === first.explain || words === seen.truth) && seen.all.at(-1) === seen.truth,
      seen.all.join("\n"),
    );
  });
});

test("where motion is reduced a step is there at once, and nothing is lit", async () => {
  await site.opened(
    "settles.html",
    async (page) => {
      const film = await lit(page);
      assert.ok(film.landed);
      assert.deepEqual(film.seen.filter(Boolean), []);
    },
    { reducedMotion: "reduce" },
  );
});

test("the card leaves in view what it speaks of", async () => {
  for (const [path, width] of [
    ["settles.html", 390],
    ["settles.html", 960],
    ["dark.html", 390],
    ["dark.html", 960],
  ]) {
    await site.opened(
      path,
      async (page) => {
        await page.$eval(DESCENT, (element) => element.step(60));
        const card = page.locator(DESCENT).locator(".ending .status");
        await card.waitFor();
        await drawn(page);
        const [box, ball] = [await card.boundingBox(), await handlePlace(page, DESCENT, "at")];
        const covered =
          ball.x > box.x && ball.x < box.x + box.width && ball.y > box.y - 10 && ball.y < box.y + box.height + 10;
        assert.ok(!covered, `${path} at ${width}: ${JSON.stringify([box, ball])}`);
      },
      { folded: true, reducedMotion: "reduce", viewport: { width, height: 900 } },
    );
  }
});

test("on a phone the equation is seen to its last number, or a shade says that it goes on", async () => {
  for (const [path, steps] of [
    ["settles.html", 6],
    ["away.html", 3],
    ["momentum.html", 4],
    ["adam.html", 4],
    ["houses.html", 5],
  ]) {
    await site.opened(
      path,
      async (page) => {
        for (const lang of ["en", "de"]) {
          const found = await page.$eval(
            "downhill-descent, downhill-houses",
            async (element, [steps, lang]) => {
              element.setAttribute("lang", lang);
              element.step(steps);
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              const line = element.shadowRoot.querySelector(".leq");
              return {
                over: line.scrollWidth - line.clientWidth,
                size: Number.parseFloat(getComputedStyle(line.querySelector(".n")).fontSize),
                shade: getComputedStyle(line).backgroundImage,
              };
            },
            [steps, lang],
          );
          // Only where even small numbers are too many.
          assert.ok(
            found.over <= 0 || (found.size === 11 && found.shade.includes("gradient")),
            `${path} ${lang}: ${JSON.stringify(found)}`,
          );
        }
      },
      { folded: true, reducedMotion: "reduce", viewport: { width: 390, height: 900 } },
    );
  }
});
