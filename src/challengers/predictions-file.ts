/** A challenger from a table of predictions, made by any program in any language. */
import { basename } from "node:path";
import { readTable, type TableSource } from "../table/read-table.ts";
import { counted } from "../words/numbers.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { ANSWERS, recordAnswers } from "./record-answers.ts";
import { rowPlaces } from "./row-places.ts";
import type { Sourced } from "./source.ts";

export interface PredictionsOptions {
  /** Default: the file's name without its folder and its endings. */
  readonly name?: string;
  /** Of a file with classes and probabilities; default: the probabilities. */
  readonly prefer?: "labels" | "probabilities";
}

/**
 * Reads predictions: `row` (or the benchmark's id column), `repeat` where cross-validation was repeated, then
 * `prediction`, `probability` or `proba_<class>` columns; held-out rows, all out-of-fold rows, or both, in any order.
 *
 * @throws ChallengerError, DataError for a table that cannot be judged: how many records, which is the first, what to do.
 * Cost: reading, then one pass a column; 1,000,000 rows take well under a second.
 */
export async function predictionsFile(
  opened: OpenBenchmark,
  source: TableSource,
  options: PredictionsOptions = {},
): Promise<Sourced> {
  const { ids } = opened.known;
  const table = await readTable(source, {
    ...ANSWERS,
    ...(ids && { types: new Map([[ids.name, "category"] as const]) }),
  });
  const path = typeof source === "string" ? source : table.origin.name;
  const answers = recordAnswers(table, path, opened.artifact, options.prefer ?? "probabilities");
  const places = rowPlaces(table, path, opened);
  const at = (records: Int32Array) => [answers.at(records, places.name)];
  return {
    challenger: {
      name: options.name ?? stemOf(table.origin.name),
      ...(places.held && { holdout: at(places.held) }),
      ...(places.folds && { folds: at(places.folds) }),
    },
    notes: [
      ...table.warnings.map(({ message }) => message),
      ...answers.notes,
      ...(places.ignored > 0
        ? [
            `${counted(places.ignored, "record is", "records are")} about rows that are not scored, and were passed over`,
          ]
        : []),
    ],
    labelsOnly: answers.labelsOnly,
  };
}

/** `models/forest.csv.gz` is called forest. */
function stemOf(name: string): string {
  return (
    basename(name)
      .replace(/\.gz$/i, "")
      .replace(/\.(csv|tsv|txt|parquet)$/i, "") || "challenger"
  );
}
