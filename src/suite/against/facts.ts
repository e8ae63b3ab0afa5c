/** What can be told from two records without looking at rows: state, data, verdicts, work, sizes, times. */
import type { BenchDataset, BenchDocument, BenchResult, Change } from "../../report/bench.ts";
import { bytes, duration } from "../../report/wording.ts";
import type { Thresholds } from "../contract.ts";
import { countChanges } from "../counts.ts";
import { countSentence } from "./sentences.ts";

type Timed = Pick<BenchDocument, "timing" | "environment">;

/** @param timed Both sides, where times count. */
export function otherChanges(
  before: BenchDataset,
  after: BenchDataset,
  thresholds: Thresholds,
  timed: readonly [Timed, Timed] | undefined,
): readonly Change[] {
  const change = changeOf(after.name);
  if (after.status === "skipped") return [];
  const [old, now] = [before.result, after.result];
  if (now === null)
    return old === null
      ? []
      : [change("status", "other", "measured", after.status, "was measured before, and failed now")];
  if (old === null)
    return [change("status", "better", before.status, "measured", "failed before, and is measured now")];
  const verdicts = verdictChanges(before, after);
  if (old.data.fingerprint !== now.data.fingerprint)
    return [
      change(
        "data",
        "other",
        old.data.sha256.slice(0, 12),
        now.data.sha256.slice(0, 12),
        `the data are others (${rowsWords(old, now)}): its scores and its work are not compared`,
      ),
    ];
  return [
    ...verdicts,
    ...(old.champion === now.champion
      ? []
      : [
          change(
            "champion",
            "other",
            old.champion,
            now.champion,
            `the champion was ${old.champion} and is ${now.champion}`,
          ),
        ]),
    ...workChanges(after.name, old, now, thresholds),
    ...sizeChanges(after.name, old, now, thresholds),
    ...(timed === undefined ? [] : timeChanges(after.name, timed, thresholds)),
  ];
}

type Maker = (
  kind: Change["kind"],
  outcome: Change["outcome"],
  before: Change["before"],
  after: Change["after"],
  sentence: string,
  model?: string,
) => Change;

function changeOf(dataset: string): Maker {
  return (kind, outcome, before, after, sentence, model) => ({
    dataset,
    model: model ?? null,
    kind,
    outcome,
    before,
    after,
    sentence,
  });
}

function rowsWords({ data: old }: BenchResult, { data: now }: BenchResult): string {
  return old.rows === now.rows ? `${now.rows} rows as before` : `${old.rows} rows before, ${now.rows} now`;
}

const RANK = { "NOT JUSTIFIED": 0, INCONCLUSIVE: 1, JUSTIFIED: 2 } as const;

function verdictChanges(before: BenchDataset, after: BenchDataset): readonly Change[] {
  const change = changeOf(after.name);
  const vanished = before.challengers
    .filter(({ name }) => !after.challengers.some((one) => one.name === name))
    .map(({ name }) =>
      change("status", "worse", "judged", "gone", `challenger ${name}: is no longer in the suite`, name),
    );
  const changed = after.challengers.flatMap(({ name, result }): readonly Change[] => {
    const old = before.challengers.find((one) => one.name === name)?.result?.verdict;
    const now = result?.verdict;
    if (old === undefined || now === undefined || old === now) return [];
    const outcome = RANK[now] > RANK[old] ? "better" : "worse";
    return [change("verdict", outcome, old, now, `challenger ${name}: was ${old} and is ${now}`, name)];
  });
  return [...vanished, ...changed];
}

/** Counts of one program version mean the same; of another they cannot be compared. */
function workChanges(dataset: string, old: BenchResult, now: BenchResult, { work }: Thresholds): readonly Change[] {
  const change = changeOf(dataset);
  if (old.work === null || now.work === null) return [];
  if (old.work.version !== now.work.version)
    return [change("work", "other", old.work.version, now.work.version, "work is counted in another way than before")];
  return countChanges(old.work.total, now.work.total).map(({ what, before, after }) => {
    const outcome = after < before ? "better" : after > before * (1 + work) ? "worse" : "other";
    return change("work", outcome, before, after, countSentence(what, before, after));
  });
}

/** Fewer are some digits, unless not one is accepted. */
const LEAST_BYTES = 1000;

function sizeChanges(dataset: string, old: BenchResult, now: BenchResult, { size }: Thresholds): readonly Change[] {
  const change = changeOf(dataset);
  return now.rungs.flatMap(({ rung, bytes: after }) => {
    const before = old.rungs.find((one) => one.rung === rung)?.bytes;
    if (before == null || after === null || before === after) return [];
    const more = Math.max(after, before) - Math.min(after, before);
    if (more <= Math.min(after, before) * size || (size > 0 && more < LEAST_BYTES)) return [];
    const outcome = after > before ? "worse" : "better";
    return [
      change(
        "size",
        outcome,
        before,
        after,
        `${rung}: its model takes ${bytes(after)} instead of ${bytes(before)}`,
        rung,
      ),
    ];
  });
}

/** Times of two machines tell nothing. */
function timeChanges(
  dataset: string,
  [before, after]: readonly [Timed, Timed],
  { time }: Thresholds,
): readonly Change[] {
  if (before.environment.cpu !== after.environment.cpu) return [];
  const [old, now] = [before, after].map(({ timing }) => timing.datasets[dataset]?.seconds);
  if (old === undefined || now === undefined) return [];
  const change = changeOf(dataset);
  const sentence = `took ${duration(1000 * now)} instead of ${duration(1000 * old)}`;
  if (now > old * (1 + time)) return [change("time", "worse", old, now, sentence)];
  return now < old / (1 + time) ? [change("time", "better", old, now, sentence)] : [];
}
