/** What a bench keeps of a benchmark. Pure: artifact in, record out. */
import type { Artifact, Rung, Score } from "../report/artifact.ts";
import type { BenchResult, BenchRung, BenchScores, BenchWork } from "../report/bench.ts";
import { answersDigest, type BenchRows } from "./rows.ts";

/** @param rowsDigest SHA-256 of the packed rows. */
export function resultOf(artifact: Artifact, rows: BenchRows, rowsDigest: string): BenchResult {
  const { dataset, target, task, metric, splits, champion, ladder } = artifact;
  const part = rows.holdout === undefined ? "folds" : "holdout";
  const { kind, seed, fingerprint } = splits;
  return {
    data: { name: dataset.name, rows: dataset.rows, sha256: dataset.sha256, fingerprint: dataset.fingerprint },
    target: target.name,
    task,
    metric: { name: metric.name, direction: metric.direction },
    part,
    splits: { kind, seed, fingerprint, rows: splits.rows },
    champion: champion.rung,
    rungs: ladder.map((rung) => rungOf(rung, part, rows)),
    work: workOf(artifact),
    rows: rowsDigest,
  };
}

function rungOf(rung: Rung, part: "holdout" | "folds", { models }: BenchRows): BenchRung {
  const answers = models.find(({ name }) => name === rung.rung);
  return {
    rung: rung.rung,
    role: rung.role,
    status: rung.status,
    reason: rung.reason ?? null,
    params: rung.params,
    scores: scoresOf(part === "holdout" ? rung.holdout : rung.cv),
    bytes: rung.bytes,
    answers: answers === undefined ? "" : answersDigest(answers),
  };
}

function scoresOf(scores: Readonly<Record<string, Score>>): BenchScores {
  return Object.fromEntries(
    Object.entries(scores).map(([name, { value, lower, upper, level }]) => [name, { value, lower, upper, level }]),
  );
}

/** Benchmarks of older versions did not count their work. */
function workOf({ work }: Artifact): BenchWork | null {
  if (work === undefined) return null;
  const { version, total, rungs } = work;
  const own = Object.entries(rungs).map(([rung, counts]) => [rung, { ...counts }] as const);
  return { version, total: { ...total }, rungs: Object.fromEntries(own) };
}
