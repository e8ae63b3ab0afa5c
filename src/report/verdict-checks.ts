/** Budgets in words, and what a challenger is refused for. */
import type { BudgetResult } from "../compare/budget.ts";
import type { ToldVerdict, Veto } from "./verdict.ts";
import { bytes, duration, figure, pWords, whole } from "../words/numbers.ts";

/** One budget: `size 3.2 MB, at most 5 MB: within`. */
export function budgetLine({
  quantity,
  measured,
  declared,
  limit,
  unit,
  outcome,
  detail,
}: BudgetResult<string>): string {
  const got = measured === null ? "not measured" : `${IN_UNIT[unit](measured)}${declared ? " (declared)" : ""}`;
  const why = outcome === "uncertain" && measured !== null ? ` (${detail})` : "";
  return `${quantity} ${got}, at most ${IN_UNIT[unit](limit)}: ${outcome}${why}`;
}

/** A budget's quantity in words. */
export function inUnit(unit: BudgetResult["unit"], value: number): string {
  return IN_UNIT[unit](value);
}

const IN_UNIT: Readonly<Record<BudgetResult["unit"], (value: number) => string>> = {
  bytes,
  milliseconds: duration,
  "microseconds per row": (value) => `${duration(value / 1000)} per row`,
  "times the champion": (value) => `${figure(value)} times the champion's`,
};

/** What a challenger is refused for, whatever it gains. */
export function vetoesOf({ failures, slices, fairness }: ToldVerdict): readonly Veto[] {
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

/** Their kinds, each once. */
export function vetoKinds(vetoes: readonly Veto[]): readonly Veto["kind"][] {
  return [...new Set(vetoes.map(({ kind }) => kind))];
}
