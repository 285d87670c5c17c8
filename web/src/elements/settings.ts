// What a page asks of a widget, by attributes and by properties. Nothing is read here: the engine alone knows what a value may be.
// Until it is there, raw values are kept; afterwards the engine is told and says what it took, and attributes mirror that.

import { json, type Outcome, type SceneHandle } from "../engine/scene.js";
import type { FieldSchema } from "./schema.js";

/** Whether a widget looks after a value itself: a table at an address is fetched by the page, the engine knows only its own. */
export type Withholding = (name: string, value: unknown) => boolean;

/** As browsers write an attribute's name that a framework spelt like the property: `learningrate`. */
const flat = (field: FieldSchema): string => field.name.toLowerCase();

/** Every attribute that means a setting. */
export function settingAttributes(fields: readonly FieldSchema[]): string[] {
  return [...new Set(fields.flatMap((field) => [field.attribute, flat(field)]))];
}

export class Settings {
  readonly #element: HTMLElement;
  readonly #fields: readonly FieldSchema[];
  readonly #withholds: Withholding;
  /** What holds, by property: before the start what scripts set, afterwards what the engine took of whatever was told it. */
  readonly #held = new Map<string, unknown>();
  /** Set on the plain element before its class was known: stronger than the attributes that are read right after. */
  readonly #early = new Set<string>();
  /** Last set by a property, which its attribute mirrors; an attribute of the page's own stays as it was written. */
  readonly #mirrored = new Set<string>();
  /** What the scene has not been told yet. */
  readonly #wishes = new Map<string, unknown>();
  #started = false;
  #mirroring = false;

  constructor(element: HTMLElement, fields: readonly FieldSchema[], withholds: Withholding) {
    this.#element = element;
    this.#fields = fields;
    this.#withholds = withholds;
    // An own property hides the accessor of the class, for good if nobody takes it away.
    for (const { name } of fields) {
      if (!Object.hasOwn(element, name)) continue;
      this.set(name, (element as unknown as Record<string, unknown>)[name]);
      this.#early.add(name);
      Reflect.deleteProperty(element, name);
    }
  }

  /** Something has been wished for that `flush` would tell. */
  get waiting(): boolean {
    return this.#wishes.size > 0;
  }

  /** A script set a property. The value it had is a wish too: the learner may have changed it since. */
  set(name: string, value: unknown): void {
    this.#mirrored.add(name);
    (this.#started ? this.#wishes : this.#held).set(name, value);
  }

  /** An attribute came, changed or went; whether it is one of a setting. */
  attributeChanged(attribute: string, text: string | null): boolean {
    const field = this.#fields.find((candidate) => candidate.attribute === attribute || flat(candidate) === attribute);
    if (!field || this.#mirroring) return false;
    if (!this.#started && this.#early.has(field.name)) return true;
    this.#mirrored.delete(field.name);
    if (this.#started) this.#wishes.set(field.name, text);
    else this.#held.delete(field.name);
    return true;
  }

  /** What was last set and taken, in the property's type; `undefined` for the default, and before the engine has read it. */
  get(name: string, scene: SceneHandle | undefined): unknown {
    if (!scene) return (this.#wishes.has(name) ? this.#wishes : this.#held).get(name) ?? undefined;
    const latest = this.#latest(name);
    return (this.#withholds(name, latest) ? latest : scene.value(name)) ?? undefined;
  }

  /**
   * What a scene is made from: every attribute as written, for the engine to find slips in their names too, and the properties, which
   * win over them as far as they can be read.
   */
  given(lang: string): string {
    const attributes: Record<string, string> = {};
    for (const { name, value } of this.#element.attributes) {
      if (!this.#withholds(name, value)) attributes[name] = value;
    }
    const properties = Object.fromEntries([...this.#held].filter(([name, value]) => !this.#withholds(name, value)));
    return json({ attributes, properties, lang });
  }

  /** A scene was made of what was given: properties set before are mirrored as far as it took them. */
  started(scene: SceneHandle): void {
    this.#started = true;
    for (const [name, value] of this.#held) this.#take(name, this.#withholds(name, value) ? value : scene.value(name));
  }

  /** What the widget itself must look after now: the latest value of each setting that is withheld. */
  withheld(): [name: string, value: unknown][] {
    return this.#fields
      .map(({ name }): [string, unknown] => [name, this.#latest(name)])
      .filter(([name, value]) => this.#withholds(name, value));
  }

  /**
   * Tells the scene what was wished for since, in the order of the schema: whoever sets two at once need not know which comes first.
   * `look` is handed what is withheld.
   */
  flush(scene: SceneHandle, look: (name: string, value: unknown) => void): Outcome {
    const whole: Outcome = { changed: false, captured: false, animating: false, refused: false, beat: null };
    for (const { name } of this.#fields) {
      if (!this.#wishes.has(name)) continue;
      const value = this.#wishes.get(name);
      this.#wishes.delete(name);
      if (this.#withholds(name, value)) {
        this.#take(name, value);
        look(name, value);
        continue;
      }
      const { changed, animating, refused, beat } = scene.set(name, value, true);
      whole.changed ||= changed;
      whole.refused ||= refused;
      whole.animating = animating;
      whole.beat = beat;
      // What was refused is told in the readout; the value before stays, here as there.
      if (!refused) this.#take(name, scene.value(name));
    }
    return whole;
  }

  /** This value holds now, and the attribute says so where a property set it. */
  #take(name: string, value: unknown): void {
    this.#held.set(name, value);
    const field = this.#fields.find((candidate) => candidate.name === name);
    if (!field || !this.#mirrored.has(name)) return;
    const text = attributeText(value, field);
    this.#mirroring = true;
    try {
      // A spelling from before the class was known would contradict it.
      if (flat(field) !== field.attribute) this.#element.removeAttribute(flat(field));
      if (text === null) this.#element.removeAttribute(field.attribute);
      else if (this.#element.getAttribute(field.attribute) !== text) this.#element.setAttribute(field.attribute, text);
    } finally {
      this.#mirroring = false;
    }
  }

  #latest(name: string): unknown {
    if (this.#held.has(name)) return this.#held.get(name);
    const field = this.#fields.find((candidate) => candidate.name === name);
    return field ? this.#element.getAttribute(field.attribute) : null;
  }
}

/** A value as an attribute has it; null where there is none to be had. */
export function attributeText(value: unknown, { kind }: FieldSchema): string | null {
  if (value === null || value === undefined) return null;
  if (value === true) return "";
  if (Array.isArray(value)) return value.join(kind === "names" ? ", " : " ");
  return String(value);
}
