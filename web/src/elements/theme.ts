// From the page's CSS to the colours of a widget, and from those to the colours a scene draws with.
//
// A page that sets the `--downhill-*` tokens gets them. Any other page is taken as it is: the stage is transparent, ink and font
// are the host's, neutrals are mixed from its ink, and the lighter or darker set of hues is chosen by its measured background.

import tokensText from "./tokens.css";

export type ThemeChoice = "auto" | "light" | "dark";

/** How a widget sits on its page. */
export interface Appearance {
  dark: boolean;
  /** The reader's system chooses the colours. */
  forced: boolean;
  /** `site`: the page sets the tokens. `hosted`: it does not. `boxed`: neither would be legible, so the widget brings its ground. */
  ground: "site" | "hosted" | "boxed";
  /** The nearest opaque background behind the widget, as `rgb(…)`. */
  behind: string;
}

type Rgb = readonly [number, number, number];

/** Every token with its default, in the order of the file that defines them. */
const TOKENS: readonly (readonly [name: string, value: string])[] = [
  // Only the first block: the later ones turn the same tokens to light, dark or paper.
  ...tokensText.slice(0, tokensText.indexOf("}")).matchAll(/--downhill-([\w-]+):\s*([^;]+);/g),
].map((match) => [match[1] ?? "", match[2] ?? ""] as const);

/** The tokens a scene draws with; the rest is for the interface. */
const DRAWN =
  /^(page|stage|raise|sunk|ink|ink-2|ink-3|hair|grid|axis|focus|(data|pred|loss|grad|step)(-text|-soft)?|(loss|pred)-[0-8])$/;

/**
 * Inside a widget a token `--downhill-x` is read as `--_x`: the page's value if it has one, our own otherwise. The private
 * names keep a widget's defaults from leaking into what it contains.
 */
export const tokenSheet = `
.root { ${TOKENS.map(([name, value]) => `--_${name}: var(--downhill-${name}, ${value});`).join(" ")} }
.root.hosted {
  --_page: var(--_behind); --_stage: var(--_behind); --_raise: var(--_behind);
  --_ink: var(--_host-ink); --_focus: var(--_host-ink);
  ${mixes({ "ink-2": 84, "ink-3": 74, control: 58, axis: 38, hair: 18, grid: 12, sunk: 7 })}
}
.root.boxed { ${TOKENS.map(([name, value]) => `--_${name}: ${value};`).join(" ")} }
`;

function mixes(shares: Record<string, number>): string {
  return Object.entries(shares)
    .map(([name, share]) => `--_${name}: color-mix(in srgb, var(--_host-ink) ${share}%, var(--_behind));`)
    .join(" ");
}

/** Looks at the page around a widget. */
export function measure(host: HTMLElement, choice: ThemeChoice): Appearance {
  const style = getComputedStyle(host);
  const behind = background(host);
  const hasTokens = style.getPropertyValue("--downhill-stage").trim() !== "";
  const ground = rgb(behind) ?? WHITE;
  const darkBehind = luminance(ground) < 0.18;
  const dark = choice === "auto" ? darkBehind : choice === "dark";
  const forced = matchMedia("(forced-colors: active)").matches;
  if (hasTokens) return { dark, forced, ground: dark === darkBehind ? "site" : "boxed", behind };
  const ink = rgb(style.color) ?? BLACK;
  const legible =
    contrast(ink, ground) >= 7 && dark === darkBehind && hues(dark).every((hue) => contrast(hue, ground) >= 3);
  return { dark, forced, ground: legible ? "hosted" : "boxed", behind };
}

/** What else of the page a widget's colours and faces depend on, so that a change of it is noticed. */
export function inherited(host: HTMLElement): string[] {
  const style = getComputedStyle(host);
  return [style.color, style.fontFamily, ...TOKENS.map(([name]) => style.getPropertyValue(`--downhill-${name}`))];
}

/** The colours a scene draws with, resolved to `rgb(…)`, and its faces. `probe` is an element inside the widget's root. */
export function sceneTokens(probe: HTMLElement, appearance: Appearance): Record<string, string> {
  const tokens: Record<string, string> = { dark: String(appearance.dark) };
  const style = getComputedStyle(probe);
  for (const [name] of TOKENS) {
    if (!DRAWN.test(name)) continue;
    probe.style.color = appearance.forced ? systemColour(name) : `var(--_${name})`;
    tokens[`--downhill-${name}`] = plainColour(style.color);
  }
  probe.style.color = "";
  tokens["--downhill-font-ui"] = style.fontFamily;
  probe.style.fontFamily = "var(--_font-math)";
  tokens["--downhill-font-math"] = style.fontFamily;
  probe.style.fontFamily = "";
  return tokens;
}

/** In forced colours lines and numbers are text, handles are highlighted, and what lies under or over them keeps out of the way. */
function systemColour(name: string): string {
  if (name.endsWith("-soft")) return "transparent";
  if (name === "grid") return "color-mix(in srgb, CanvasText 25%, Canvas)";
  if (/^(page|stage|raise|sunk|hair)$|^(loss|pred)-[0-8]$/.test(name)) return "Canvas";
  return name.startsWith("step") || name === "focus" ? "Highlight" : "CanvasText";
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** The strokes of the five roles, from the tokens' own defaults. */
function hues(dark: boolean): Rgb[] {
  return TOKENS.filter(([name]) => /^(data|pred|loss|grad|step)$/.test(name)).map(([, value]) => {
    const pair = value.match(/#[\da-f]{6}/gi) ?? [];
    return hex(pair[dark ? 1 : 0] ?? "#000000");
  });
}

/** The nearest background one cannot see through, looking out of shadow roots too. */
function background(from: HTMLElement): string {
  for (let node: Element | null = from; node; node = parent(node)) {
    const color = getComputedStyle(node).backgroundColor;
    if (opacity(color) > 0.5) return color;
  }
  // Nothing is painted: the browser's own ground, which is dark only where the page allows it.
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const dark = scheme === "dark" || (/dark/.test(scheme) && matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)";
}

function parent(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

function opacity(color: string): number {
  if (color === "transparent") return 0;
  const alpha = color.match(/(?:,|\/)\s*([\d.]+)\s*\)$/);
  const isShort = /^rgb\(/.test(color);
  return isShort || !alpha?.[1] ? 1 : Number(alpha[1]);
}

function rgb(color: string): Rgb | undefined {
  const match = plainColour(color).match(/^rgba?\((\d+),\s*(\d+),\s*(\d+)/);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

function hex(text: string): Rgb {
  const value = Number.parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Computed colours come as `rgb(…)` or, from wider spaces and mixtures, as `color(…)`, `oklab(…)` and others. */
function plainColour(color: string): string {
  if (color.startsWith("rgb")) return color;
  const srgb = color.match(/^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/);
  if (srgb) {
    const [r, g, b] = [srgb[1], srgb[2], srgb[3]].map((part) =>
      Math.round(Math.min(1, Math.max(0, Number(part))) * 255),
    );
    return `rgba(${r}, ${g}, ${b}, ${srgb[4] ?? 1})`;
  }
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return "rgb(0, 0, 0)";
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${r}, ${g}, ${b}, ${(a / 255).toFixed(3)})`;
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance([r, g, b]: Rgb): number {
  const channel = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
