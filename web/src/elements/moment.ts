// A moment in words: the attributes that an element needs to show it, for as long as attributes can say it.

import type { FieldSchema } from "./schema.js";
import { attributeText } from "./settings.js";

/** As much of a state as is looked at; `kit/state.rs` writes it. */
interface State {
  settings: Record<string, unknown>;
  walk?: { start: number[]; moves: unknown[] };
}

/** By their names; none where steps were taken, which are no setting. `plain` is the state of a widget that was asked for nothing. */
export function attributesOf(
  state: unknown,
  plain: unknown,
  fields: readonly FieldSchema[],
): Map<string, string> | undefined {
  const now = state as State;
  if (now.walk && now.walk.moves.length > 0) return undefined;
  const [values, defaults] = [valuesOf(now), valuesOf(plain as State)];
  const found = new Map<string, string>();
  for (const field of fields) {
    const value = values[field.name];
    const text = same(value, defaults[field.name]) ? null : attributeText(value, field);
    if (text !== null) found.set(field.attribute, text);
  }
  return found;
}

const valuesOf = ({ settings, walk }: State): Record<string, unknown> => ({ start: walk?.start, ...settings });

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
