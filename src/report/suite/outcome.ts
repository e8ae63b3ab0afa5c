/** What a bench comes to: its exit code follows from it. */
import type { BenchDocument } from "../bench.ts";

export interface BenchOutcome {
  /** Datasets, and challengers as `dataset: challenger`, that gave no result. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  readonly skipped: readonly string[];
  /** Broken expectations: where, and what was wanted. */
  readonly broken: readonly { readonly name: string; readonly reason: string }[];
  /** Names of datasets that got worse. */
  readonly worse: readonly string[];
  readonly measured: number;
}

/** Pure. Cost: O(datasets). */
export function outcomeOf({ datasets, against }: BenchDocument): BenchOutcome {
  const changes = against?.changes ?? [];
  const failed = datasets.flatMap(({ name, status, reason, challengers }) => [
    ...(status === "failed" ? [{ name, reason: reason ?? "failed" }] : []),
    ...challengers.flatMap((one) =>
      one.status === "failed" ? [{ name: `${name}: ${one.name}`, reason: one.reason ?? "failed" }] : [],
    ),
  ]);
  const broken = datasets.flatMap(({ name, expectations }) =>
    expectations
      .filter(({ met }) => !met)
      .map(({ challenger, what, wanted, found }) => ({
        name: challenger === null ? name : `${name}: ${challenger}`,
        reason: `${what} should be ${wanted}, and is ${found}`,
      })),
  );
  const worse = changes.filter(({ outcome }) => outcome === "worse").map(({ dataset }) => dataset);
  return {
    failed,
    skipped: datasets.filter(({ status }) => status === "skipped").map(({ name }) => name),
    broken,
    worse: [...new Set(worse)],
    measured: datasets.filter(({ result }) => result !== null).length,
  };
}

/** Something is not as it should be. */
export function isBad({ failed, broken, worse, skipped }: BenchOutcome): boolean {
  return failed.length + broken.length + worse.length + skipped.length > 0;
}
