// What the scene reads out, and what is told of it: one readout a moment, and events for what a learner did.

import type { Beat, Outcome, SceneHandle } from "../engine/scene.js";
import type { Control, FormulaReadout, HandleInfo, Moment, Panel, Readouts } from "../engine/types.js";
import type { Life } from "./life.js";
import type { Kind } from "./schema.js";
import type { Heard } from "./speaker.js";

/** What stands in the readout of every widget, whichever it is. */
export type Common = Moment &
  Panel & {
    handles: HandleInfo[];
    /** What there may be to do; `prompt` is one of them. */
    prompts: string[];
    controls: Control[];
    /** Of widgets around a formula. */
    formula?: FormulaReadout;
  };

/** The readout of one kind of widget: its own numbers, and what every widget reads out. */
export type ReadoutOf<K extends Kind> = Readouts[K] & Common;

/** What is said of a moment, which turns over when a step lands; and what there is to do in it. */
const SAID = [
  "figures",
  "equation",
  "beats",
  "equationSpoken",
  "explain",
  "notice",
  "titles",
  "descriptions",
  "triangle",
] as const;
const TO_DO = ["prompt", "prompts"] as const;

export class Reading<Readout extends Common> {
  readonly #element: HTMLElement;
  readonly #life: Life<Readout>;
  readonly #stale: () => void;
  readonly #follow: (outcome: Outcome) => void;
  #now: Readout | undefined;
  /** What stood before the step that is being shown. */
  #before: Readout | undefined;
  #beat: Beat | null = null;

  /** `stale` hears that the readout is another, `follow` what each input led to. */
  constructor(element: HTMLElement, life: Life<Readout>, stale: () => void, follow: (outcome: Outcome) => void) {
    this.#element = element;
    this.#life = life;
    this.#stale = stale;
    this.#follow = follow;
  }

  /** The numbers, words and handles of this moment. Undefined while there is no scene. */
  get now(): Readout | undefined {
    this.#now ??= this.#life.guard(() => this.#life.scene?.readout());
    return this.#now;
  }

  /** What the page shows: while a step is on its way, what is said is of the moment that it leaves, as the picture is. */
  get shown(): Readout | undefined {
    const { now } = this;
    const before = this.#before;
    if (!now || !before) return now;
    // What to do while it walks by itself is to be known at once.
    const held = now.status === "running" ? SAID : [...SAID, ...TO_DO];
    return { ...now, ...Object.fromEntries(held.map((name) => [name, before[name]])) };
  }

  /** What there is to hear: who listens need not wait for a picture. */
  get heard(): Heard | undefined {
    const { now } = this;
    return (
      now && {
        words: now.heard || now.explain.map(({ text }) => text).join(""),
        moves: now.moves,
        running: now.status === "running",
      }
    );
  }

  /** What of the equation the step that is on its way shows just now. */
  get beat(): Beat | null {
    return this.#beat;
  }

  /** This moment is over. */
  forget(): void {
    this.#now = undefined;
    this.#stale();
  }

  /** There is nothing to read out any more, nor to show anew. */
  end(): void {
    this.#now = this.#before = undefined;
  }

  /** Carries out what was asked of the scene, `steps` where it may take one. Only what a learner did is told in events. */
  carryOut(work: (scene: SceneHandle<Readout>) => Outcome, byLearner: boolean, steps = false): Outcome | undefined {
    const { scene } = this.#life;
    if (!scene) return undefined;
    return this.#life.guard(() => {
      const before = steps ? this.now : undefined;
      const outcome = work(scene);
      const events = scene.takeEvents();
      this.#beat = outcome.beat;
      if (!outcome.beat) this.#before = undefined;
      else if (events.includes("step")) this.#before = before;
      if (outcome.changed || outcome.refused || events.length > 0) this.forget();
      this.#follow(outcome);
      if (byLearner) for (const event of events) this.#tell(event);
      return outcome;
    });
  }

  #tell(event: string): void {
    const readout = this.now;
    // The readout itself, and once more by name for listeners that like to take it apart.
    this.#element.dispatchEvent(
      new CustomEvent(`downhill-${event}`, { bubbles: true, composed: true, detail: { ...readout, readout } }),
    );
  }
}
