/** The best split met so far at a node. */
export interface Candidate {
  /** Of the split; without one, what a split must beat. */
  gain: number;
  /** Column among the bins' columns; -1: no split yet. */
  column: number;
  /** Number column: the last bin on the left and the first on the right; high -1: only missing rows are on the right. */
  low: number;
  high: number;
  /** Whether no other split of the node can gain more. */
  perfect: boolean;
  /** Where missing rows go, and levels that the node has not seen; rows without a choice go to the heavier child. */
  missingLeft: boolean;
  /** Category column: the bins (bit b: bin b) that go to the side where missing rows do not. */
  readonly set: Uint32Array;
  /** Statistics of the left child. */
  readonly left: Float64Array;
}

export function newCandidate(stats: number): Candidate {
  return {
    gain: 0,
    column: -1,
    low: 0,
    high: 0,
    perfect: false,
    missingLeft: true,
    set: new Uint32Array(8),
    left: new Float64Array(stats),
  };
}

/** Notes a cut after bins[0 .. at] of a walk over `size` of them; `missingLeft` must be set. */
export function setCut(candidate: Candidate, category: boolean, bin: Int32Array, at: number, size: number): void {
  candidate.low = bin[at];
  candidate.high = at + 1 < size ? bin[at + 1] : -1;
  if (!category) return;
  const { set, missingLeft } = candidate;
  set.fill(0);
  for (let i = missingLeft ? at + 1 : 0; i < (missingLeft ? size : at + 1); i++)
    set[bin[i] >>> 5] |= 1 << (bin[i] & 31);
}
