// From the engine's MathML text to nodes, without an HTML or XML parser: those are sinks that a page may forbid
// (`require-trusted-types-for 'script'`). Only the elements and attributes that the engine writes are made; anything else is
// dropped, so no text can smuggle in a script.

import { guard } from "lit/directives/guard.js";

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";
const ELEMENTS = new Set(
  (
    "math mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mpadded mphantom " +
    "mstyle menclose semantics"
  ).split(" "),
);
const ATTRIBUTES = new Set(
  (
    "alttext aria-label display displaystyle fence form intent largeop linethickness lspace mathvariant maxsize minsize rspace scriptlevel " +
    "separator stretchy symmetric width"
  ).split(" "),
);
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const known = new Map<string, Element>();

/** The formula as part of a template: the same nodes for as long as the text is the same, as laying formulas out is slow. */
export function formulaNodes(text: string): unknown {
  return guard([text], () => mathNodes(text));
}

/** The `<math>` element that this text describes, a fresh copy each time. */
export function mathNodes(text: string): Node {
  let tree = known.get(text);
  if (!tree) {
    tree = read(text);
    // A page shows a handful of formulas at a time; while one types, each keystroke is a new one.
    if (known.size > 50) known.clear();
    known.set(text, tree);
  }
  return tree.cloneNode(true);
}

function read(text: string): Element {
  const root = document.createElementNS(NAMESPACE, "math");
  const open: Element[] = [root];
  for (const [, closing, name, attributes = "", empty, words] of text.matchAll(
    /<(\/?)([a-z]+)((?:\s[^<>]*?)?)(\/?)>|([^<>]+)/g,
  )) {
    const parent = open[open.length - 1] ?? root;
    if (words !== undefined) {
      parent.append(plain(words));
    } else if (closing) {
      if (open.length > 1) open.pop();
    } else if (name) {
      // An element we do not know keeps its contents and loses its name.
      const element = document.createElementNS(NAMESPACE, ELEMENTS.has(name) ? name : "mrow");
      for (const [, key = "", value = ""] of attributes.matchAll(/([\w-]+)="([^"]*)"/g)) {
        if (ATTRIBUTES.has(key)) element.setAttribute(key, plain(value));
      }
      parent.append(element);
      if (!empty) open.push(element);
    }
  }
  const only = root.firstElementChild;
  return only?.localName === "math" && root.childNodes.length === 1 ? only : root;
}

function plain(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex || decimal) {
      const point = Number.parseInt(hex ?? decimal, hex ? 16 : 10);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "";
    }
    return ENTITIES[name] ?? whole;
  });
}
