/** The checks that were asked for, each with its numbers, passed or not. */
import type { BudgetResult } from "../compare/budget.ts";
import type { Extreme } from "../compare/fairness.ts";
import type { SliceResult } from "../compare/slices.ts";
import type { ChallengerVerdict } from "../compare/verdict/contract.ts";
import type { Veto } from "./verdict.ts";
import { bytes, duration, figure, pWords, whole } from "./wording.ts";

/** Lines of one kind of check under their heading. */
export interface Checks {
  readonly title: string;
  readonly lines: readonly string[];
}

/** All checks that were asked for. */
export function checksOf({ cases, failures, cost, slices, fairness }: ChallengerVerdict): readonly Checks[] {
  return [
    { title: "Must-pass cases", lines: mustPassLines(cases, failures) },
    { title: "Cost", lines: cost.map(budgetLine) },
    { title: "Slices", lines: slices.map(sliceLine) },
    { title: "Protected groups", lines: fairnessLines(fairness) },
  ].filter(({ lines }) => lines.length > 0);
}

function mustPassLines(cases: number | null, failures: readonly string[]): readonly string[] {
  if (cases === null) return [];
  return failures.length === 0 ? [`all ${cases} passed`] : failures;
}

/** One budget: `size 3.2 MB, at most 5 MB: within`. */
export function budgetLine({ quantity, measured, declared, limit, unit, outcome, detail }: BudgetResult): string {
  const got = measured === null ? "not measured" : `${IN_UNIT[unit](measured)}${declared ? " (declared)" : ""}`;
  const why = outcome === "uncertain" && measured !== null ? ` (${detail})` : "";
  return `${quantity} ${got}, at most ${IN_UNIT[unit](limit)}: ${outcome}${why}`;
}

const IN_UNIT: Readonly<Record<BudgetResult["unit"], (value: number) => string>> = {
  bytes,
  milliseconds: duration,
  "microseconds per row": (value) => `${duration(value / 1000)} per row`,
  "times the champion": (value) => `${figure(value)} times the champion's`,
};

function sliceLine({ slice, rows, gain, adjusted, outcome, detail }: SliceResult): string {
  if (gain === null) return `${slice}: ${whole(rows)} rows, not judged (${detail})`;
  const p = adjusted === null ? "" : ` (adjusted ${pWords(adjusted)} for a loss)`;
  return `${slice}: ${whole(rows)} rows, gain ${figure(gain)}; ${outcome}${p}`;
}

function fairnessLines(fairness: ChallengerVerdict["fairness"]): string[] {
  return fairness.flatMap(({ column, rates }) =>
    rates.map(({ rate, difference, baseline, change, outcome }) => {
      const range = (of: Extreme | null): string =>
        of === null ? "-" : `${figure(of.value)} (${figure(of.lower)} to ${figure(of.upper)})`;
      return `${rate} by ${column}: largest difference ${range(difference)}, of the champion ${range(baseline.difference)}, change ${range(change)}; ${outcome}`;
    }),
  );
}

/** What a challenger is refused for, whatever it gains. */
export function vetoesOf({ failures, slices, fairness }: ChallengerVerdict): readonly Veto[] {
  return [
    ...failures.map((detail) => ({ kind: "must-pass" as const, detail })),
    ...slices
      .filter(({ outcome }) => outcome === "worse")
      .map(({ slice, rows, adjusted }) => ({
        kind: "slice" as const,
        detail: `worse for ${slice} (${whole(rows)} rows, adjusted ${pWords(adjusted ?? 1)})`,
      })),
    ...fairness.flatMap(({ column, rates }) =>
      rates
        .filter(({ outcome }) => outcome === "beyond the limit" || outcome === "worse than the baseline")
        .map(({ rate, outcome }) => ({ kind: "fairness" as const, detail: `${rate} by ${column} is ${outcome}` })),
    ),
  ];
}
