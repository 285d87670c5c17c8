// What lives in the engine's memory, held from outside: it outlives a trap where it can be made again.

import { engine, type Glue } from "./engine.js";
import { DownhillError } from "./error.js";

/** An object of the generated package. */
interface Raw {
  free(): void;
}

/** Holds one object of the engine. */
export class Handle<T extends Raw> {
  readonly #what: string;
  #raw: T | undefined;
  #generation: number;
  #remake: ((glue: Glue) => T) | undefined;

  /**
   * `what` names it in errors. `remake` makes it again in a fresh instance, after a trap; without, it is lost with the old one.
   */
  constructor(what: string, make: (glue: Glue) => T, remake?: (glue: Glue) => T) {
    this.#what = what;
    this.#raw = engine.call(make);
    this.#generation = engine.generation;
    this.#remake = remake;
  }

  /** Does some work with it. */
  use<R>(work: (raw: T) => R): R {
    if (this.#generation === -1) throw new DownhillError({ code: "E_FREED", message: `This ${this.#what} was freed.` });
    return engine.call((glue) => {
      if (!this.#raw || this.#generation !== engine.generation) {
        this.#raw = undefined;
        if (!this.#remake) {
          const message = `This ${this.#what} was lost when the engine stopped. Make it anew.`;
          throw new DownhillError({ code: "E_LOST", message });
        }
        this.#raw = this.#remake(glue);
        this.#generation = engine.generation;
      }
      return work(this.#raw);
    });
  }

  /** Gives the memory back now instead of with the garbage. It cannot be used after that. */
  free(): void {
    if (this.#generation === engine.generation) this.#raw?.free();
    this.#raw = undefined;
    this.#remake = undefined;
    this.#generation = -1;
  }
}
