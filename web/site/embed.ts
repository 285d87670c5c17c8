// embed.html?widget=descent&learning-rate=0.1#STATE shows one widget alone. The query holds its attributes, the fragment its state
// (unpadded base64url of UTF-8 JSON). The page tells its parent how tall it is.

/** What every widget may be told in the address. */
const SHARED = ["theme", "lang", "controls"];

/** What each widget may be told besides. Anything else in the address is ignored. */
const WIDGETS = new Map([
  ["descent", ["function", "start", "learning-rate", "optimizer", "domain", "blindfold"]],
  ["houses", ["features", "learning-rate", "optimizer", "standardize"]],
]);

/** A fragment longer than this is no moment of ours. Guessed: a state may carry a learner's CSV of 1 MiB, here with room to spare. */
const LONGEST_FRAGMENT = 4 * 1024 * 1024;

/** As much of a widget as this page needs. */
type Widget = HTMLElement & { ready: Promise<unknown>; state: unknown };

const alone = window.parent === window;
// In a frame the host's ground shows through; a tab of its own has none but ours.
if (alone) document.documentElement.classList.add("alone");

const query = new URL(location.href).searchParams;
tellHeight();
const asked = query.get("widget") ?? "";
const own = WIDGETS.get(asked);
if (own) place(asked, [...SHARED, ...own]);
else say(`${nothingCalled(asked)} These exist: ${[...WIDGETS.keys()].join(", ")}.`);

function nothingCalled(name: string): string {
  return name ? `There is no widget “${name.slice(0, 40)}”.` : "The address names no widget.";
}

function place(name: string, attributes: string[]): void {
  const element = document.createElement(`downhill-${name}`) as Widget;
  for (const attribute of attributes) {
    const value = query.get(attribute);
    if (value !== null) element.setAttribute(attribute, value);
  }
  document.getElementById("chart")?.append(element);
  showMoment(element);
  addEventListener("hashchange", () => showMoment(element));
}

async function showMoment(element: Widget): Promise<void> {
  const fragment = location.hash.slice(1);
  if (fragment === "") return;
  try {
    if (fragment.length > LONGEST_FRAGMENT) throw new RangeError("too long for a moment");
    const state: unknown = JSON.parse(decode(fragment));
    await customElements.whenDefined(element.localName);
    await element.ready;
    element.state = state;
    say("");
  } catch {
    say("The moment in this link could not be read, so the chart starts from its beginning.");
  }
}

/** The text in unpadded base64url. Throws at what is not base64 or not UTF-8. */
function decode(base64url: string): string {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
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

export {};
