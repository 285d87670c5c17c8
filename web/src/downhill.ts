// One script for a page: defines every element. Including it twice, or with another version, is harmless.

import { DownhillDescent } from "./elements/downhill-descent.js";
import { DownhillHouses } from "./elements/downhill-houses.js";
import { VERSION } from "./engine/engine.js";

const ELEMENTS: Record<string, CustomElementConstructor> = {
  "downhill-descent": DownhillDescent,
  "downhill-houses": DownhillHouses,
};

for (const [tag, element] of Object.entries(ELEMENTS)) {
  const known = customElements.get(tag) as (CustomElementConstructor & { version?: string }) | undefined;
  if (!known) customElements.define(tag, Object.assign(element, { version: VERSION }));
  else if (known.version !== VERSION)
    console.warn(`Downhill ${VERSION}: this page already has <${tag}> of version ${known.version}; that one stays.`);
}

export { decodeState, encodeState } from "./share.js";
export { DownhillDescent, DownhillHouses, VERSION };
