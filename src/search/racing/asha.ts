import type { RacingRule } from "./contract.ts";

/**
 * Asynchronous successive halving, stopping variant, for curves: at steps `first` x eta^r a trial goes on only when it is
 * among the best 1/eta of all trials that reached that step (at least one). Source: Li et al., MLSys 2020; rungs count
 * steps seen, from 1.
 */
export function asha({ first = 1, eta = 3 }: { readonly first?: number; readonly eta?: number } = {}): RacingRule {
  return {
    name: eta === 3 && first === 1 ? "asha" : `asha(${first}, ${eta})`,
    title: `Stops at rungs ${first}, ${first * eta}, ... unless among the best 1/${eta} there`,
    stop({ folds, losses, rivals }) {
      const seen = folds.length;
      if (!isRung(seen, first, eta)) return false;
      const step = folds[seen - 1];
      const mine = losses[seen - 1];
      const there = rivals.map((rival) => rival.losses[step] ?? Number.NaN).filter((loss) => !Number.isNaN(loss));
      const places = Math.max(1, Math.floor((there.length + 1) / eta));
      return there.filter((loss) => loss < mine).length >= places;
    },
  };
}

function isRung(seen: number, first: number, eta: number): boolean {
  let rung = first;
  while (rung < seen) rung *= eta;
  return rung === seen;
}
