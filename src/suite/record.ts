/** What a suite's run knows of a dataset, as `bench.json` tells it. Pure. */
import { join } from "node:path";
import type { BenchChallenger, BenchDataset, DatasetTiming } from "../report/bench.ts";
import type { Entry } from "./cache.ts";
import type { SuiteChallenger, SuiteDataset } from "./contract.ts";
import { ROWS_FILE } from "./files.ts";
import type { BenchmarkFacts, ChallengerFacts } from "./job.ts";

/** A dataset with the digests that its results are found by. */
export interface Asked {
  readonly dataset: SuiteDataset;
  /** Of the table's bytes. */
  readonly data: string;
  readonly key: string;
  readonly options: string;
}

export interface Judged {
  readonly challenger: SuiteChallenger;
  readonly entry: Entry<ChallengerFacts> | Error;
}

/** What is known of a dataset that was run, failed or was left out. */
export interface Done {
  readonly dataset: BenchDataset;
  readonly timing?: DatasetTiming;
  readonly rows: readonly (readonly [digest: string, path: string])[];
}

/** @param cached Nothing had to be computed. */
export function doneOf(
  { dataset, data, options }: Asked,
  entry: Entry<BenchmarkFacts>,
  judged: readonly Judged[],
  cached: boolean,
): Done {
  const { result, seconds, fits } = entry.facts;
  const rowsOf = (one: Entry<unknown>, digest: string): readonly [string, string] => [
    digest,
    join(one.folder, ROWS_FILE),
  ];
  const made = judged.flatMap(({ entry: one }) => (one instanceof Error ? [] : [one]));
  const wrong =
    dataset.sha256 !== undefined && dataset.sha256 !== data
      ? `its table is not the one of its card (SHA-256 ${data.slice(0, 12)}..., the card says ${dataset.sha256.slice(0, 12)}...)`
      : null;
  return {
    dataset: {
      name: dataset.name,
      status: wrong === null ? "ok" : "failed",
      reason: wrong,
      options,
      result,
      challengers: judged.map(challengerRecord),
      expectations: [],
      thresholds: dataset.thresholds,
    },
    timing: {
      seconds: made.reduce((sum, one) => sum + one.facts.seconds, seconds),
      cached,
      fits,
    },
    rows: [rowsOf(entry, result.rows), ...made.map((one) => rowsOf(one, one.facts.result.rows))],
  };
}

function challengerRecord({ challenger, entry }: Judged): BenchChallenger {
  const { name, predictions, builtin } = challenger;
  const source = predictions !== undefined ? "predictions" : builtin !== undefined ? "builtin" : "command";
  return entry instanceof Error
    ? { name, source, status: "failed", reason: entry.message, result: null }
    : { name, source, status: "ok", reason: null, result: entry.facts.result };
}

/** A dataset without a result. */
export function blank({ name, thresholds }: SuiteDataset): BenchDataset {
  const none = { reason: null, options: null, result: null, challengers: [], expectations: [] };
  return { name, status: "skipped", ...none, thresholds };
}

export function skipped(dataset: SuiteDataset): Done {
  return { dataset: { ...blank(dataset), reason: "another dataset had failed (--fail-fast)" }, rows: [] };
}

export function isFailed({ status, challengers }: BenchDataset): boolean {
  return status === "failed" || challengers.some((one) => one.status === "failed");
}
