/** Scores as CSV. */
import { stringify } from "csv-stringify/sync";
import type { Artifact, Score } from "../artifact.ts";
import type { VerdictDocument } from "../verdict.ts";
import type { Format } from "./contract.ts";

const COLUMNS = ["rung", "role", "status", "champion", "part", "metric", "value", "lower", "upper", "level"];

function lines({ ladder, champion }: Artifact): readonly (readonly (string | number | null)[])[] {
  return ladder.flatMap(({ rung, role, status, cv, holdout }) =>
    [
      ["cross-validation", cv],
      ["held out", holdout],
    ].flatMap(([part, scores]) =>
      Object.entries(scores as Readonly<Record<string, Score>>).map(([metric, { value, lower, upper, level }]) => [
        rung,
        role,
        status,
        rung === champion.rung ? "yes" : "no",
        part as string,
        metric,
        value,
        lower,
        upper,
        level,
      ]),
    ),
  );
}

const VERDICT_COLUMNS = ["challenger", "verdict", "sublabel", "reason", "part", "rows", "metric", "score"].concat([
  "baseline",
  "baseline_score",
  "hardest",
  "gain",
  "lower",
  "upper",
  "level",
  "margin",
  "margin_kind",
  "p",
]);

function verdictLines({ challengers }: VerdictDocument): readonly (readonly (string | number | null)[])[] {
  return challengers.flatMap((one) => {
    const { name, verdict, sublabel, reason, part, rows, metric, score, margin, against } = one;
    const own = [name, verdict, sublabel, reason, part, rows, metric, score];
    if (against.length === 0)
      return [[...own, ...Array.from({ length: VERDICT_COLUMNS.length - own.length }, () => null)]];
    return against.map(({ baseline, score: other, gain, bounds, p }) => [
      ...own,
      baseline,
      other,
      baseline === one.baseline ? "yes" : "no",
      gain,
      bounds.lower,
      bounds.upper,
      bounds.level,
      margin.value,
      margin.kind,
      p,
    ]);
  });
}

export const csvFormat: Format = {
  name: "csv",
  summary: "the ladder's scores, a line per rung, part and metric; of a verdict a line per challenger and baseline",
  file: "ladder.csv",
  benchmark: (artifact) => stringify([COLUMNS, ...lines(artifact)] as unknown[][]),
  verdict: (document) => stringify([VERDICT_COLUMNS, ...verdictLines(document)] as unknown[][]),
};
