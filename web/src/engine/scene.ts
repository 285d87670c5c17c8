// A scene as the page holds it: it outlives the wasm instance it happens to live in. Plain data cross as JSON text.

import { type Engine, engine, type Glue } from "./engine.js";
import { DownhillError } from "./error.js";
import type { Control, Event, StageInfo, Table } from "./types.js";

type Raw = InstanceType<Glue["Scene"]>;

/** What an input led to; the numbers are those of the wasm boundary. */
export interface Outcome {
  changed: boolean;
  captured: boolean;
  animating: boolean;
  /** How far a step is shown that was taken already: what is said of it turns over when it lands. */
  beat: Beat | null;
  /** A value could not be had; the readout's warnings, or the formula's mistake, say why. */
  refused: boolean;
}

/** A number as it was typed, or what is wrong with it, in a sentence. */
export type Typed = { value: number } | { problem: string };

/** The boundary's names for what the pointer did. */
export const POINTER_PHASE = { down: 0, move: 1, up: 2, cancel: 3, leave: 4 } as const;
/** The boundary's names for what holds the pointer. */
export const POINTER_KIND: Readonly<Record<string, number>> = { mouse: 0, touch: 1, pen: 2 };

/** The boundary's names for the two layers of a stage. */
export const LAYER = { base: 0, live: 1 } as const;

/** The boundary's names for the beats of a step that is shown. */
const BEATS = [null, "slope", "rate", "place", "next"] as const;
/** What of the equation a step that is on its way shows; the equation's columns are named alike in `beats`. */
export type Beat = NonNullable<(typeof BEATS)[number]>;

/** A run is remembered this often, in milliseconds. */
const REMEMBER_EVERY = 250;

/** What a scene is made from again: its moment, and a table of the learner's own, as label and text, if it shows one. */
export interface Memory {
  state: string;
  own: string[];
}

/**
 * The readout's parts by name; `numbers` and `panel` come undone into the readout and `values` into the controls, the others stand in
 * it under their names.
 */
interface Parts {
  numbers?: object;
  panel?: object;
  controls?: Control[];
  values?: unknown[];
  [other: string]: unknown;
}

/**
 * Every method forwards to the scene in wasm. When the instance was replaced, the scene is made again from the state last
 * seen, with the sizes and colours it had; a scene that traps at once again is given up (`broken`).
 */
export class SceneHandle<Readout extends object = object> {
  readonly kind: string;
  readonly #engine: Engine;
  readonly #given: () => string;
  #raw: Raw | undefined;
  #generation = -1;
  /** What it is made from again after a trap. */
  #memory: Memory | undefined;
  /** Which table of the learner's own is in it. */
  #own = 0;
  #memoryIsOld = false;
  #remembered = 0;
  #failures = 0;
  #parts: Parts = {};
  readonly #sizes = new Map<number, [number, number]>();
  #theme: Record<string, string> | undefined;
  #reducedMotion = false;

  /** `given` writes what the page asks for, now and whenever the scene must be made again. */
  constructor(kind: string, given: () => string, memory?: Memory) {
    this.kind = kind;
    this.#engine = engine;
    this.#given = given;
    this.#memory = memory;
    // What was given may be of an older version; what is read out never is.
    this.#memoryIsOld = memory !== undefined;
    this.#use(() => undefined);
  }

  /** It trapped, was made again, and trapped again: show a card instead. */
  get broken(): boolean {
    return this.#failures > 1;
  }

  stages(): StageInfo[] {
    return this.#read<StageInfo[]>((scene) => scene.stages());
  }

  resize(stage: number, width: number, height: number): void {
    this.#sizes.set(stage, [width, height]);
    this.#use((scene) => scene.resize(stage, width, height));
  }

  theme(tokens: Record<string, string>): void {
    this.#theme = tokens;
    this.#use((scene) => scene.theme(tokens));
  }

  reducedMotion(on: boolean): void {
    this.#reducedMotion = on;
    this.#use((scene) => scene.reducedMotion(on));
  }

  /** Says everything in this language from now on. */
  language(tag: string): Outcome {
    return this.#act((scene) => scene.language(tag));
  }

  pointer(stage: number, phase: number, kind: number, x: number, y: number): Outcome {
    return this.#act((scene) => scene.pointer(stage, phase, kind, x, y));
  }

  hit(stage: number, kind: number, x: number, y: number): string | undefined {
    return this.#use((scene) => scene.hit(stage, kind, x, y));
  }

  key(handle: string, key: string, shift: boolean): Outcome {
    return this.#act((scene) => scene.key(handle, key, shift));
  }

  setHandle(handle: string, value: number): Outcome {
    return this.#act((scene) => scene.setHandle(handle, value));
  }

  /** The number that a text is, as people write numbers in the scene's language. */
  readNumber(text: string): Typed {
    return this.#read<Typed>((scene) => scene.readNumber(text));
  }

  focus(handle?: string): Outcome {
    return this.#act((scene) => scene.focus(handle));
  }

  /** Tells a setting, by its property's or its attribute's name; `null` asks for its default. With `quiet` it was a program. */
  set(name: string, value: unknown, quiet: boolean): Outcome {
    const text = json(value);
    return this.#act((scene) => scene.set(name, text, quiet));
  }

  /** What the page asked for and got, in the property's type; `null` where the default stands. */
  value(name: string): unknown {
    return this.#read<unknown>((scene) => scene.value(name));
  }

  /** A button, or a number of the widget's own. */
  act(id: string, value?: number): Outcome {
    return this.#act((scene) => scene.act(id, value));
  }

  /** A table of the learner's or, with `quiet`, of the page's own. */
  supply(label: string, text: string, quiet: boolean): Outcome {
    return this.#act((scene) => scene.supply(label, text, quiet));
  }

  step(count: number): Outcome {
    return this.#act((scene) => scene.step(count));
  }

  stepBack(count: number): Outcome {
    return this.#act((scene) => scene.stepBack(count));
  }

  /** Shows the moment after so many steps of those that were taken. */
  scrub(step: number): Outcome {
    return this.#act((scene) => scene.scrub(step));
  }

  run(): Outcome {
    return this.#act((scene) => scene.run());
  }

  pause(): Outcome {
    return this.#act((scene) => scene.pause());
  }

  reset(): Outcome {
    return this.#act((scene) => scene.reset());
  }

  undo(): Outcome {
    return this.#act((scene) => scene.undo());
  }

  redo(): Outcome {
    return this.#act((scene) => scene.redo());
  }

  tick(milliseconds: number): Outcome {
    const outcome = this.#pass((scene) => scene.tick(milliseconds));
    const due = !outcome.animating || performance.now() - this.#remembered > REMEMBER_EVERY;
    if (due) this.remember();
    return outcome;
  }

  draw(stage: number, layer: number, context: CanvasRenderingContext2D, pixelRatio: number): void {
    this.#use((scene) => scene.draw(stage, layer, context, pixelRatio));
  }

  baseVersion(stage: number): number {
    return this.#use((scene) => scene.baseVersion(stage));
  }

  /** Put together from the parts that came now and those that did not change since they last came. */
  readout(): Readout {
    const { parts } = this.#read<{ parts: Parts }>((scene) => scene.readout());
    Object.assign(this.#parts, parts);
    const { numbers, panel, controls = [], values = [], ...others } = this.#parts;
    const valued = controls.map((control, index) => ({ ...control, value: values[index] }));
    return { ...numbers, ...panel, ...others, controls: valued } as unknown as Readout;
  }

  table(): Table {
    return this.#read<Table>((scene) => scene.table());
  }

  /** The same numbers as a file. */
  csv(): string {
    return this.#use((scene) => scene.csv());
  }

  takeEvents(): Event[] {
    const events = this.#use((scene) => scene.takeEvents());
    return events === "" ? [] : (events.split(" ") as Event[]);
  }

  svg(stage: number): string {
    return this.#use((scene) => scene.svg(stage));
  }

  /** What a share link carries. */
  state(): unknown {
    return this.#read((scene) => scene.state());
  }

  /** The same with what no link carries: this very moment, kept for the case of a trap. A table is long and copied only when it is another. */
  remember(): Memory {
    if (this.#memoryIsOld || this.#memory === undefined) {
      this.#memory = this.#use((scene) => {
        const own = scene.ownTableNumber();
        const known = own === this.#own ? this.#memory?.own : undefined;
        this.#own = own;
        return { state: scene.memory(), own: known ?? scene.ownTable() };
      });
      this.#memoryIsOld = false;
      this.#remembered = performance.now();
    }
    return this.#memory;
  }

  /** A whole frame was drawn: what went wrong before is over. */
  drawn(): void {
    this.#failures = 0;
  }

  free(): void {
    if (this.#raw && this.#generation === this.#engine.generation) this.#raw.free();
    this.#raw = undefined;
    this.#generation = -1;
  }

  /** Something was done, which a trap must not undo. */
  #act(work: (scene: Raw) => number): Outcome {
    const outcome = this.#pass(work);
    if (outcome.changed) this.remember();
    return outcome;
  }

  /** The same for what happens by itself many times a second. */
  #pass(work: (scene: Raw) => number): Outcome {
    const bits = this.#use(work);
    if (bits & 1) this.#memoryIsOld = true;
    return {
      changed: (bits & 1) !== 0,
      captured: (bits & 2) !== 0,
      animating: (bits & 4) !== 0,
      refused: (bits & 8) !== 0,
      beat: BEATS[bits >> 4] ?? null,
    };
  }

  #read<T>(work: (scene: Raw) => string): T {
    return JSON.parse(this.#use(work)) as T;
  }

  #use<T>(work: (scene: Raw) => T): T {
    if (this.broken) throw new DownhillError({ code: "E_ENGINE", message: "This chart stopped working." });
    try {
      return this.#engine.call((glue) => work(this.#alive(glue)));
    } catch (error) {
      if (error instanceof DownhillError && error.code === "E_ENGINE") this.#failures += 1;
      throw error;
    }
  }

  #alive(glue: Glue): Raw {
    if (this.#raw && this.#generation === this.#engine.generation) return this.#raw;
    const given = this.#given();
    const raw =
      this.#memory === undefined
        ? new glue.Scene(this.kind, given)
        : glue.Scene.fromState(this.kind, given, this.#memory.state, this.#memory.own);
    raw.reducedMotion(this.#reducedMotion);
    if (this.#theme) raw.theme(this.#theme);
    for (const [stage, [width, height]] of this.#sizes) raw.resize(stage, width, height);
    this.#raw = raw;
    this.#generation = this.#engine.generation;
    // Tables are numbered anew.
    this.#own = raw.ownTableNumber();
    // A fresh scene says everything once.
    this.#parts = {};
    return raw;
  }
}

/**
 * Any value as JSON, so that the engine, which alone knows what a setting may be, can say what is wrong with it: what JSON has no
 * word for becomes text (`NaN` would turn into `null`, which asks for the default).
 */
export function json(value: unknown): string {
  try {
    return JSON.stringify(value ?? null, plain) ?? "null";
  } catch {
    // A ring of objects.
    return JSON.stringify(String(value));
  }
}

function plain(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
  const foreign =
    typeof value === "number" ? !Number.isFinite(value) : ["bigint", "function", "symbol"].includes(typeof value);
  return foreign ? String(value) : value;
}
