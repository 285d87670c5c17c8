// How attributes are read and written.

/** A property set to the value it had is still a wish: the learner may have changed it since. */
export const always = (): boolean => true;

/** A number; absent when it cannot be read, so that the scene's own default stands. */
export const number = {
  fromAttribute(text: string | null): number | undefined {
    const value = text === null || text.trim() === "" ? Number.NaN : Number(text.replace("−", "-"));
    return Number.isFinite(value) ? value : undefined;
  },
  toAttribute: (value: number | undefined): string | null => (value === undefined ? null : String(value)),
};

/** Two numbers with a space or a comma between. */
export const interval = {
  fromAttribute(text: string | null): [number, number] | undefined {
    const [low, high, ...rest] = (text ?? "")
      .trim()
      .split(/[\s,]+/)
      .map((part) => number.fromAttribute(part));
    return low !== undefined && high !== undefined && rest.length === 0 && low < high ? [low, high] : undefined;
  },
  toAttribute: (value: [number, number] | undefined): string | null => (value ? value.join(" ") : null),
};

/** One of a few words; absent when it is none of them. */
export function word(text: string | null | undefined, choices: readonly { value: string }[]): string | undefined {
  return choices.find(({ value }) => value === text)?.value;
}

/** On by being there, off by saying so: `standardize="false"`. */
export const truth = {
  fromAttribute: (text: string | null): boolean | undefined =>
    text === null ? undefined : !/^(false|off|no|0)$/i.test(text.trim()),
  toAttribute: (value: boolean | undefined): string | null => (value === undefined ? null : String(value)),
};
