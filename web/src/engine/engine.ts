// The engine of a page: loaded once, replaced when it traps. This folder is the only importer of the generated wasm package.

import { DownhillError, isRefusal, reason } from "./error.js";
import load, * as glue from "./wasm/downhill.js";

export type Glue = typeof glue;
export type RawExpression = glue.Expression;
export type RawLinearRegression = glue.LinearRegression;
export type RawNetwork = glue.Network;
export type RawTraining = glue.Training;
export type RawCostWorkload = glue.CostWorkload;

/** Must equal the version in package.json; a test holds them together. */
export const VERSION = "0.1.0";

/** Where to take the wasm from; by default the file `downhill.wasm` beside this script. */
export interface InitOptions {
  wasm?: URL | string | Response | BufferSource;
}

type Source = URL | string | Response | BufferSource;

/** One instance of the wasm module and whatever happens to it. */
export class Engine {
  readonly #glue: Glue = glue;
  #ready: Promise<void> | undefined;
  #running = false;
  #generation = 0;
  #source: string | undefined;
  readonly #tables = new Map<string, string>();
  readonly #replaced = new Set<() => void>();

  /** Counts the instances: what was made in an older generation is gone. */
  get generation(): number {
    return this.#generation;
  }

  /** The address the module came from, where it came from one. */
  get source(): string | undefined {
    return this.#source;
  }

  /** Loads the module. Later calls wait for the first; a failed one may be tried again. */
  init(options: InitOptions = {}): Promise<void> {
    this.#ready ??= this.#load(options.wasm).catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  /**
   * Does some work with the generated package. What it refuses comes out as a `DownhillError`; anything else that comes out
   * of the wasm module is a trap, after which memory cannot be trusted: the instance is replaced before this throws.
   */
  call<T>(work: (glue: Glue) => T): T {
    if (!this.#running) throw new DownhillError({ code: "E_NOT_READY", message: "Await init() before anything else." });
    try {
      return work(this.#glue);
    } catch (error) {
      if (error instanceof DownhillError) throw error;
      if (isRefusal(error) && error.code !== "E_ENGINE") throw new DownhillError(error);
      this.#replace();
      throw new DownhillError(
        { code: "E_ENGINE", message: `The engine stopped and was started afresh: ${reason(error)}` },
        { cause: error },
      );
    }
  }

  /** Hands a table to every scene that is made from now on, in this instance and in those that replace it. */
  provide(name: string, text: string): void {
    if (this.#tables.has(name)) return;
    this.#tables.set(name, text);
    if (this.#running) this.#glue.provide(name, text);
  }

  /** Calls back after each replacement; returns how to stop that. */
  onReplaced(listener: () => void): () => void {
    this.#replaced.add(listener);
    return () => this.#replaced.delete(listener);
  }

  async #load(wasm?: Source): Promise<void> {
    try {
      // Written out in full, so that bundlers see the file and ship it.
      const given = wasm ?? new URL("./downhill.wasm", import.meta.url);
      await load({ module_or_path: await readable(given) });
      if (given instanceof URL || typeof given === "string") this.#source = new URL(given, base()).href;
    } catch (error) {
      const message = `The engine could not be loaded: ${reason(error)}`;
      throw new DownhillError({ code: "E_LOAD", message }, { cause: error });
    }
    this.#running = true;
    this.#handTables();
  }

  #replace(): void {
    this.#glue.__wbg_reset_state();
    this.#generation += 1;
    this.#handTables();
    // Later, not now: whoever called is still in the middle of its work.
    for (const listener of this.#replaced) queueMicrotask(listener);
  }

  #handTables(): void {
    for (const [name, text] of this.#tables) this.#glue.provide(name, text);
  }
}

/** In Node a file is read, not fetched. Everything else the generated loader understands by itself. */
async function readable(source: Source): Promise<Source> {
  const { process } = globalThis as { process?: Node };
  if (!process?.getBuiltinModule || !(source instanceof URL || typeof source === "string")) return source;
  const url = source instanceof URL ? source : new URL(source, base());
  if (url.protocol !== "file:") return source;
  return process.getBuiltinModule("node:fs/promises").readFile(url);
}

/**
 * What an address is relative to: the page or, where there is none, this script. Not written as one expression with `new URL`: bundlers
 * would take it for the name of a file and go looking.
 */
function base(): string {
  return globalThis.location?.href ?? import.meta.url;
}

/** As much of Node as is needed. Its module is asked for at run time: an import would send bundlers for browsers after it. */
interface Node {
  getBuiltinModule?(name: "node:fs/promises"): { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };
}

/** One engine a page and version, however many copies of the script it loads. */
export const engine: Engine = shared();

function shared(): Engine {
  const key = Symbol.for("downhill.engines");
  const page = globalThis as { [key]?: Map<string, Engine> };
  page[key] ??= new Map();
  const known = page[key].get(VERSION);
  if (known) return known;
  const fresh = new Engine();
  page[key].set(VERSION, fresh);
  return fresh;
}
