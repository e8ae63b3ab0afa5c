/**
 * Two models on the same rows: the evidence that the challenger's gain exceeds the margin, by the inference that fits the
 * metric and the rows. Everything is exact where it can be: bounds and p values come from the same contrast of row sums.
 */
import { OptionError } from "../error.ts";
import { believing } from "./beliefs.ts";
import { columnsOf, same, type Columns } from "./columns.ts";
import {
  widest,
  type Evidence,
  type Outcomes,
  type PairedTest,
  type Pivot,
  type Situation,
  type TestOptions,
  type UnitContrast,
} from "./contract.ts";
import { guaranteedEvidence, type LossRange } from "./guarantee.ts";
import type { Independence } from "./independence.ts";
import type { MarginSpec } from "./margin.ts";
import type { Measured } from "./measure.ts";
import { judge } from "./pivot.ts";
import { deciding } from "./registry.ts";
import { acceleration } from "./tests/bca.ts";
import { sameValues } from "../numeric/ties.ts";
import { contrastAt, groupMoments, unitMoments, withRows, type UnitMoments } from "./units.ts";
import { contrary, unseenRows, type Unseen } from "./unseen.ts";

export interface PairOptions {
  readonly margin: MarginSpec;
  readonly rows: Independence;
  /** Ask for the finite-sample guarantee, for losses in this range. */
  readonly guarantee?: LossRange;
  /** As many numbers as there are rows, to work in: many pairs of many rows need no new memory each. */
  readonly scratch?: Float64Array;
  /** Reckon with rows that were not drawn, as every claim has to. */
  readonly unseen?: boolean;
  /** Losses of both models in the same bootstrap resamples, where there are any. */
  readonly resampled?: { readonly baseline: Float64Array; readonly challenger: Float64Array };
}

/** A pair of models made ready to be judged at any level. */
export interface Pair {
  /** Evidence on the scale of the margin: the metric's unit, or shares of the baseline's loss. */
  at(alpha: number): Evidence;
  /** Rows on which exactly one model is right, for 0/1 losses. */
  readonly discordant?: number;
  /** Kurtosis of the contrast over units, and their number: how well its spread is known. */
  readonly kurtosis: number;
  readonly units: number;
}

/** @throws RangeError when the finite-sample guarantee is asked for where it cannot be given. Cost: O(rows), then O(1) a level. */
export function pairOf(baseline: Measured, challenger: Measured, options: PairOptions): Pair {
  const { margin, rows } = options;
  const columns = columnsOf(baseline, challenger, margin.kind, options.scratch);
  const independent = rows.groups === undefined && rows.time === undefined;
  const unitOf = rows.groups ?? baseline.unitOf;
  const moments =
    rows.groups === undefined
      ? unitMoments(columns.n, columns.q, unitOf, columns.known)
      : groupMoments(columns.n, columns.q, rows.groups, columns.known);
  const theta = moments.n / moments.q;
  // Of a share of nothing no row says anything.
  const outcomes = moments.q > 0 ? outcomesOf(baseline, challenger) : undefined;
  const facts = {
    kurtosis: contrastAt(moments, theta).kurtosis,
    units: moments.units,
    ...(outcomes === undefined ? {} : { discordant: outcomes.wins + outcomes.losses }),
  };
  const { guarantee, resampled } = options;
  if (Number.isNaN(theta) || (guarantee !== undefined && !Number.isFinite(theta))) return NOTHING_TO_GAIN;
  if (guarantee !== undefined) {
    if (!independent) throw new OptionError("compare: the finite-sample guarantee needs independent rows");
    return { ...facts, at: (alpha) => guaranteedEvidence(baseline, challenger, margin, alpha, guarantee) };
  }
  const asked = deciding({
    ...tiesOf(rows),
    losses: outcomes !== undefined ? "zero-one" : baseline.rocArea === true ? "roc-area" : "averaged",
    ...(facts.discordant !== undefined && { discordant: facts.discordant }),
    margin,
    guarantee: false,
    resampled: resampled !== undefined,
  });
  if (outcomes !== undefined && asked.every(({ needs }) => needs === "outcomes")) {
    const at = { margin: margin.value };
    return {
      ...facts,
      at: (alpha) =>
        widest(asked.flatMap((one) => (one.needs === "outcomes" ? [one.run(outcomes, { ...at, alpha })] : []))),
    };
  }
  const at = columns.toTheta(margin.value);
  // A score that does not change whatever is left out may not be one of rows at all.
  const agreed = options.unseen === true && baseline.how !== "jackknife" && contrastAt(moments, at).sd === 0;
  const reckoned: Reckoned =
    options.unseen === true
      ? reckonedWith(baseline, challenger, columns, moments, { theta: at, agreed })
      : { kind: "rows" };
  const [seenBy, worse, better, lasting] = [seen, reckoned.worse, reckoned.better, reckoned.lasting].map((reckon) =>
    reckon === undefined ? [] : pivots(asked, { ...columns, moments, rows, reckon }),
  );
  const skew = resampled === undefined ? 0 : acceleration(influenceOf(columns, theta, unitOf));
  const fromResamples = (options: TestOptions): Evidence[] =>
    asked.flatMap(({ resampled: judged }) => {
      if (judged === undefined || resampled === undefined) return [];
      const gains = resampledGains(resampled, margin.kind);
      // Resamples that all say the same, as those dealt by strata may, tell nothing of the spread: the rows do.
      return sameValues(
        gains,
        gains.map(() => theta),
      )
        ? []
        : [judged(theta, gains, skew, options)];
    });
  return {
    ...facts,
    at: (alpha) => {
      const claim = { margin: at, alpha };
      const [below, above, later] = [worse, better, lasting].map((side) => side.map((pivot) => judge(pivot, claim)));
      const plain = agreed
        ? certain(theta, below, above)
        : widest([...seenBy.map((pivot) => judge(pivot, claim)), ...fromResamples(claim)]);
      const onMany = reckoned.lasting === undefined ? below : later;
      const [narrow, careful, many] = [plain, wary(plain, below, above), wary(plain, onMany, above)].map((e) =>
        translated(e, columns),
      );
      return reckoned.kind === "beliefs"
        ? {
            ...careful,
            widened: {
              below: times(narrow.gain - careful.lower, narrow.gain - narrow.lower),
              above: times(careful.upper - narrow.gain, narrow.upper - narrow.gain),
            },
          }
        : {
            ...careful,
            unseen: {
              below: apart(narrow.lower, careful.lower),
              above: apart(careful.upper, narrow.upper),
              lasting: apart(narrow.lower, many.lower),
            },
          };
    },
  };
}

/** There is nothing that a gain could be a share of, and no claim is made. */
const NOTHING_TO_GAIN: Pair = {
  kurtosis: 3,
  units: 0,
  at: (alpha) => ({
    test: "none",
    gain: Number.NaN,
    lower: -Infinity,
    upper: Infinity,
    level: 1 - 2 * alpha,
    statistic: 0,
    p: 1,
    pBelow: 1,
    error: 0,
  }),
};

/** Of rows that all show the same gain: what is not certain of it is said by what they are reckoned with alone. */
function certain(gain: number, below: readonly Evidence[], above: readonly Evidence[]): Evidence {
  const error = Math.max(...[...below, ...above].map((e) => e.error));
  return { ...widest(below), gain, lower: gain, upper: gain, p: 0, pBelow: 0, error };
}

/** Evidence with what may have been missed on either side: never narrower, and about the gain that was seen. */
function wary(seen: Evidence, worse: readonly Evidence[], better: readonly Evidence[]): Evidence {
  const careful = [seen, ...worse].reduce((a, b) => (b.p > a.p ? b : a));
  return {
    ...seen,
    lower: Math.min(seen.lower, ...worse.map((e) => e.lower)),
    upper: Math.max(seen.upper, ...better.map((e) => e.upper)),
    statistic: careful.statistic,
    p: careful.p,
    pBelow: Math.max(seen.pBelow, ...better.map((e) => e.pBelow)),
  };
}

function apart(larger: number, smaller: number): number {
  return Number.isFinite(larger - smaller) ? larger - smaller : 0;
}

function times(wide: number, narrow: number): number {
  return narrow > 0 && Number.isFinite(wide) ? wide / narrow : 1;
}

/** Counts of rows only one model got right; undefined unless all losses are 0 or 1. */
function outcomesOf(baseline: Measured, challenger: Measured): Outcomes | undefined {
  if (baseline.base !== undefined || baseline.how !== "mean" || baseline.link.kind === "other") return undefined;
  if (baseline.link.kind === "root") return undefined;
  const [b, c] = [baseline.losses, challenger.losses];
  let wins = 0;
  let losses = 0;
  for (let i = 0; i < b.length; i++) {
    if ((b[i] !== 0 && b[i] !== 1) || (c[i] !== 0 && c[i] !== 1)) return undefined;
    if (b[i] > c[i]) wins++;
    else if (b[i] < c[i]) losses++;
  }
  return { wins, losses, rows: b.length };
}

type Reckon = UnitContrast["reckon"];

/** What bounds have to reckon with: the spread that beliefs allow, or parts of rows; `lasting`: the lower one, were its few rows many. */
interface Reckoned {
  readonly kind: "beliefs" | "rows";
  readonly worse?: Reckon | undefined;
  readonly better?: Reckon | undefined;
  readonly lasting?: Reckon | undefined;
}

/** Nothing beside what was seen. */
const seen: Reckon = (moments) => moments;

function reckonedWith(
  baseline: Measured,
  challenger: Measured,
  columns: Columns,
  moments: UnitMoments,
  { theta, agreed }: { readonly theta: number; readonly agreed: boolean },
): Reckoned {
  const labels = baseline.other?.kind === "labels";
  const believed = labels ? believing(baseline, challenger, columns, theta) : undefined;
  if (labels && (believed !== undefined || !agreed)) {
    return { kind: "beliefs", worse: believed?.lower, better: believed?.upper };
  }
  const { worst, lasting, best } = unseenRows(baseline, challenger, { ...columns, meanQ: moments.q, theta });
  const reckon = (side: 1 | -1, unseen: readonly Unseen[]): Reckon | undefined => {
    if (!agreed) return unseen.length === 0 ? undefined : (moments) => withRows(moments, unseen);
    const far = contrary(side, theta, baseline.reach);
    return (moments) => withRows(far(moments), unseen);
  };
  const later = worst.length > lasting.length ? (reckon(-1, lasting) ?? seen) : undefined;
  return { kind: "rows", worse: reckon(-1, worst), better: reckon(1, best), lasting: later };
}

const NO_MARGIN = { kind: "absolute", value: 0 } as const;

/**
 * The statistics of a mean over these rows, by the tests that a verdict would ask.
 * @param reckon What to add to the moments of what was seen.
 */
export function pivotsOf(
  columns: Pick<Columns, "n" | "q" | "known">,
  moments: UnitMoments,
  rows: Independence,
  reckon: Reckon = seen,
): readonly Pivot[] {
  const asked = deciding({
    ...tiesOf(rows),
    losses: "averaged",
    margin: NO_MARGIN,
    guarantee: false,
    resampled: false,
  });
  return pivots(asked, { ...columns, moments, rows, reckon });
}

function tiesOf({ groups, time }: Independence): Pick<Situation, "groups" | "time"> {
  return { groups: groups !== undefined, time: time !== undefined };
}

function pivots(tests: readonly PairedTest[], contrast: UnitContrast): Pivot[] {
  return tests.flatMap(({ pivot }) => (pivot === undefined ? [] : [pivot(contrast)]));
}

/** What each unit adds to the gain, up to a constant: for the acceleration. */
function influenceOf({ n, q }: Columns, theta: number, unitOf: Int32Array | undefined): Float64Array {
  const rows = n.map((value, i) => value - theta * (q?.[i] ?? 1));
  if (unitOf === undefined) return rows;
  const sums = new Float64Array(unitOf.reduce((a, b) => Math.max(a, b), 0) + 1);
  rows.forEach((value, i) => (sums[unitOf[i]] += value));
  return sums;
}

function resampledGains(
  { baseline, challenger }: { baseline: Float64Array; challenger: Float64Array },
  kind: MarginSpec["kind"],
): Float64Array {
  return baseline.map((b, i) => (kind === "relative" ? (b - challenger[i]) / b : b - challenger[i]));
}

/** From θ to the gain; the error by the slope there. */
function translated(evidence: Evidence, { toGain }: Columns): Evidence {
  if (toGain === same) return evidence;
  const gain = toGain(evidence.gain);
  return {
    ...evidence,
    gain,
    lower: toGain(evidence.lower),
    upper: toGain(evidence.upper),
    error: evidence.error / (2 * Math.max(1 - gain, 1e-12)),
  };
}
