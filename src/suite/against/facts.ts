/** What can be told from two records without looking at rows: state, data, verdicts, work, sizes, times. */
import type { BenchDataset, BenchResult, BenchThresholds as Thresholds, Change, InTurn } from "../../report/bench.ts";
import { countChanges } from "../counts.ts";
import { challengerModel } from "./model-name.ts";
import {
  championChangeSentence,
  countSentence,
  FAILED_NOW,
  GONE,
  MEASURED_NOW,
  OTHER_COUNTING,
  OTHER_OPTIONS,
  otherDataSentence,
  rungFailedSentence,
  rungSentence,
  sizeSentence,
  verdictChangeSentence,
} from "../../report/suite/sentences.ts";
import { timeChanges } from "./times.ts";

/** @param inTurn Times of both programs, where they were measured. */
export function otherChanges(before: BenchDataset, after: BenchDataset, inTurn: InTurn | undefined): readonly Change[] {
  const { thresholds } = after;
  const change = changeOf(after.name);
  if (after.status === "skipped") return [];
  const [old, now] = [before.result, after.result];
  if (now === null) return old === null ? [] : [change("status", "other", "measured", after.status, FAILED_NOW)];
  if (old === null) return [change("status", "better", before.status, "measured", MEASURED_NOW)];
  if (old.data.fingerprint !== now.data.fingerprint) {
    const sentence = otherDataSentence(old.data.rows, now.data.rows);
    return [change("data", "other", old.data.sha256.slice(0, 12), now.data.sha256.slice(0, 12), sentence)];
  }
  const other = before.options !== after.options;
  const list = [
    ...championChanges(after.name, old, now),
    ...rungChanges(after.name, old, now),
    ...workChanges(after.name, old, now, thresholds),
    ...sizeChanges(after.name, old, now, thresholds),
    ...(inTurn === undefined ? [] : timeChanges(after.name, inTurn, thresholds)),
  ];
  return [
    ...verdictChanges(before, after),
    ...(other ? [change("options", "other", null, null, OTHER_OPTIONS)] : []),
    // What other options bring about is told, and is no fault of the program.
    ...(other ? list.map((one): Change => (one.outcome === "worse" ? { ...one, outcome: "other" } : one)) : list),
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

function championChanges(
  dataset: string,
  { champion: before }: BenchResult,
  { champion: after }: BenchResult,
): readonly Change[] {
  if (before === after) return [];
  const sentence = championChangeSentence(before, after);
  return [changeOf(dataset)("champion", "other", before, after, sentence)];
}

/** Rungs that came, went, or no longer work. */
function rungChanges(dataset: string, old: BenchResult, now: BenchResult): readonly Change[] {
  const change = changeOf(dataset);
  const gone = old.rungs.filter(({ rung }) => !now.rungs.some((one) => one.rung === rung));
  const others = now.rungs.flatMap(({ rung, status, reason }) => {
    const before = old.rungs.find((one) => one.rung === rung);
    if (before === undefined) return [change("status", "other", "absent", status, rungSentence(rung, "came"), rung)];
    if (before.status === status) return [];
    return status === "failed"
      ? [change("status", "worse", before.status, status, rungFailedSentence(rung, reason), rung)]
      : [change("status", "better", before.status, status, rungSentence(rung, "recovered"), rung)];
  });
  return [
    ...gone.map(({ rung }) => change("status", "worse", "there", "gone", rungSentence(rung, "went"), rung)),
    ...others,
  ];
}

const RANK = { "NOT JUSTIFIED": 0, INCONCLUSIVE: 1, JUSTIFIED: 2 } as const;

function verdictChanges(before: BenchDataset, after: BenchDataset): readonly Change[] {
  const change = changeOf(after.name);
  const vanished = before.challengers
    .filter(({ name }) => !after.challengers.some((one) => one.name === name))
    .map(({ name }) =>
      change("status", "worse", "judged", "gone", `challenger ${name}: ${GONE}`, challengerModel(name)),
    );
  const changed = after.challengers.flatMap(({ name, result }): readonly Change[] => {
    const old = before.challengers.find((one) => one.name === name)?.result?.verdict;
    const now = result?.verdict;
    if (old === undefined || now === undefined || old === now) return [];
    const outcome = RANK[now] > RANK[old] ? "better" : "worse";
    return [change("verdict", outcome, old, now, verdictChangeSentence(name, old, now), challengerModel(name))];
  });
  return [...vanished, ...changed];
}

/** Counts of one program version mean the same; of another they cannot be compared. */
function workChanges(dataset: string, old: BenchResult, now: BenchResult, { work }: Thresholds): readonly Change[] {
  const change = changeOf(dataset);
  if (old.work === null || now.work === null) return [];
  if (old.work.version !== now.work.version)
    return [change("work", "other", old.work.version, now.work.version, OTHER_COUNTING)];
  const [one, other] = [old.work, now.work];
  return countChanges(one.total, other.total).map(({ what, before, after }) => {
    const outcome = after < before ? "better" : after > before * (1 + (work ?? Infinity)) ? "worse" : "other";
    const where = Object.keys(other.rungs).filter((rung) => one.rungs[rung]?.[what] !== other.rungs[rung][what]);
    return change("work", outcome, before, after, countSentence(what, before, after, where));
  });
}

/** Fewer are some digits, unless not one is accepted. */
const LEAST_BYTES = 1000;

function sizeChanges(dataset: string, old: BenchResult, now: BenchResult, { size }: Thresholds): readonly Change[] {
  const change = changeOf(dataset);
  const accepted = size ?? Infinity;
  return now.rungs.flatMap(({ rung, bytes: after }) => {
    const before = old.rungs.find((one) => one.rung === rung)?.bytes;
    if (before == null || after === null || before === after) return [];
    const more = Math.max(after, before) - Math.min(after, before);
    if (more <= Math.min(after, before) * accepted || (accepted > 0 && more < LEAST_BYTES)) return [];
    const outcome = after > before ? "worse" : "better";
    return [change("size", outcome, before, after, sizeSentence(rung, before, after), rung)];
  });
}
