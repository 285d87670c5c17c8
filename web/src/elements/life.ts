// The scene of an element from its making to its end: made when the engine is there, made again in a fresh instance after a trap, freed
// when the element stays away from the page, and made again from the moment it showed when it comes back.

import { engine } from "../engine/engine.js";
import { DownhillError } from "../engine/error.js";
import { json, type Memory, SceneHandle } from "../engine/scene.js";
import { provide } from "../engine/tables.js";
import { decodeState } from "../share.js";

/** What a life asks of the element it belongs to. */
export interface Owner {
  readonly kind: string;
  /** The tables that its scene must be handed. */
  readonly tables: readonly string[];
  readonly isConnected: boolean;
  /** What the page asks for, as the engine reads it. */
  given(): string;
  /** A scene stands where there was none or another; `fresh` when nothing but the page's wishes made it. */
  adopted(fresh: boolean): void;
  /** The scene lives in another instance now, with everything it had. */
  moved(): void;
  /** There will be no picture. */
  failed(): void;
  /** A moment could not be read; `later` when another is shown already. */
  badState(later: boolean): void;
}

export class Life<Readout extends object> {
  readonly #owner: Owner;
  /** Resolves when the widget shows and answers; rejects if the engine, or a table it needs, cannot be had. */
  readonly ready: Promise<void>;
  scene: SceneHandle<Readout> | undefined;
  problem: DownhillError | undefined;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  /** A moment to show once there is a scene: from a property, or of the scene that was freed. */
  #pending: unknown;
  /** The whole memory of the scene that was freed, with what is no part of a state. */
  #kept: Memory | undefined;
  /** The same from the `state` attribute, still packed. */
  #packed: string | undefined;

  constructor(owner: Owner) {
    this.#owner = owner;
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A page that never asks must not be told of an unhandled rejection: the card says it.
    this.ready.catch(() => undefined);
  }

  get state(): unknown {
    return this.scene ? this.scene.state() : this.#pending;
  }

  /** The state of a widget of this kind that was asked for nothing. */
  plain(lang: string): unknown {
    return this.guard(() => {
      const scene = new SceneHandle(this.#owner.kind, () => json({ attributes: {}, properties: {}, lang }));
      const state = scene.state();
      scene.free();
      return state;
    });
  }

  /** Shows a moment, now or once there is a scene. What cannot be read is told by the owner, and the moment that was stays. */
  show(state: unknown): void {
    if (!this.scene) {
      this.#pending = state ?? undefined;
      this.#kept = undefined;
      return;
    }
    try {
      const next = this.#make(bare(state ?? null));
      this.scene.free();
      this.#adopt(next, false);
    } catch (error) {
      if (isTrap(error)) throw error;
      this.#owner.badState(true);
    }
  }

  /** The same for the text of the `state` attribute: a share link's fragment, or JSON. */
  showPacked(text: string | null): void {
    if (!this.scene) {
      this.#packed = text || undefined;
      return;
    }
    // Taken away, it asks for nothing: the moment stays.
    if (!text) return;
    try {
      this.show(decodeState(text));
    } catch (error) {
      if (isTrap(error)) throw error;
      this.#owner.badState(true);
    }
  }

  /** Loads the engine and the tables, and makes the scene; `shown` resolves once it is on the page. */
  async start(shown: () => Promise<unknown>): Promise<void> {
    try {
      // Elements that stand in the page start while this script is imported. Whoever imports it may say right after where the files are.
      await Promise.resolve();
      await Promise.all([engine.init(), provide(this.#owner.tables)]);
      if (!this.#owner.isConnected) return;
      if (!this.scene) this.guard(() => this.#begin());
      if (!this.scene) throw new DownhillError({ code: "E_ENGINE", message: "This chart could not be made." });
      await shown();
      this.#resolve();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Calls back when the engine was replaced after a trap; returns how to stop that. */
  watch(): () => void {
    return engine.onReplaced(() => {
      if (!this.scene) return;
      if (this.scene.broken)
        this.#fail(new DownhillError({ code: "E_ENGINE", message: "This chart stopped working." }));
      else this.#owner.moved();
    });
  }

  /** Gives the memory back and keeps the moment. */
  leave(): void {
    const { scene } = this;
    if (!scene) return;
    this.guard(() => {
      this.#pending = scene.state();
      this.#kept = scene.remember();
      scene.free();
    });
    this.scene = undefined;
  }

  /** Runs work on the scene. A refusal is the caller's to hear; a trap is dealt with here. */
  guard<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!isTrap(error)) throw error;
      if (this.scene?.broken) this.#fail(error);
      return undefined;
    }
  }

  #begin(): void {
    const [pending, kept, packed] = [this.#pending, this.#kept, this.#packed];
    this.#pending = this.#kept = this.#packed = undefined;
    if (pending !== undefined || packed !== undefined) {
      try {
        this.#adopt(this.#make(kept ?? bare(pending ?? decodeState(packed ?? ""))), false);
        return;
      } catch (error) {
        if (isTrap(error)) throw error;
        this.#owner.badState(false);
      }
    }
    this.#adopt(this.#make(), true);
  }

  #make(memory?: Memory): SceneHandle<Readout> {
    return new SceneHandle<Readout>(this.#owner.kind, () => this.#owner.given(), memory);
  }

  #adopt(scene: SceneHandle<Readout>, fresh: boolean): void {
    this.scene = scene;
    this.problem = undefined;
    this.#owner.adopted(fresh);
  }

  #fail(error: unknown): void {
    this.problem =
      error instanceof DownhillError ? error : new DownhillError({ code: "E_LOAD", message: String(error) });
    this.#reject(this.problem);
    this.#owner.failed();
  }
}

/** A moment as a memory: what a page or a link asks for has no table of one's own. */
function bare(state: unknown): Memory {
  return { state: JSON.stringify(state), own: [] };
}

function isTrap(error: unknown): error is DownhillError {
  return error instanceof DownhillError && error.code === "E_ENGINE";
}
