/** How much of what decides a ladder comes from how the folds were dealt, and whether dealing them again would say more. */
import { chooseChampion, pairedDifference, type RungLosses } from "./champion.ts";
import { independence, type Dependence } from "./independence.ts";

/** A baseline over all repeats so far. */
export interface DealtRung {
  readonly name: string;
  /** Row losses of each repeat, rows in one order. */
  readonly losses: readonly Float64Array[];
  readonly base?: Float64Array;
}

/** A difference that decides something, and its two errors. */
export interface DealtDifference {
  readonly rung: string;
  readonly against: string;
  /** Standard error over rows. */
  readonly standardError: number;
  /** What other folds would change: the error of the mean of the repeats so far. */
  readonly dealingError: number;
}

/** What decides the champion and the steps, and whether it is settled. */
export interface Dealing {
  readonly settled: boolean;
  /** Of the differences that dealing could still turn, the one it moves most; absent when it can turn none. */
  readonly open?: DealtDifference;
}

/** Dealing is small against rows when its error is at most this share of theirs: together they are 12 % above the rows' alone. */
export const DEALING_SHARE = 0.5;
/** Errors of dealing that a difference has to be away from where it would decide otherwise. */
const CLEAR = 2;
/** Standard errors from which on a gain counts as proven, roughly. */
const PROVEN = 2;

/**
 * Three kinds of difference decide: of every plainer rung to the best, which has to be more than is allowed; of the
 * champion to every other rung, which must not be; and of the best plainer rung to the champion, where two standard errors prove
 * that the step was worth it. All is settled when each of them is two errors of dealing away from there, or its error of dealing
 * is at most half of its standard error.
 *
 * The error of dealing is that of fold sums of what a row's difference differs from its mean over the repeats, as if folds
 * were independent: the mean takes 1 / repeats of a fold's sum away, and of every other repeat's.
 *
 * @param rungs All that can become champion, in ladder order. @param folds The fold of each row in each repeat, at least two of them.
 * @throws RangeError as `chooseChampion`. Cost: O(rungs x repeats x rows).
 */
export function dealingOf(
  rungs: readonly DealtRung[],
  folds: readonly Int32Array[],
  dependence: Dependence = {},
): Dealing {
  const means = rungs.map((rung): RungLosses => ({ ...rung, losses: overRepeats(rung.losses) }));
  const found = chooseChampion(means, dependence);
  const place = (name: string): number => rungs.findIndex((rung) => rung.name === name);
  const [champion, best] = [place(found.rung), place(found.best)];
  const rows = independence(means[0].losses.length, dependence);
  const open: DealtDifference[] = [];
  /** @param turnOf From the standard error of a difference to where the difference begins to decide otherwise. */
  const look = (a: number, b: number, turnOf: (error: number) => number): void => {
    if (a === b) return;
    const { difference, error } = pairedDifference(means[a], means[b], rows);
    const dealingError = errorOfDealing(rungs[a], rungs[b], folds);
    if (Math.abs(difference - turnOf(error)) < CLEAR * dealingError)
      open.push({ rung: rungs[a].name, against: rungs[b].name, standardError: error, dealingError });
  };
  const losses = found.rungs.map(({ loss }) => loss);
  for (let k = 0; k < champion; k++) look(k, best, () => found.rungs[k].allowed);
  for (let k = champion + 1; k < rungs.length; k++) look(champion, k, (error) => error);
  if (champion > 0) look(losses.indexOf(Math.min(...losses.slice(0, champion))), champion, (error) => PROVEN * error);
  const share = ({ dealingError, standardError }: DealtDifference): number => dealingError / standardError;
  const most = open.toSorted((a, b) => share(b) - share(a)).at(0);
  return { settled: most === undefined || share(most) <= DEALING_SHARE, ...(most && { open: most }) };
}

function overRepeats(losses: readonly Float64Array[]): Float64Array {
  return losses[0].map((_, row) => losses.reduce((sum, own) => sum + own[row], 0) / losses.length);
}

/** Of the difference of two rungs' means over rows and repeats. */
function errorOfDealing(a: DealtRung, b: DealtRung, folds: readonly Int32Array[]): number {
  const repeats = folds.length;
  const differences = a.losses.map((own, r) => own.map((loss, row) => loss - b.losses[r][row]));
  const usual = overRepeats(differences);
  let squares = 0;
  let cells = 0;
  for (const [r, own] of differences.entries()) {
    const sums: number[] = [];
    for (let row = 0; row < own.length; row++) {
      const fold = folds[r][row];
      sums[fold] = (sums[fold] ?? 0) + own[row] - usual[row];
    }
    for (const sum of sums) squares += (sum ?? 0) ** 2;
    cells += sums.length;
  }
  const total = a.base === undefined ? usual.length : a.base.reduce((sum, x) => sum + x, 0);
  return Math.sqrt(squares / ((repeats - 1) * (repeats - 1 + repeats / cells))) / total;
}
