// embed.html?widget=descent&learning-rate=0.1#STATE shows one widget alone. The query holds its attributes, the fragment its state
// (base64url of UTF-8 JSON). The page tells its parent how tall it is.

/** Every attribute that may be set from outside. */
const SHARED = ["theme", "lang", "controls"];
const WIDGETS = {
  descent: ["function", "start", "learning-rate", "optimizer", "domain", "blindfold"],
  houses: ["features", "learning-rate", "optimizer", "standardize"],
};

/** A fragment longer than this is no moment of ours. Guessed: the largest state carries one CSV of 1 MiB. */
const LONGEST_FRAGMENT = 4 * 1024 * 1024;

const main = document.getElementById("main");
const query = new URL(location.href).searchParams;
const widget = query.get("widget") ?? "";

tellHeight();
if (Object.hasOwn(WIDGETS, widget)) place(widget);
else say(`${widget ? `There is no widget “${widget.slice(0, 40)}”.` : "The address names no widget."} These exist: ${Object.keys(WIDGETS).join(", ")}.`);

async function place(name) {
  const element = document.createElement(`downhill-${name}`);
  for (const attribute of [...SHARED, ...WIDGETS[name]]) {
    const value = query.get(attribute);
    if (value !== null) element.setAttribute(attribute, value);
  }
  document.getElementById("chart").append(element);
  document.title = `${name} · Downhill`;
  await showMoment(element);
  addEventListener("hashchange", () => showMoment(element));
}

async function showMoment(element) {
  const fragment = location.hash.slice(1);
  if (!fragment) return;
  try {
    if (fragment.length > LONGEST_FRAGMENT) throw new RangeError("too long");
    const state = JSON.parse(decode(fragment));
    await customElements.whenDefined(element.localName);
    await element.ready;
    element.state = state;
    say("");
  } catch {
    say("The moment in this link could not be read, so the chart starts from its beginning.");
  }
}

/** Text of unpadded base64url. Throws what is not base64 or not UTF-8. */
function decode(base64url) {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function say(sentence) {
  const line = document.getElementById("said");
  line.textContent = sentence;
  line.hidden = sentence === "";
}

function tellHeight() {
  if (window.parent === window) return;
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(main.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    // The parent may be any site: the height of a chart is no secret.
    window.parent.postMessage({ type: "downhill-height", height }, "*");
  }).observe(main);
}
