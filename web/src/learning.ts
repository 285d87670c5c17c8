// Regression and networks for programs: plain numbers in, plain numbers out, the work itself in the engine.

import { engine, type RawLinearRegression, type RawNetwork, type RawTraining } from "./engine/engine.js";
import { DownhillError } from "./engine/error.js";
import { Handle } from "./engine/handle.js";
import { doubles, type Numbers, whole } from "./engine/numbers.js";
import type {
  DataKind,
  Diagnosis,
  Language,
  NetworkSpec,
  Operations,
  Optimizer,
  Progress,
  Task,
} from "./engine/types.js";
import type { WorkerNews, WorkerTask } from "./worker.js";

export type { DataKind, Diagnosis, Language, NetworkSpec, Operations, Progress, Task };

/** An optimiser with its settings; what is left out has optax's default. */
export type OptimizerSettings = { kind: Optimizer["kind"]; learningRate?: number; [setting: string]: unknown };

/** Columns to fit a linear model to. */
export interface RegressionData {
  /** One column each, all as long as `target`. */
  features: readonly Numbers[];
  target: Numbers;
  /** One a column; x1, x2, … unless told. */
  names?: readonly string[];
  /** Descends in units of each column's standard deviation; results are in original units all the same. */
  standardize?: boolean;
}

/** The exact least-squares fit, in original units. */
export interface RegressionSolution {
  coefficients: Float64Array;
  intercept: number;
  /** (1/n) Σ r². */
  mse: number;
  rmse: number;
  /** 1 − mse / variance of the target; null where the target never changes. */
  rSquared: number | null;
  /** √(Σ r² / (n − p − 1)); null where no rows are left over. */
  residualDeviation: number | null;
  /** Of the intercept, then of each coefficient; empty where no rows are left over. */
  standardErrors: Float64Array;
}

/** How to descend a regression. */
export interface RegressionRun {
  optimizer: OptimizerSettings;
  steps: number;
  /** Rows a step, in an order by seed; all of them unless told. */
  batchSize?: number;
  seed?: number;
  /** `[w…, b]` in original units; zeros of the descended units unless told. */
  start?: Numbers;
}

/** What came of a descent. */
export interface RegressionDescent {
  /** `[w…, b]` in original units. */
  parameters: Float64Array;
  /** The loss (1/n) Σ r² over all rows before each step and after the last, in the units that were descended. */
  losses: Float64Array;
  /** `running` where nothing ended the run before its steps were taken. */
  status: "running" | "converged" | "stalled" | "diverged";
  reason?: string;
}

/** A linear model ŷ = Σ w x + b and the data to fit it to. */
export class LinearRegression {
  readonly #handle: Handle<RawLinearRegression>;
  readonly names: readonly string[];

  constructor(data: RegressionData) {
    if (!Array.isArray(data?.features))
      throw new DownhillError({ code: "E_TYPE", message: "features must be a list of columns." });
    const features = data.features.map((column: Numbers, index) => doubles(`features[${index}]`, column));
    const target = doubles("target", data.target);
    const names = [...(data.names ?? features.map((_, index) => `x${index + 1}`))];
    const make: ConstructorParameters<typeof Handle<RawLinearRegression>>[1] = (glue) =>
      new glue.LinearRegression(features, target, names, data.standardize === true);
    this.#handle = new Handle("regression", make, make);
    this.names = names;
  }

  /** The best fit there is, by QR. Throws `E_RANK_DEFICIENT` with the columns named where there is no single one. */
  solve(): RegressionSolution {
    return this.#handle.use((raw) => raw.solve() as RegressionSolution);
  }

  /** 2/λ_max: the learning rate above which gradient descent on (1/n) Σ r² diverges, in the units that are descended. */
  largestStableLearningRate(): number {
    return this.#handle.use((raw) => raw.largestStableLearningRate());
  }

  /** Which rates crawl, converge, oscillate and diverge, as the data is and as it would be standardised. */
  diagnose(): { now: Diagnosis | null; standardized: Diagnosis | null } {
    return this.#handle.use((raw) => raw.diagnose() as ReturnType<LinearRegression["diagnose"]>);
  }

  /** Fits by descent. `losses` has the loss over all rows before each step and after the last, in descended units. */
  descend(run: RegressionRun): RegressionDescent {
    const { settings, start } = plain(run);
    return this.#handle.use((raw) => raw.descend(settings, start) as RegressionDescent);
  }

  /** The same descent as a program, a document or a table: what `exportRun` calls. */
  exportRun(run: RegressionRun, language: Language): string {
    const { settings, start } = plain(run);
    return this.#handle.use((raw) => raw.exportRun(settings, start, language));
  }

  /** ŷ for one row of features, by parameters `[w…, b]`; by the exact fit where none are given. */
  predict(features: Numbers, parameters?: Numbers): number {
    const given = parameters === undefined ? new Float64Array() : doubles("parameters", parameters);
    return this.#handle.use((raw) => raw.predict(doubles("features", features), given));
  }

  /** ŷ − y for every row, by the same parameters as `predict`. */
  residuals(parameters?: Numbers): Float64Array {
    const given = parameters === undefined ? new Float64Array() : doubles("parameters", parameters);
    return this.#handle.use((raw) => raw.residuals(given));
  }

  free(): void {
    this.#handle.free();
  }
}

/** A run as the engine takes it. */
function plain(run: RegressionRun): { settings: object; start: Float64Array } {
  const settings = {
    optimizer: run.optimizer,
    steps: whole("steps", run.steps),
    ...(run.batchSize !== undefined && { batchSize: whole("batchSize", run.batchSize) }),
    ...(run.seed !== undefined && { seed: whole("seed", run.seed) }),
  };
  return { settings, start: run.start === undefined ? new Float64Array() : doubles("start", run.start) };
}

/** What a network is made of; only `layers` and `activation` must be told. */
export type NetworkSettings = Pick<NetworkSpec, "layers" | "activation"> & Partial<NetworkSpec>;

/** How to train a network. */
export interface TrainRun {
  /** Rows × inputs, row by row. */
  inputs: Numbers;
  /** Rows × outputs, row by row. */
  targets: Numbers;
  optimizer: OptimizerSettings;
  /** Rows a step, 1 to all. */
  batchSize: number;
  epochs: number;
  /** A new order of rows every epoch; the rows' own order unless told. */
  shuffle?: boolean;
  /** What the order is made from; the network's seed unless told. */
  seed?: number;
  /** The weights of the penalties Σ |w| and ½ Σ w². */
  l1?: number;
  l2?: number;
}

/** What came of a training. `running` where nothing but the end of the epochs ended it, `paused` where it was cancelled. */
export interface TrainResult {
  /** The mean loss of the batches of each epoch and, after the last, the loss over all rows. */
  losses: Float64Array;
  status: "running" | "paused" | "diverged";
  reason?: string;
}

/** How a training in slices is watched and stopped. */
export interface TrainWatch {
  /** Called after every slice. */
  onProgress?: (progress: Progress) => void;
  /** Ends the training after the slice at hand; what was learnt until then stays. */
  signal?: AbortSignal;
  /** How long a slice may take, in milliseconds; 12 unless told. */
  slice?: number;
}

/** A network of dense layers. */
export class Network {
  readonly #handle: Handle<RawNetwork>;
  readonly spec: Readonly<NetworkSettings>;

  constructor(spec: NetworkSettings) {
    if (spec?.seed !== undefined) whole("seed", spec.seed);
    this.spec = { ...spec, layers: [...(spec?.layers ?? [])] };
    this.#handle = new Handle("network", (glue) => new glue.Network(this.spec));
  }

  /** Layer by layer: weights row by row as `[input][output]`, then biases. A copy; assign to change them. */
  get parameters(): Float64Array {
    return this.#handle.use((raw) => raw.parameters);
  }

  set parameters(values: Numbers) {
    this.#handle.use((raw) => raw.setParameters(doubles("parameters", values)));
  }

  /** The outputs for rows of inputs, row by row. */
  forward(inputs: Numbers): Float64Array {
    return this.#handle.use((raw) => raw.forward(doubles("inputs", inputs)));
  }

  /** The outputs of each layer for rows of inputs. */
  activations(inputs: Numbers): Float64Array[] {
    return this.#handle.use((raw) => raw.activations(doubles("inputs", inputs)) as Float64Array[]);
  }

  /** The mean loss over rows and its gradient, in the order of `parameters`. */
  lossAndGradient(inputs: Numbers, targets: Numbers): { loss: number; gradient: Float64Array } {
    const [x, y] = [doubles("inputs", inputs), doubles("targets", targets)];
    return this.#handle.use((raw) => raw.lossAndGradient(x, y) as { loss: number; gradient: Float64Array });
  }

  /** The training from the present parameters on as a program, a document or a table: what `exportRun` calls. */
  exportRun(run: TrainRun, language: Language): string {
    const { inputs, targets, settings } = lesson(run);
    return this.#handle.use((raw) => raw.exportRun(inputs, targets, settings, language));
  }

  /** Trains to the end before it returns. For more than a moment's work use `trainInSlices` or a worker. */
  train(run: TrainRun): TrainResult {
    const training = this.#start(run);
    try {
      const last = training.use((raw) => raw.finish() as Progress);
      return this.#end(training, last);
    } finally {
      training.free();
    }
  }

  /** Trains in slices with pauses in between, so that a page stays responsive; the parameters follow after every slice. */
  async trainInSlices(run: TrainRun, { onProgress, signal, slice = 12 }: TrainWatch = {}): Promise<TrainResult> {
    const training = this.#start(run);
    let steps = 1;
    try {
      for (;;) {
        if (signal?.aborted) training.use((raw) => raw.cancel());
        const started = performance.now();
        const progress = training.use((raw) => raw.slice(steps) as Progress);
        const passed = performance.now() - started;
        this.#adopt(training);
        onProgress?.(progress);
        if (training.use((raw) => raw.ended)) return this.#end(training, progress);
        // As many steps as fit the slice, by how long the last took; never more than twice as many at once.
        steps = Math.max(1, Math.floor(steps * Math.min(2, slice / Math.max(passed, 0.01))));
        await pause();
      }
    } finally {
      training.free();
    }
  }

  /**
   * Trains in a worker, by the script `worker.js` beside this one; the parameters follow after every slice. `signal` ends it.
   * Where there are no workers as browsers have them (Node), it rejects with `E_NO_WORKER`.
   */
  async trainInWorker(run: TrainRun, { onProgress, signal }: Omit<TrainWatch, "slice"> = {}): Promise<TrainResult> {
    const task: WorkerTask = {
      ...(engine.source && { wasm: engine.source }),
      spec: this.spec,
      parameters: this.parameters,
      run: { ...run, inputs: doubles("inputs", run.inputs), targets: doubles("targets", run.targets) },
    };
    const worker = startWorker(new URL("./worker.js", import.meta.url));
    const cancel = () => worker.postMessage("cancel");
    try {
      return await new Promise<TrainResult>((resolve, reject) => {
        worker.onerror = (event) => reject(new DownhillError({ code: "E_WORKER", message: workerFailure(event) }));
        worker.onmessage = ({ data }: MessageEvent<WorkerNews>) => {
          if ("error" in data) return reject(new DownhillError(data.error));
          // What fails here, such as a network that was freed or a caller's mistake, must not leave the promise open.
          try {
            // Between a step that left the finite numbers and the one that notices, the worker's network keeps its last good ones.
            this.parameters = data.parameters;
            if ("result" in data) resolve(data.result);
            else onProgress?.(data.progress);
          } catch (error) {
            reject(error);
          }
        };
        worker.postMessage(task);
        signal?.addEventListener("abort", cancel);
        if (signal?.aborted) cancel();
      });
    } finally {
      signal?.removeEventListener("abort", cancel);
      worker.terminate();
    }
  }

  free(): void {
    this.#handle.free();
  }

  #start(run: TrainRun): Handle<RawTraining> {
    const { inputs, targets, settings } = lesson(run);
    return this.#handle.use((raw) => new Handle("training", () => raw.training(inputs, targets, settings)));
  }

  #adopt(training: Handle<RawTraining>): void {
    this.#handle.use((raw) => training.use((trained) => raw.adopt(trained)));
  }

  #end(training: Handle<RawTraining>, { status, steps, totalSteps, reason }: Progress): TrainResult {
    this.#adopt(training);
    const ended = status === "diverged" ? "diverged" : steps < totalSteps ? "paused" : "running";
    return { losses: training.use((raw) => raw.losses), status: ended, ...(reason !== null && { reason }) };
  }
}

/** A training as the engine takes it. */
function lesson(run: TrainRun): { inputs: Float64Array; targets: Float64Array; settings: object } {
  const [inputs, targets] = [doubles("inputs", run.inputs), doubles("targets", run.targets)];
  const settings = {
    optimizer: run.optimizer,
    batchSize: whole("batchSize", run.batchSize),
    epochs: whole("epochs", run.epochs),
    shuffle: run.shuffle === true,
    ...(run.seed !== undefined && { seed: whole("seed", run.seed) }),
    ...(run.l1 !== undefined && { l1: run.l1 }),
    ...(run.l2 !== undefined && { l2: run.l2 }),
  };
  return { inputs, targets, settings };
}

/** Lets the page do its own work: paint, and answer what was pressed meanwhile. Timers would be slowed down after a while. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The part of the browser's interface for pages that demand trusted script addresses. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

function startWorker(url: URL): Worker {
  const { Worker: Constructor, trustedTypes } = globalThis as { Worker?: typeof Worker; trustedTypes?: TrustedTypes };
  if (!Constructor)
    throw new DownhillError({ code: "E_NO_WORKER", message: "There are no workers here. Use trainInSlices instead." });
  // The address is our own file, whatever a caller passes. Made once: a page may forbid a second policy of the same name.
  policy ??= trustedTypes?.createPolicy("downhill", { createScriptURL: (own) => own });
  return new Constructor(policy?.createScriptURL(url.href) ?? url, { type: "module", name: "downhill" });
}

function workerFailure(event: ErrorEvent): string {
  return `The worker stopped: ${event.message || "its script, worker.js, could not be loaded"}.`;
}

/** A small data set for networks: two inputs between about −1 and 1 and one target a row. `noise` is from 0 to 1. */
export function dataset(
  kind: DataKind,
  { rows = 200, noise = 0, seed = 0 }: { rows?: number; noise?: number; seed?: number } = {},
): { inputs: Float64Array; width: number; targets: Float64Array; task: Task; names: string[] } {
  return engine.call(
    (glue) => glue.dataset(kind, whole("rows", rows), noise, whole("seed", seed)) as ReturnType<typeof dataset>,
  );
}
