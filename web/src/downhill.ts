// One script for a page: defines every element. Including it twice, or with another version, is harmless.

import { DownhillDescent } from "./elements/downhill-descent.js";
import { DownhillHouses } from "./elements/downhill-houses.js";
import { DownhillTangent } from "./elements/downhill-tangent.js";
import { type Kind, WIDGETS } from "./elements/schema.js";
import { explainUnknownTags } from "./elements/unknown.js";
import { widget } from "./elements/widget.js";
import { engine, type InitOptions, VERSION } from "./engine/engine.js";
import { locate } from "./engine/tables.js";

/** Classes with a name of their own; any other kind of widget is made of its schema alone. */
const CLASSES: Partial<Record<Kind, CustomElementConstructor>> = {
  descent: DownhillDescent,
  houses: DownhillHouses,
  tangent: DownhillTangent,
};

for (const kind of Object.keys(WIDGETS) as Kind[]) {
  const { tag } = WIDGETS[kind];
  const known = customElements.get(tag) as (CustomElementConstructor & { version?: string }) | undefined;
  if (!known) customElements.define(tag, Object.assign(CLASSES[kind] ?? widget(kind), { version: VERSION }));
  else if (known.version !== VERSION)
    console.warn(`Downhill ${VERSION}: this page already has <${tag}> of version ${known.version}; that one stays.`);
}

explainUnknownTags();

/** Where a bundler put the files; by default they are beside this script. */
export interface Files extends InitOptions {
  /** Tables that widgets show, by name: `ames`. */
  tables?: Readonly<Record<string, URL | string>>;
}

/** Loads the engine from where a bundler put it. Elements load it by themselves from beside this script unless this came first. */
export function init({ tables = {}, ...options }: Files = {}): Promise<void> {
  locate(tables);
  return engine.init(options);
}

export type { DownhillElements } from "./elements/tags.js";
export { decodeState, encodeState } from "./share.js";
export { DownhillDescent, DownhillHouses, DownhillTangent, type InitOptions, VERSION };
