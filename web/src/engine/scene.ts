// A scene as the page holds it: it outlives the wasm instance it happens to live in.

import { type Engine, engine, type Glue } from "./engine.js";

import { DownhillError } from "./error.js";
import type { Event, Panel, StageInfo, Table } from "./types.js";

type Raw = InstanceType<Glue["Scene"]>;

/** What an input led to; the numbers are those of the wasm boundary. */
export interface Outcome {
  changed: boolean;
  captured: boolean;
  animating: boolean;
}

/** The boundary's names for what the pointer did. */
export const POINTER_PHASE = { down: 0, move: 1, up: 2, cancel: 3, leave: 4 } as const;
/** The boundary's names for what holds the pointer. */
export const POINTER_KIND: Readonly<Record<string, number>> = { mouse: 0, touch: 1, pen: 2 };

/** The boundary's names for the two layers of a stage. */
export const LAYER = { base: 0, live: 1 } as const;

export interface Setting {
  name: string;
  value?: unknown;
}

/**
 * Every method forwards to the scene in wasm. When the instance was replaced, the scene is made again from the state last
 * seen, with the sizes and colours it had; a scene that traps at once again is given up (`broken`).
 */
export class SceneHandle<Readout extends Panel = Panel> {
  readonly kind: string;
  readonly #engine: Engine;
  readonly #config: object;
  #raw: Raw | undefined;
  #generation = -1;
  #state: unknown;
  #stateIsOld = false;
  #failures = 0;
  readonly #sizes = new Map<number, [number, number]>();
  #theme: Record<string, string> | undefined;
  #reducedMotion = false;

  constructor(kind: string, config: object, state?: unknown) {
    this.kind = kind;
    this.#engine = engine;
    this.#config = config;
    this.#state = state;
    this.#use(() => undefined);
  }

  /** It trapped, was made again, and trapped again: show a card instead. */
  get broken(): boolean {
    return this.#failures > 1;
  }

  stages(): StageInfo[] {
    return this.#use((scene) => scene.stages() as StageInfo[]);
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

  focus(handle?: string): Outcome {
    return this.#act((scene) => scene.focus(handle));
  }

  set(setting: Setting, quiet: boolean): Outcome {
    return this.#act((scene) => scene.set(setting, quiet));
  }

  step(count: number): Outcome {
    return this.#act((scene) => scene.step(count));
  }

  stepBack(count: number): Outcome {
    return this.#act((scene) => scene.stepBack(count));
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

  tick(milliseconds: number): Outcome {
    return this.#act((scene) => scene.tick(milliseconds));
  }

  draw(stage: number, layer: number, context: CanvasRenderingContext2D, pixelRatio: number): void {
    this.#use((scene) => scene.draw(stage, layer, context, pixelRatio));
  }

  baseVersion(stage: number): number {
    return this.#use((scene) => scene.baseVersion(stage));
  }

  readout(): Readout {
    return this.#use((scene) => scene.readout() as Readout);
  }

  table(): Table {
    return this.#use((scene) => scene.table() as Table);
  }

  takeEvents(): Event[] {
    return this.#use((scene) => scene.takeEvents() as Event[]);
  }

  svg(stage: number): string {
    return this.#use((scene) => scene.svg(stage));
  }

  /** What a share link carries, and what the scene is made from again after a trap. */
  state(): unknown {
    if (this.#stateIsOld || this.#state === undefined) {
      this.#state = this.#use((scene) => scene.state());
      this.#stateIsOld = false;
    }
    return this.#state;
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

  #act(work: (scene: Raw) => number): Outcome {
    const bits = this.#use(work);
    this.#stateIsOld = true;
    return { changed: (bits & 1) !== 0, captured: (bits & 2) !== 0, animating: (bits & 4) !== 0 };
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
    const raw =
      this.#state === undefined
        ? new glue.Scene(this.kind, this.#config)
        : glue.Scene.fromState(this.kind, this.#state);
    raw.reducedMotion(this.#reducedMotion);
    if (this.#theme) raw.theme(this.#theme);
    for (const [stage, [width, height]] of this.#sizes) raw.resize(stage, width, height);
    this.#raw = raw;
    this.#generation = this.#engine.generation;
    return raw;
  }
}
