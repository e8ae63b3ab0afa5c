/** The champion: the plainest rung that is not clearly worse than the best. */
import { mean } from "../numeric/moments.ts";
import { roundingOf } from "../numeric/ties.ts";
import { requireFinite } from "./contract.ts";
import { independence, type Dependence, type Independence } from "./independence.ts";
import { pivotsOf } from "./paired.ts";
import { contrastAt, unitMoments } from "./units.ts";

/** A rung's losses on the rows that all rungs were judged on, averaged over repeats; lower is better. */
export interface RungLosses {
  readonly name: string;
  readonly losses: Float64Array;
  /** Of weighted metrics and ratios: what the losses are divided by, the same for every rung. */
  readonly base?: Float64Array;
}

export interface RungStanding {
  readonly rung: string;
  /** Mean loss. */
  readonly loss: number;
  /** How much worse than the best, per row, and the standard error of that. */
  readonly difference: number;
  readonly error: number;
  /** How much worse it may be: the standard error, for the plainest rung more where few rows carry the difference. */
  readonly allowed: number;
  /** At most that much worse. */
  readonly within: boolean;
}

export interface Champion {
  readonly rung: string;
  /** The rung with the smallest mean loss. */
  readonly best: string;
  readonly rungs: readonly RungStanding[];
}

/**
 * Before anything but the plainest rung becomes champion, what it gains on that one must exceed 1 + FEW / k standard errors, where k
 * rows carry it (rows by kurtosis): three positives of 3,000 rows that all happen to fare better are 1.7 of them, and 1 made a
 * champion of luck in one table of five without any signal. Beyond a few dozen rows it is the plain rule. Chosen by
 * measurement (`bench/honesty/noise`).
 */
const FEW = 6;

/**
 * The paired one-standard-error rule (Breiman et al. 1984, on paired differences): the plainest rung whose mean loss is at most
 * one standard error of the paired difference above that of the best; the plainest of all may be more above it where few rows
 * carry the difference. Means that differ by no more than rounding are equal, and of equals the plainest is the best.
 *
 * @param rungs In ladder order, plainest first; losses on the same out-of-fold rows (`measureFolds(...).rows`).
 * @param dependence Groups make the error cluster-robust, time makes it Newey-West's or that of block means, the larger.
 * @throws RangeError without rungs, when lengths differ, or a loss is not finite (a failed rung comes with the floor's).
 * Cost: O(rungs x rows).
 */
export function chooseChampion(rungs: readonly RungLosses[], dependence: Dependence = {}): Champion {
  if (rungs.length === 0) throw new RangeError("chooseChampion: there is no rung");
  const count = rungs[0].losses.length;
  for (const { name, losses } of rungs) {
    requireFinite("chooseChampion", `losses of ${name}`, losses, 2);
    if (losses.length !== count) {
      throw new RangeError(`chooseChampion: losses of ${name} must have ${count} values, got ${losses.length}`);
    }
  }
  const rows = independence(count, dependence);
  const means = rungs.map(({ losses, base }) => mean(losses) / (base === undefined ? 1 : mean(base)));
  const sizes = rungs.map(({ losses, base }) => meanSize(losses) / (base === undefined ? 1 : mean(base)));
  const tied = (a: number, b: number): boolean => Math.abs(means[a] - means[b]) <= roundingOf(sizes[a] + sizes[b]);
  const least = means.indexOf(Math.min(...means));
  const best = means.findIndex((_, i) => tied(i, least));
  const standings = rungs.map((rung, i): RungStanding => {
    const { error, carrying } = pairedDifference(rung, rungs[best], rows);
    const difference = tied(i, best) ? 0 : means[i] - means[best];
    const allowed = i === 0 ? error * (1 + FEW / carrying) : error;
    return { rung: rung.name, loss: means[i], difference, error, allowed, within: difference <= allowed };
  });
  return {
    rung: standings[standings.findIndex((s) => s.within)].rung,
    best: rungs[best].name,
    rungs: standings,
  };
}

/**
 * How much worse one rung is than another, per row, with its standard error (infinite where one group or time tells nothing of its
 * spread), and how many rows or groups carry it: their number over the kurtosis.
 */
export function pairedDifference(
  { losses, base }: RungLosses,
  other: RungLosses,
  rows: Independence,
): { readonly difference: number; readonly error: number; readonly carrying: number } {
  const n = losses.map((loss, row) => loss - other.losses[row]);
  const known = { size: meanSize(losses) + meanSize(other.losses) };
  const columns = { n, ...(base === undefined ? {} : { q: base }), known };
  const moments = unitMoments(n, base, rows.groups, known);
  const errors = pivotsOf(columns, moments, rows).map((pivot) => pivot.error);
  const difference = moments.n / moments.q;
  const error = errors.some(Number.isNaN) ? Infinity : Math.max(...errors);
  return { difference, error, carrying: moments.units / contrastAt(moments, difference).kurtosis };
}

function meanSize(values: Float64Array): number {
  return values.reduce((sum, x) => sum + Math.abs(x), 0) / values.length;
}
