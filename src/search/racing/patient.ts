import type { RacingRule } from "./contract.ts";

/**
 * Optuna's PatientPruner, for curves: lets `inner` stop a trial (or, without one, stops it) only when the last
 * `patience` + 1 steps hold nothing better, by more than `minDelta`, than the steps before them.
 */
export function patient({
  patience,
  minDelta = 0,
  inner,
}: {
  readonly patience: number;
  readonly minDelta?: number;
  readonly inner?: RacingRule;
}): RacingRule {
  return {
    name: `patient(${patience}${inner === undefined ? "" : `, ${inner.name}`})`,
    title: `Stops${inner === undefined ? "" : ` by ${inner.name}`} after ${patience} steps without progress`,
    stop(race) {
      const { losses } = race;
      const split = losses.length - (patience + 1);
      if (split <= 0) return false;
      const before = Math.min(...losses.subarray(0, split));
      const after = Math.min(...losses.subarray(split));
      return before + minDelta < after && (inner === undefined || inner.stop(race));
    },
  };
}
