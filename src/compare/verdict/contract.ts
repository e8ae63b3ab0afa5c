/**
 * What a comparison is asked and what it answers. The question is plain data: one row order for all models, predictions,
 * groups and times as arrays, costs as measured. The answer is facts, numbers and reasons without infinities: `src/report` puts
 * them into words.
 */
import type { Target as Truth } from "../../frame/dataset.ts";
import type { Prediction } from "../../frame/prediction.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Detail } from "../detail.ts";
import type { Budget, BudgetResult, Measurements } from "../budget.ts";
import type { Protection, ProtectionSpec } from "../fairness.ts";
import type { FoldPart } from "../folds.ts";
import type { LossRange } from "../guarantee.ts";
import type { Dependence } from "../independence.ts";
import type { Margin, MarginSpec, Money } from "../margin.ts";
import type { JudgedMetric } from "../measure.ts";
import type { SliceResult, SliceSpec } from "../slices.ts";

export type { Target as Truth } from "../../frame/dataset.ts";
export type { Prediction } from "../../frame/prediction.ts";

/** Rows nobody trained or tuned on. */
export interface HoldoutPart {
  readonly truth: Truth;
  readonly dependence?: Dependence;
  /** Of rows in the metric (`--weight-metrics`), not of training. */
  readonly weights?: Float64Array;
  /** 1: training has an identical row. */
  readonly twins?: Uint8Array;
}

/** A model's answers. Several predictions: one a training seed, the same recipe; their losses are averaged. */
export interface Candidate {
  readonly name: string;
  readonly holdout?: readonly Prediction[];
  readonly folds?: readonly Prediction[];
  readonly cost?: Measurements;
}

export interface Challenger extends Candidate {
  /** Must-pass cases it failed, in words; absent: none were asked. Any failure decides. */
  readonly failures?: readonly string[];
  /** Must-pass cases that were asked. */
  readonly cases?: number;
  /** What a reader has to know of where it came from, each a clause without its full stop. */
  readonly notes?: readonly string[];
  /** What its source, or the benchmark, gives reason to check. */
  readonly findings?: readonly Finding[];
}

export interface Question {
  readonly metric: JudgedMetric;
  readonly holdout?: HoldoutPart;
  readonly folds?: FoldPart;
  /** In ladder order; at least the champion. Rungs that failed are given with the floor's predictions. */
  readonly baselines: readonly Candidate[];
  readonly champion: string;
  /** The ladder was cut short: baselines that were not trained, so that to beat the others proves little. Present, even if empty, only then. */
  readonly missing?: readonly string[];
  /** Why the rows may not be independent, and what would settle it: nobody is JUSTIFIED on them until then. */
  readonly suspected?: string;
  /** `every`: beat each baseline (default); `champion`: that one only. */
  readonly against?: "every" | "champion";
  readonly challengers: readonly Challenger[];
  /** Absent: from `money`, else the default of the metric, marked as assumed. */
  readonly margin?: MarginSpec;
  readonly money?: Money;
  /** One-sided level on a holdout, default .05. */
  readonly alpha?: number;
  /** One-sided level on folds, default alpha / 2: unstable learners need it. */
  readonly foldAlpha?: number;
  /** A guarantee for any number of rows: the range of the loss of a row. */
  readonly guarantee?: LossRange;
  readonly budgets?: readonly Budget[];
  readonly slices?: readonly SliceSpec[];
  readonly protect?: readonly ProtectionSpec[];
  /** Stream of the bootstrap. */
  readonly rng: Rng;
}

export type Verdict = "JUSTIFIED" | "NOT JUSTIFIED" | "INCONCLUSIVE";

/**
 * Why not: the evidence, the cost, or a veto. Of the evidence: `worse` and `equivalent` (within the margin on both sides) are
 * proven; where only a gain that matters is ruled out, it is `gain-too-small` or, when a loss was observed, `no-gain`.
 */
export type Sublabel =
  | "worse"
  | "equivalent"
  | "no-gain"
  | "gain-too-small"
  | "over-budget"
  | "must-pass"
  | "slice"
  | "fairness";

/** Why it is open. */
export type Reason =
  | "underpowered"
  | "near-margin"
  | "too-few-rows"
  | "too-few-discordant"
  | "too-few-positives"
  | "degenerate"
  | "overconfident-baseline"
  | "dependence-unknown"
  | "twins"
  | "metric-undefined"
  | "cv-holdout-conflict"
  | "budget-uncertain"
  | "ladder-incomplete"
  | "holdout-spent";

/** Two-sided bounds; null where the data set no limit. */
export interface Bounds {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number;
}

/** The comparison with one baseline. */
export interface Against {
  readonly baseline: string;
  /** The baseline's metric. */
  readonly score: number | null;
  readonly gain: number | null;
  /** The very bounds that decide: their smallest lower and smallest upper are those of the verdict. */
  readonly bounds: Bounds;
  /** One-sided p of a gain above the margin. */
  readonly p: number;
}

/** Test rows in all that would settle it with 80 % probability, were the true gain this; null: it is the margin itself. */
export interface RowsScenario {
  readonly scenario: "observed gain" | "twice the margin" | "upper bound";
  readonly gain: number;
  /** What they would settle it as. */
  readonly settles: "JUSTIFIED" | "NOT JUSTIFIED" | null;
  readonly rows: number | null;
  /** From the 80 % interval of the spread of the gains. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface RowsNeeded {
  readonly now: number;
  readonly power: number;
  readonly scenarios: readonly RowsScenario[];
}

/** A reason to doubt that a gain would last, with its numbers: a JUSTIFIED with one is never a plain "take it". */
export type Finding =
  /** The answers are the column's values, or any monotone or one-to-one change of them. */
  | { readonly code: "repeats-column"; readonly column: string }
  /** The benchmark was warned of these columns, and whatever learns from its table has them. */
  | { readonly code: "near-perfect-column"; readonly columns: readonly string[] }
  /** Share of what the best baseline leaves to gain that is gained. */
  | { readonly code: "almost-perfect"; readonly share: number }
  | { readonly code: "same-in-every-repeat"; readonly repeats: number }
  /** Gains in the folds and on the holdout whose intervals do not meet. */
  | { readonly code: "folds-above-holdout"; readonly folds: number; readonly holdout: number }
  /** Rows are held out, so many, and it answers for those in folds only. */
  | { readonly code: "folds-alone"; readonly heldOut: number }
  /** Probabilities of one class are high where another is true, of all classes in such a circle; it is behind every baseline. */
  | { readonly code: "misplaced-classes"; readonly of: string; readonly where: string }
  /** Numbers that go with the target, or against it, and are behind every baseline. */
  | { readonly code: "other-scale"; readonly correlation: number };

/** What a reader should know of the evidence, with its number. */
export type Caveat =
  | { readonly code: "few-rows"; readonly rows: number }
  | { readonly code: "few-groups"; readonly groups: number }
  | { readonly code: "single-run" }
  | { readonly code: "single-seed" }
  /** Gains on rows with an identical one in training and on the others, on the scale of the margin. */
  | {
      readonly code: "twins";
      readonly rows: number;
      readonly gain: number | null;
      readonly others: number | null;
      readonly kind: Margin["kind"];
    }
  /** Rows answered with a probability of exactly 0 or 1, and what one of them costs when it is wrong, in mean losses. */
  | { readonly code: "certain-answers"; readonly rows: number; readonly times: number };

/** What one part of the benchmark (holdout or folds) says. */
export interface PartVerdict<D = Detail | null> {
  readonly part: "holdout" | "folds";
  readonly verdict: Verdict;
  readonly sublabel: Sublabel | null;
  readonly reason: Reason | null;
  /** What the reason counts: groups that there are, and that are needed. */
  readonly detail: D;
  /** Folds speak of the recipe, not of the fitted model. */
  readonly provisional: boolean;
  readonly rows: number;
  /** What the independent witnesses are, and how many. */
  readonly units: { readonly kind: "rows" | "groups" | "time steps"; readonly count: number };
  /** The challenger's metric (on folds: mean over folds). */
  readonly score: number | null;
  /** The baseline that was hardest to beat. */
  readonly baseline: string;
  /** Over that baseline, on the scale of the margin; positive: the challenger is better. */
  readonly gain: number | null;
  /** Of the smallest true gain over all baselines that have to be beaten. */
  readonly bounds: Bounds;
  /** `p` of a gain above the margin over every baseline, `pBelow` of one below it over some baseline. */
  readonly test: {
    readonly name: string;
    readonly statistic: number | null;
    readonly p: number;
    readonly pBelow: number;
  };
  readonly against: readonly Against[];
  readonly rowsNeeded: RowsNeeded | null;
  /** Folds: where the Bayesian correlated t puts the gain; the same margin is the region of practical equivalence. */
  readonly posterior: { readonly worse: number; readonly equivalent: number; readonly better: number } | null;
  /** Of training: seeds averaged over, and the spread of the challenger's metric between them. */
  readonly seeds: { readonly count: number; readonly sd: number | null };
  readonly caveats: readonly Caveat[];
}

/** What was found of one challenger. */
/** `P`, `C`: how what lies behind it, and behind costs and slices, is told: as facts, or in words. */
export interface ChallengerVerdict<P = Detail | null, C = P> extends Omit<PartVerdict<P>, "part"> {
  readonly name: string;
  readonly metric: string;
  readonly margin: Margin;
  readonly part: "holdout" | "folds";
  /** The other part's answer, when both were given. */
  readonly other: PartVerdict<P> | null;
  readonly cost: readonly BudgetResult<NonNullable<C>>[];
  readonly slices: readonly SliceResult<C>[];
  readonly fairness: readonly Protection[];
  readonly findings: readonly Finding[];
  /** Must-pass cases that were asked; null: none. */
  readonly cases: number | null;
  /** Must-pass cases it failed, in words. */
  readonly failures: readonly string[];
  /** What its source tells of it, each a clause without its full stop. */
  readonly notes: readonly string[];
}

/** Several challengers at once: Holm's adjusted p values, and the winner with bounds that hold for all at once. */
export interface Family {
  readonly method: "holm";
  readonly alpha: number;
  readonly members: readonly { readonly name: string; readonly p: number; readonly adjusted: number }[];
  readonly winner: { readonly name: string; readonly gain: number; readonly bounds: Bounds } | null;
}

/** What a comparison found. */
export interface Comparison {
  readonly protocol: "holdout" | "folds" | "both";
  readonly against: "every" | "champion";
  readonly champion: string;
  readonly alpha: number;
  readonly challengers: readonly ChallengerVerdict[];
  readonly family: Family;
}

/** A number JSON can hold. */
export function finiteOrNull(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}
