// What editors know of the elements: which class a tag has, and what may stand on it in JSX.

import type { Settings } from "../engine/types.js";
import type { Kind, WIDGETS } from "./schema.js";
import type { WidgetOf } from "./widget.js";

type TagOf<K extends Kind> = (typeof WIDGETS)[K]["tag"];
type FieldOf<K extends Kind> = (typeof WIDGETS)[K]["fields"][number];

/** A setting as a property in JSX: its own type, or the text that its attribute would have. */
type Given<T> = NonNullable<T> | (string & {}) | null | undefined;

/** The settings of a kind of widget by their properties (`learningRate`). */
type Properties<K extends Kind> = { [Name in keyof Settings[K]]?: Given<Settings[K][Name]> };

/** The same by their attributes (`learning-rate`). */
type Attributes<K extends Kind> = {
  [Field in FieldOf<K> as Field["attribute"]]?: Field["name"] extends keyof Settings[K]
    ? Given<Settings[K][Field["name"]]>
    : never;
};

/** What every widget may be told. */
interface Shared {
  theme?: "auto" | "light" | "dark";
  lang?: string;
  controls?: string;
  shortcuts?: "off";
  /** A moment: what `state` of another element read, or the text of a share link. */
  state?: unknown;
  id?: string;
  class?: string;
  className?: string;
  slot?: string;
  style?: unknown;
  key?: string | number | bigint | null;
  ref?: unknown;
  children?: unknown;
}

/** The elements by their tags, for `JSX.IntrinsicElements`. */
export type DownhillElements = { [K in Kind as TagOf<K>]: Properties<K> & Attributes<K> & Shared };

type Tags = { [K in Kind as TagOf<K>]: WidgetOf<K> };

declare global {
  interface HTMLElementTagNameMap extends Tags {}

  /** Preact, Solid, and React up to 18. */
  namespace JSX {
    interface IntrinsicElements extends DownhillElements {}
  }
}

// React 19 has its own JSX namespace. The comment below stays in the declarations that are shipped, as a page without React has no
// module to add to.
// biome-ignore lint/suspicious/noTsIgnore: where React is installed there is no error to expect.
/** @ts-ignore: there may be no React. */
declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends DownhillElements {}
  }
}
