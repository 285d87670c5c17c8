// `downhill/core`: the mathematics without a page.

import { type LoadOptions, load } from "./engine/load.js";

/** Loads the engine. May be called any number of times; everything else here needs it to have resolved. */
export function init(options?: LoadOptions): Promise<void> {
  return load(options);
}
