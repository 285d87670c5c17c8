// Trains a network in a worker. `Network.trainInWorker` starts it and speaks to it; what passes between them is below.

import { init, type TrainRun } from "./core.js";
import { DownhillError, type DownhillErrorData } from "./engine/error.js";
import type { Progress } from "./engine/types.js";
import { Network, type NetworkSettings, type TrainResult } from "./learning.js";

/** The first message to the worker. Any later one ends the training after the slice at hand. */
export interface WorkerTask {
  /** Where to take the engine from; from beside this script unless told. */
  wasm?: string;
  spec: NetworkSettings;
  parameters: Float64Array;
  run: TrainRun;
}

/** What comes back: progress after every slice, then either of the others, once. */
export type WorkerNews =
  | { progress: Progress; parameters: Float64Array }
  | { result: TrainResult; parameters: Float64Array }
  | { error: DownhillErrorData };

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<WorkerTask>) => void) | null;
  postMessage(news: WorkerNews): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  const stop = new AbortController();
  scope.onmessage = () => stop.abort();
  train(data, stop.signal).catch((error: unknown) => {
    const known = error instanceof DownhillError;
    scope.postMessage({ error: known ? error.toJSON() : { code: "E_WORKER", message: String(error) } });
  });
};

async function train({ wasm, spec, parameters, run }: WorkerTask, signal: AbortSignal): Promise<void> {
  await init(wasm === undefined ? {} : { wasm });
  const network = new Network(spec);
  network.parameters = parameters;
  // Nobody waits for this thread's next frame, so slices are longer: often enough for a picture of the progress.
  const result = await network.trainInSlices(run, {
    signal,
    slice: 50,
    onProgress: (progress) => scope.postMessage({ progress, parameters: network.parameters }),
  });
  scope.postMessage({ result, parameters: network.parameters });
}
