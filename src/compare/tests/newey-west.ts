import {
  requireFinite,
  widest,
  type Differences,
  type Evidence,
  type PairedTest,
  type TestOptions,
} from "../contract.ts";
import { judge, studentPivot } from "../pivot.ts";
import { harveyVariance, neweyWestLag, serialMoments, timeBlocks, type LagWeights } from "../serial.ts";
import { isContrast } from "../situation.ts";
import { unitMoments } from "../units.ts";

/**
 * Diebold and Mariano's test of equal forecast accuracy, with the small-sample correction of Harvey, Leybourne & Newbold.
 *
 * @param input Gains in time order, equally spaced.
 * @param options `horizon`: steps ahead that were forecast (1); `lags` that are correlated (horizon - 1); `weights` of
 *   the lags: rectangular as in the paper, or Bartlett. Where rectangular weights give no positive variance, Bartlett's are taken.
 * @returns t on n - 1 degrees of freedom.
 * @throws RangeError unless 1 <= horizon < rows, or as `pairedT`. Cost: O(rows x lags).
 * Source: D. Harvey, S. Leybourne & P. Newbold, International Journal of Forecasting 13, 1997.
 */
export function dieboldMariano(
  { differences }: Differences,
  options: TestOptions & { horizon?: number; lags?: number; weights?: LagWeights } = {},
): Evidence {
  requireFinite("dieboldMariano", "differences", differences, 3);
  const n = differences.length;
  const { horizon = 1, lags = horizon - 1, weights = "rectangular" } = options;
  if (!(Number.isInteger(horizon) && horizon >= 1 && horizon < n && Number.isInteger(lags) && lags >= 0 && lags < n)) {
    throw new RangeError(
      `dieboldMariano: horizon and lags must be whole and below the ${n} rows, got ${horizon}, ${lags}`,
    );
  }
  const steps = rowsAsSteps(n);
  let moments = serialMoments(differences, undefined, steps, n, lags, weights);
  if (!(moments.second[0] > 0)) moments = serialMoments(differences, undefined, steps, n, lags, "bartlett");
  return judge(studentPivot("diebold-mariano", moments, harveyVariance(n, horizon)), options);
}

/**
 * Newey-West t test: is the mean gain above the margin when gains of neighbouring times are alike? Bartlett weights over
 * floor(4 (n/100)^(2/9)) lags, with the Harvey correction for as many.
 *
 * @param input Gains in time order. @returns t on n - 1 degrees of freedom. @throws As `pairedT`.
 * Still generous where the correlation is long: size .097 for a nominal .05 at AR(1) .6, n = 200; hence `timeT`.
 * Source: W. Newey & K. West, Econometrica 55, 1987.
 */
export function neweyWest({ differences }: Differences, options: TestOptions = {}): Evidence {
  requireFinite("neweyWest", "differences", differences, 3);
  const n = differences.length;
  const lag = neweyWestLag(n);
  const moments = serialMoments(differences, undefined, rowsAsSteps(n), n, lag);
  return judge(studentPivot("newey-west", moments, harveyVariance(n, lag + 1)), options);
}

/**
 * Block means: the plain t test on means of blocks of neighbouring rows, 10 or sqrt(n) long, whichever is more.
 * @param input Gains in time order. @returns t on blocks - 1 degrees of freedom. @throws As `pairedT`.
 */
export function blockMeans({ differences }: Differences, options: TestOptions = {}): Evidence {
  requireFinite("blockMeans", "differences", differences, 3);
  const n = differences.length;
  const moments = unitMoments(differences, undefined, timeBlocks(rowsAsSteps(n), n));
  return judge(studentPivot("block-means", moments), options);
}

/** Newey-West and block means at once, the wider of each bound: what rows in time order are judged by. */
export function timeT(input: Differences, options: TestOptions = {}): Evidence {
  return widest([neweyWest(input, options), blockMeans(input, options)]);
}

function rowsAsSteps(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

const order = { needs: "differences", also: "order" } as const;

export const dieboldMarianoTest: PairedTest = {
  name: "diebold-mariano",
  title: "Diebold-Mariano (Harvey-Leybourne-Newbold)",
  question: "Does one forecast beat the other when errors a horizon apart are correlated?",
  honest: "Equally spaced forecasts of a known horizon, correlation shorter than it.",
  ...order,
  run: dieboldMariano,
};

export const neweyWestTest: PairedTest = {
  name: "newey-west",
  title: "Newey-West t",
  question: "Is the mean gain above the margin when gains of neighbouring times are alike?",
  honest: "Some hundred rows in time order, correlation dying out within a few.",
  traits: { serial: true, excess: 0.025 },
  ...order,
  decides: (situation) => isContrast(situation) && situation.time,
  pivot: ({ n, q, rows, reckon }) => {
    const { step, steps } = rows.time!;
    const lag = neweyWestLag(steps);
    const serial = reckon(serialMoments(n, q, step, steps, lag));
    return studentPivot("newey-west", serial, harveyVariance(steps, lag + 1));
  },
  run: neweyWest,
};

export const blockMeansTest: PairedTest = {
  name: "block-means",
  title: "t on block means",
  question: "Is the mean gain above the margin when gains of neighbouring times are alike, judged by whole blocks?",
  honest: "Rows in time order, correlation shorter than a block.",
  traits: { serial: true, excess: 0.015 },
  ...order,
  decides: (situation) => isContrast(situation) && situation.time,
  pivot: ({ n, q, known, rows, reckon }) =>
    studentPivot("block-means", reckon(unitMoments(n, q, rows.time!.blocks, known))),
  run: blockMeans,
};
