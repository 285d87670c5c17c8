// Sets CSS properties through the object model, which a strict content security policy allows where a `style` attribute is not.

import { nothing } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

class Place extends Directive {
  #last: Record<string, string> = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("place() belongs on an element, not in an attribute");
  }

  override update(part: ElementPart, [properties]: [Record<string, string>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) {
      if (this.#last[name] !== value) style.setProperty(name, value);
    }
    this.#last = properties;
    return nothing;
  }

  render(_properties: Record<string, string>): typeof nothing {
    return nothing;
  }
}

/** `<div ${place({ left: "12px" })}>` */
export const place = directive(Place);
