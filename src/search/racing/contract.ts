/**
 * A racing rule decides after each fold whether a configuration is worth its remaining folds. It sees only trials that
 * the configuration was proposed from, so the decision does not depend on who finishes first.
 */

/** A trial that ended before: complete, or stopped after some folds. */
export interface Rival {
  readonly number: number;
  readonly complete: boolean;
  /** By fold (or step); NaN where it has none. Lower is better. */
  readonly losses: Float64Array;
  /** Mean over the folds it saw, or the loss it was told. */
  readonly loss: number;
}

export interface Race {
  /** Folds (steps) that the running trial has seen, in the order run. */
  readonly folds: readonly number[];
  /** Its loss on each of them. */
  readonly losses: Float64Array;
  /** Folds of a whole trial; 0 when steps are open-ended. */
  readonly total: number;
  /** By number. */
  readonly rivals: readonly Rival[];
}

export interface RacingRule {
  /** Unique: the key on the command line and in journals. */
  readonly name: string;
  /** For people, one sentence. */
  readonly title: string;
  /** True: give up now. Never asked before the first fold, nor after the last one. */
  stop(race: Race): boolean;
}

/** The complete rival with the lowest loss, the first of ties. */
export function incumbentOf(rivals: readonly Rival[]): Rival | undefined {
  let best: Rival | undefined;
  for (const rival of rivals) if (rival.complete && (best === undefined || rival.loss < best.loss)) best = rival;
  return best;
}

/** Loss of the running trial less the rival's, on each fold that both have seen. */
export function pairedDifferences({ folds, losses }: Race, rival: Rival): Float64Array {
  return Float64Array.from(folds, (fold, i) => losses[i] - rival.losses[fold]).filter((d) => !Number.isNaN(d));
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
