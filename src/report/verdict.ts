/** `verdict.json`: what a comparison found, in numbers and in words; and the figures that all reports of it share. */
import type { Margin } from "../compare/margin.ts";
import type { Bounds, ChallengerVerdict, Comparison } from "../compare/verdict/contract.ts";
import { figure, percent, pFigure } from "../words/numbers.ts";

/** Name and version of `verdict.json`. */
export const VERDICT_SCHEMA = "tabular-baseline/verdict/1";

/** What is said of a challenger, in words where the mathematics has facts. */
export type ToldVerdict = ChallengerVerdict<string | null, string>;

/** One challenger's entry in `verdict.json`. */
export interface VerdictEntry extends ToldVerdict {
  readonly vetoes: readonly Veto[];
  /** The whole answer in plain words, one paragraph. */
  readonly sentence: string;
}

export interface Veto {
  readonly kind: "must-pass" | "slice" | "fairness";
  readonly detail: string;
}

/** What a comparison found, in words too. */
export interface WordedComparison extends Omit<Comparison, "challengers"> {
  readonly challengers: readonly VerdictEntry[];
}

export interface VerdictDocument extends WordedComparison {
  /** Name and version of this format. */
  readonly schema: typeof VERDICT_SCHEMA;
  /** Fingerprint of the benchmark that was judged against. */
  readonly benchmark: string;
}

/**
 * A gain without its sign on the scale of the margin: `12 %` of what was left to gain (never more than all of it; a loss may be
 * larger), or `0.012` of the metric.
 */
export function amount(gain: number, { kind }: Pick<Margin, "kind">): string {
  const size = Math.abs(gain);
  return kind === "relative" ? percent(gain > 0 ? Math.min(1, size) : size) : figure(size);
}

/** The same with its sign; a dash where it is not defined. */
export function gainFigure(gain: number | null, margin: Pick<Margin, "kind">): string {
  if (gain === null) return "-";
  return `${gain > 0 ? "+" : gain < 0 ? "-" : ""}${amount(gain, margin)}`;
}

/** `+9 % to +15 %`; words where the data set no limit. */
export function boundsFigure({ lower, upper }: Bounds, margin: Pick<Margin, "kind">): string {
  const low = lower === null ? "no limit" : gainFigure(lower, margin);
  return `${low} to ${upper === null ? "no limit" : gainFigure(upper, margin)}`;
}

/** As `boundsFigure`; of a gain that is not defined there is none. */
export function intervalFigure(
  { gain, bounds }: { readonly gain: number | null; readonly bounds: Bounds },
  margin: Pick<Margin, "kind">,
): string {
  return gain === null ? "-" : boundsFigure(bounds, margin);
}

/** `more than 1 %`, with a mark where nobody asked for it. */
export function marginFigure(margin: Margin): string {
  return `> ${amount(margin.value, margin)}${margin.assumed ? " (assumed)" : ""}`;
}

/** The verdict and why, short: `NOT JUSTIFIED (gain too small)`. */
export function verdictWords({ verdict, sublabel, reason, findings }: ToldVerdict): string {
  const why = sublabel ?? reason ?? (findings.length > 0 ? "check-first" : null);
  return why === null ? verdict : `${verdict} (${why.replaceAll("-", " ")})`;
}

/** What was asked of the challengers, in one line. */
export function questionLine({ against, champion, protocol, challengers }: VerdictDocument): string {
  const [{ metric }] = challengers;
  const rivals = against === "every" ? `every baseline (champion: ${champion})` : `the champion ${champion} only`;
  const rows = { holdout: "held-out rows", folds: "rows in folds", both: "held-out rows and rows in folds" }[protocol];
  return `Judged by ${metric} on ${rows}, against ${rivals}.`;
}

/** What holds for several challengers together; empty for one. */
export function familyLine({ family, challengers }: VerdictDocument): string {
  if (family.members.length < 2) return "";
  const { winner } = family;
  const sorted = `${family.members.length} challengers were judged together (Holm), so that chance finds a winner among useless ones in at most ${percent(family.alpha)} of cases.`;
  if (winner === null) return `${sorted} None of them is justified.`;
  const { margin } = challengers.find(({ name }) => name === winner.name) ?? challengers[0];
  return `${sorted} The best of those justified is ${winner.name}: ${gainFigure(winner.gain, margin)} (${boundsFigure(winner.bounds, margin)}, for all of them at once).`;
}

/** All challengers in a table, as plain text; `numeric`: columns to be set flush right. */
export function summaryTable({ challengers }: VerdictDocument): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly numeric: ReadonlySet<number>;
} {
  return {
    head: ["challenger", "verdict", "score", "hardest baseline", "gain", "interval", "needed", "p"],
    rows: challengers.map((one) => [
      one.name,
      verdictWords(one),
      figure(one.score),
      `${one.baseline} ${figure(one.against.find(({ baseline }) => baseline === one.baseline)?.score)}`,
      gainFigure(one.gain, one.margin),
      intervalFigure(one, one.margin),
      marginFigure(one.margin),
      pFigure(one.test.p),
    ]),
    numeric: new Set([2, 4, 5, 6, 7]),
  };
}
