/** A benchmark's answers row by row, as a later bench compares them with its own: without the table, without fitting anything. */
import type { OpenBenchmark } from "../intake/opened.ts";
import type { FoldPart } from "../compare/folds.ts";
import type { Candidate, HoldoutPart } from "../compare/verdict/contract.ts";
import { sha256 } from "./key.ts";
import { pack, unpack } from "./pack.ts";

const ROWS_SCHEMA = "tabular-baseline/bench-rows/1";

export interface BenchRows {
  readonly schema: typeof ROWS_SCHEMA;
  readonly holdout?: Pick<HoldoutPart, "truth" | "dependence" | "weights">;
  readonly folds?: FoldPart;
  readonly models: readonly Candidate[];
}

/** What a benchmark's rungs answered. */
export function rowsOfBenchmark({ holdout, folded, baselines, others }: OpenBenchmark): BenchRows {
  return { ...partsOf(holdout, folded.part), models: [...baselines, ...others].map(answersOf) };
}

/** What challengers answered, with the rows that they answered for. */
export function rowsOfChallengers({ holdout, folded }: OpenBenchmark, models: readonly Candidate[]): BenchRows {
  return { ...partsOf(holdout, folded.part), models: models.map(answersOf) };
}

function partsOf(holdout: HoldoutPart | undefined, folds: FoldPart): Omit<BenchRows, "models"> {
  return {
    schema: ROWS_SCHEMA,
    ...(holdout && {
      holdout: {
        truth: holdout.truth,
        ...(holdout.dependence && { dependence: holdout.dependence }),
        ...(holdout.weights && { weights: holdout.weights }),
      },
    }),
    folds,
  };
}

function answersOf({ name, holdout, folds }: Candidate): Candidate {
  return { name, ...(holdout && { holdout }), ...(folds && { folds }) };
}

/** SHA-256 of a model's answers. */
export function answersDigest(model: Candidate): string {
  const { name: _name, ...answers } = answersOf(model);
  return sha256(pack(answers));
}

export function packRows(rows: BenchRows): Uint8Array<ArrayBuffer> {
  return pack(rows);
}

/** @throws RangeError, SyntaxError, TypeError when the bytes are something else. */
export function unpackRows(bytes: Uint8Array): BenchRows {
  const rows = unpack(bytes) as Omit<BenchRows, "schema"> & { readonly schema: unknown };
  if (rows.schema !== ROWS_SCHEMA) throw new TypeError(`rows: wanted ${ROWS_SCHEMA}, got ${String(rows.schema)}`);
  return { ...rows, schema: ROWS_SCHEMA };
}
