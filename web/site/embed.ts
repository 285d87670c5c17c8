// embed.html?widget=descent&learning-rate=0.1#STATE shows one widget alone. The query holds its attributes, which the widget reads as it
// reads them anywhere, and the fragment its moment. The page tells its parent how tall it is.

import { WIDGETS } from "../src/elements/schema.js";
import { decodeState } from "../src/share.js";

/** What an address must not set: the moment has its own place, and the rest means something to this page rather than to a chart. */
const RESERVED = new Set([
  "widget",
  "state",
  "id",
  "class",
  "style",
  "slot",
  "part",
  "is",
  "hidden",
  "inert",
  "popover",
]);

/** A fragment longer than this is no moment of ours. Guessed: a state may carry a learner's CSV of 1 MiB, here with room to spare. */
const LONGEST_FRAGMENT = 4 * 1024 * 1024;

/** As much of a widget as this page needs. */
type Widget = HTMLElement & { ready: Promise<unknown>; state: unknown; readout: { prompt?: string } };

const alone = window.parent === window;
// In a frame the host's ground shows through; a tab of its own has none but ours.
if (alone) document.documentElement.classList.add("alone");

const { query, fragment } = parts();
tellHeight();
const asked = query.get("widget") ?? "";
const known = Object.values(WIDGETS).find(({ kind }) => kind === asked);
if (known) {
  place(known.tag);
  customElements.whenDefined(known.tag).then(arrived);
} else {
  arrived();
  say(`${nothingCalled(asked)} These exist: ${Object.keys(WIDGETS).join(", ")}.`);
}

/** Nothing is waited for any longer. */
function arrived(): void {
  document.getElementById("missing")?.remove();
}

/** Some programs write the `#` before the moment as `%23`, and then it stands in the query's last value. */
function parts(): { query: URLSearchParams; fragment: string } {
  const { search, hash } = location;
  const [before = "", after] = search.split("%23");
  return { query: new URLSearchParams(before), fragment: hash.slice(1) || (after?.split("&")[0] ?? "") };
}

function nothingCalled(name: string): string {
  return name ? `There is no widget “${name.slice(0, 40)}”.` : "The address names no widget.";
}

function place(tag: string): void {
  const element = document.createElement(tag) as Widget;
  for (const [name, value] of query) {
    if (isOurs(name)) element.setAttribute(name, value);
  }
  document.getElementById("chart")?.append(element);
  announce(element).catch(() => undefined);
  showMoment(element, fragment);
  addEventListener("hashchange", () => showMoment(element, location.hash.slice(1)));
}

/** Whether a parameter may become an attribute: a name that attributes can have, and no listener. */
function isOurs(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/i.test(name) && !/^on/i.test(name) && !RESERVED.has(name.toLowerCase());
}

/** What the chart asks is the page's title: a tab, a bookmark and a link are then told from one another. */
async function announce(element: Widget): Promise<void> {
  await customElements.whenDefined(element.localName);
  await element.ready;
  const { prompt } = element.readout;
  if (prompt) document.title = `${prompt} · Downhill`;
}

async function showMoment(element: Widget, packed: string): Promise<void> {
  if (packed === "") return;
  try {
    if (packed.length > LONGEST_FRAGMENT) throw new RangeError("too long for a moment");
    const state = decodeState(packed);
    await customElements.whenDefined(element.localName);
    await element.ready;
    // What is no moment of this widget, it says itself.
    element.state = state;
    say("");
  } catch {
    say("The moment in this link could not be read, so the chart starts from its beginning.");
  }
}

function say(sentence: string): void {
  const line = document.getElementById("said");
  if (!line) return;
  line.textContent = sentence;
  line.hidden = sentence === "";
}

function tellHeight(): void {
  const main = document.getElementById("main");
  if (!main || alone) return;
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(main.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    // Any site may be the parent, and how tall a chart is, is no secret.
    window.parent.postMessage({ type: "downhill-height", height }, "*");
  }).observe(main);
}
