/** What a gate judges on: fingerprints of everything that is fixed, and the rows of one shard. */
import { createHash } from "node:crypto";
import { shardRows, type Terms } from "../compare/ledger.ts";
import type { Candidate, HoldoutPart, Question } from "../compare/verdict/contract.ts";
import type { Rows } from "../frame/dataset.ts";
import { predictionAt } from "../frame/take.ts";
import { targetAt } from "../frame/take.ts";
import { gather } from "../numeric/gather.ts";
import type { Sourced } from "../challengers/source.ts";
import type { OpenBenchmark } from "../intake/opened.ts";

/** The rows of one shard, and what everybody answered for them. O(rows). */
export function shardOf(
  opened: OpenBenchmark,
  sourced: Sourced,
  { holdout: seed, budget }: Terms,
  shard: number,
): { readonly opened: OpenBenchmark; readonly sourced: Sourced } {
  const { truth, dependence, weights, twins } = opened.holdout!;
  const groups = dependence?.groups;
  const rows = shardRows(opened.held.length, budget, shard, seed, {
    ...(truth.task !== "regression" && { strata: truth.codes }),
    ...(groups && { groups }),
  });
  const holdout: HoldoutPart = {
    truth: targetAt(truth, rows),
    dependence: {
      ...(groups && { groups: rows.map((row) => groups[row]) }),
      ...(dependence?.time && { time: gather(dependence.time, rows) }),
    },
    ...(weights && { weights: gather(weights, rows) }),
    ...(twins && { twins: Uint8Array.from(rows, (row) => twins[row]) }),
  };
  const cut = <T extends Candidate>(one: T): T => ({ ...one, ...heldAt(one, rows) });
  return {
    opened: { ...opened, held: rows.map((row) => opened.held[row]), holdout, baselines: opened.baselines.map(cut) },
    sourced: { ...sourced, challenger: cut(sourced.challenger) },
  };
}

function heldAt({ holdout }: Candidate, rows: Rows): Pick<Candidate, "holdout"> {
  return holdout ? { holdout: holdout.map((prediction) => predictionAt(prediction, rows)) } : {};
}

type Numbers = Float64Array | Int32Array;

function print(texts: readonly string[], arrays: readonly (Numbers | undefined)[]): string {
  const hash = createHash("sha256").update(JSON.stringify(texts));
  for (const array of arrays) {
    hash.update(`;${array?.length ?? "none"};`);
    if (array) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hash.digest("hex");
}

/** Of the held-out rows, their truth and what belongs together. */
export function holdoutPrint({ held, known, holdout }: OpenBenchmark): string {
  const { truth, dependence, weights } = holdout!;
  const [texts, values] = truth.task === "regression" ? [[], truth.values] : [truth.classes, truth.codes];
  const numbers = held.map((row) => known.rowNumber[row]);
  return print(texts, [numbers, values, dependence?.groups, dependence?.time, weights]);
}

/** Of the baselines that have to be beaten, and what they answer. */
export function rivalsPrint({ baselines, against = "every", champion, guarantee }: Question): string {
  const rivals = against === "every" ? baselines : baselines.filter(({ name }) => name === champion);
  const texts = [...rivals.map(({ name }) => name), JSON.stringify(guarantee ?? null)];
  return print(
    texts,
    rivals.flatMap(({ holdout = [] }) => holdout.map(({ values }) => values)),
  );
}

/** Of what a challenger answers. */
export function answersPrint({ holdout = [] }: Candidate): string {
  return print(
    [],
    holdout.map(({ values }) => values),
  );
}
