// A class for a kind of widget, from its schema: a property and an attribute for each setting.

import type { Settings as SettingsByKind } from "../engine/types.js";
import { DownhillElement } from "./element.js";
import type { ReadoutOf } from "./reading.js";
import { type Kind, WIDGETS, type WidgetSchema } from "./schema.js";

/** What a property holds: what was last set and could be had, and `undefined` for the default. */
export type PropertiesOf<K extends Kind> = {
  -readonly [Name in keyof SettingsByKind[K]]-?: NonNullable<SettingsByKind[K][Name]> | undefined;
};

/** An element that shows one kind of widget. */
export abstract class WidgetElement<K extends Kind = Kind> extends DownhillElement<ReadoutOf<K>> {}

/** The element of a kind of widget, with its settings as properties. */
export type WidgetOf<K extends Kind> = WidgetElement<K> & PropertiesOf<K>;

/** A class that can be defined as a custom element, or extended by what a schema cannot say. */
export type WidgetClass<K extends Kind> = {
  new (): WidgetOf<K>;
  readonly schema: WidgetSchema;
};

/** Makes the class of a kind of widget. A property takes what its attribute takes: text, number, boolean or list. */
export function widget<K extends Kind>(kind: K): WidgetClass<K> {
  const schema: WidgetSchema = WIDGETS[kind];
  class Widget extends WidgetElement<K> {
    static override readonly schema = schema;
  }
  for (const { name } of schema.fields) {
    Object.defineProperty(Widget.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: Widget): unknown {
        return this.setting(name);
      },
      set(this: Widget, value: unknown) {
        this.wish(name, value);
      },
    });
  }
  return Widget as unknown as WidgetClass<K>;
}
