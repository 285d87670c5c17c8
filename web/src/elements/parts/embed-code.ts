// The code that a teacher pastes: an element, a frame, or an address alone.

import { encodeState } from "../../share.js";
import { HOME } from "../home.js";

/** The moment to be shown. */
export interface Moment {
  kind: string;
  state: unknown;
  /** The language, where it is not the one that a page without any has. */
  lang: string | undefined;
}

/** The same in a page. */
export interface Shown extends Moment {
  tag: string;
  /** A sentence for readers without scripts, and the frame's title. */
  title: string;
  /** What says the moment in words, where it can be said. */
  attributes: ReadonlyMap<string, string> | undefined;
  /** Attributes of the page's own that are no part of the moment. */
  own: ReadonlyMap<string, string>;
}

export function elementCode({ tag, title, state, attributes, own }: Shown): string {
  const said = [...own, ...(attributes ?? [["state", encodeState(state)]])];
  const written = said.map(([name, text]) => (text === "" ? ` ${name}` : ` ${name}="${escaped(text)}"`)).join("");
  return `<script type="module" src="${new URL(HOME).href}"></script>\n\n<${tag}${written}>\n  ${escaped(title)}\n</${tag}>`;
}

export function frameCode(shown: Shown, height: number): string {
  const { state, title, attributes, own } = shown;
  const url = alone(shown);
  for (const [name, text] of [...own, ...(attributes ?? [])]) url.searchParams.set(name, text);
  if (!attributes) url.hash = encodeState(state);
  return `<iframe src="${escaped(url.href)}" title="${escaped(title)}" width="100%" height="${height}" style="border:0" allow="clipboard-write"></iframe>`;
}

/** The widget alone on the page that stands beside this script, in this very moment. */
export function linkTo(moment: Moment): string {
  const url = alone(moment);
  url.hash = encodeState(moment.state);
  return url.href;
}

function alone({ kind, lang }: Moment): URL {
  const url = new URL("embed.html", HOME);
  url.searchParams.set("widget", kind);
  if (lang) url.searchParams.set("lang", lang);
  return url;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
