/**
 * What a computation takes, in counts: whole numbers that are the same on every machine, where seconds are not. The cores
 * add to this thread's tally once a pass, a solution or a tree, never within their inner loops, and `measured` tells what
 * one call has added. Counts leave a worker thread with the result that they were needed for.
 */

export interface Effort {
  /** Numbers and codes read from the table: by fits and predictions, and again by every pass of a solver or histogram. */
  readonly cells: number;
  /** Steps of iterative solvers: Newton and quasi-Newton steps, sweeps of coordinate descent. */
  readonly solverSteps: number;
  /** Histograms summed from rows. */
  readonly histogramPasses: number;
  /** Nodes of grown trees, leaves included, before pruning. */
  readonly treeNodes: number;
}

type Tally = { -readonly [K in keyof Effort]: number };

export const NO_EFFORT: Effort = { cells: 0, solverSteps: 0, histogramPasses: 0, treeNodes: 0 };

const tally: Tally = { ...NO_EFFORT };

/** Adds to what is being measured. */
export function spend(what: keyof Effort, times: number): void {
  tally[what] += times;
}

export interface Measured<T> {
  readonly value: T;
  readonly effort: Effort;
}

/** What `run` returns, and what it took. What it puts off (a generator, a promise) is not in it. */
export function measured<T>(run: () => T): Measured<T> {
  const before = { ...tally };
  const value = run();
  return {
    value,
    effort: {
      cells: tally.cells - before.cells,
      solverSteps: tally.solverSteps - before.solverSteps,
      histogramPasses: tally.histogramPasses - before.histogramPasses,
      treeNodes: tally.treeNodes - before.treeNodes,
    },
  };
}

export function sumOf(efforts: Iterable<Effort>): Effort {
  const sum: Tally = { ...NO_EFFORT };
  for (const one of efforts) {
    sum.cells += one.cells;
    sum.solverSteps += one.solverSteps;
    sum.histogramPasses += one.histogramPasses;
    sum.treeNodes += one.treeNodes;
  }
  return sum;
}
