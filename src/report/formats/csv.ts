/** The scores of the ladder as CSV: a line for each rung, metric and part. */
import { stringify } from "csv-stringify/sync";
import type { Artifact, Score } from "../artifact.ts";
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

export const csvFormat: Format = {
  name: "csv",
  summary: "the ladder's scores, a line per rung, part and metric",
  file: "ladder.csv",
  benchmark: (artifact) => stringify([COLUMNS, ...lines(artifact)] as unknown[][]),
};
