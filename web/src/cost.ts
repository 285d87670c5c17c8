// What a gradient costs, measured on the machine at hand: one loss, one backward pass, and nudging every parameter.

import type { RawCostWorkload } from "./engine/engine.js";
import { DownhillError } from "./engine/error.js";
import { Handle } from "./engine/handle.js";
import { whole } from "./engine/numbers.js";
import type { Operations } from "./engine/types.js";

/** The costs at one number of parameters, in milliseconds. */
export interface GradientCost {
  parameters: number;
  /** One loss. */
  loss: number;
  /** One loss with its whole gradient, by backpropagation. */
  backward: number;
  /** The whole gradient by finite differences: a loss for each parameter and one to compare with. */
  finiteDifferences: number;
  /** Whether some of the differences were timed and the whole worked out from them: all of them would take too long. */
  extrapolated: boolean;
  /** Multiplications and additions of the three. */
  operations: Operations;
}

/** What to measure, and how to watch and stop it. */
export interface CostWatch {
  /** Numbers of parameters, 4 to 10,000,000; 10 to 1,000,000 in eleven steps unless told. Each becomes a square at most as large. */
  sizes?: readonly number[];
  /** Called after each size. */
  onProgress?: (cost: GradientCost, done: number, of: number) => void;
  /** Ends the measuring after the size at hand. */
  signal?: AbortSignal;
  /** How long each of the three is repeated, in milliseconds; 30 unless told. */
  budget?: number;
}

const SIZES = [10, 36, 100, 324, 1_024, 3_136, 10_000, 31_684, 100_489, 316_969, 1_000_000];

/** Measures the costs, smallest first, with a pause for the page after each. */
export async function measureGradientCost({
  sizes = SIZES,
  onProgress,
  signal,
  budget = 30,
}: CostWatch = {}): Promise<GradientCost[]> {
  if (!(budget > 0)) throw new DownhillError({ code: "E_RANGE", message: `budget must be above 0; got ${budget}.` });
  const costs: GradientCost[] = [];
  for (const size of sizes) {
    if (signal?.aborted) break;
    const cost = measure(whole("sizes", size), budget);
    costs.push(cost);
    onProgress?.(cost, costs.length, sizes.length);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return costs;
}

function measure(size: number, budget: number): GradientCost {
  const workload = new Handle<RawCostWorkload>("workload", (glue) => new glue.CostWorkload(size, 1));
  try {
    const parameters = workload.use((raw) => raw.parameters);
    const loss = timed(budget, () => workload.use((raw) => raw.loss()));
    const backward = timed(budget, () => workload.use((raw) => raw.backward()));
    const nudged = Math.max(1, Math.min(parameters, Math.floor(budget / loss)));
    const nudging = timed(budget, () => workload.use((raw) => raw.nudge(nudged)));
    return {
      parameters,
      loss,
      backward,
      finiteDifferences: (nudging * (parameters + 1)) / (nudged + 1),
      extrapolated: nudged < parameters,
      operations: workload.use((raw) => raw.operations() as Operations),
    };
  } finally {
    workload.free();
  }
}

/** Milliseconds a call: rounds of as many calls as the clock can tell apart, and the median of the rounds. */
function timed(budget: number, work: () => void): number {
  // Two calls warm the caches and let the browser compile its best code.
  work();
  work();
  let calls = 1;
  const rounds: number[] = [];
  const until = performance.now() + budget;
  do {
    const started = performance.now();
    for (let call = 0; call < calls; call += 1) work();
    const passed = performance.now() - started;
    // Browsers round their clocks to as much as 0.1 ms.
    if (passed < 2 && performance.now() < until) calls *= 2;
    else rounds.push(passed / calls);
  } while (performance.now() < until);
  rounds.sort((a, b) => a - b);
  return Math.max(rounds[rounds.length >> 1] ?? 0, 1e-6);
}
