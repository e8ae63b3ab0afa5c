/** A bench beside an earlier one: what got better, worse, bigger. Scores are compared row by row, counts exactly. */
import { holm } from "../../compare/multiplicity.ts";
import { findMetric } from "../../metrics/registry.ts";
import type { Against, BenchDataset, BenchDocument, BenchResult, BenchTiming, Change } from "../../report/bench.ts";
import type { Candidate } from "../../compare/verdict/contract.ts";
import { THRESHOLDS } from "../contract.ts";
import type { BenchRows } from "../rows.ts";
import { otherChanges } from "./facts.ts";
import { challengerModel, challengerOf } from "./model-name.ts";
import { listRows, pairModels, scoreMargin, type Paired } from "./pair.ts";
import { requireSameQuestion } from "./same-question.ts";
import { GONE, scoreSentence } from "../../report/suite/sentences.ts";

export interface Side {
  /** As it was named; messages begin with it. */
  readonly name: string;
  readonly bench: Pick<BenchDocument, "program" | "datasets" | "timing">;
  /** The answers of a digest. @throws FolderError when they are gone. */
  readonly rows: (digest: string) => BenchRows;
}

export interface AgainstOptions {
  /** All datasets of the suite, also those that were not asked for this time. */
  readonly suite: readonly string[];
  /** Times of both programs by dataset, where they were measured. */
  readonly inTurn?: BenchTiming["inTurn"];
}

/** A model whose answers differ, with everything that is known of the difference. */
interface Claim {
  readonly dataset: string;
  readonly model: string;
  readonly metric: string;
  readonly paired: Paired;
  readonly alpha: number;
}

/**
 * @throws AgainstError when a dataset of both asks another question than before; FolderError when rows of the earlier one are gone.
 *   Cost: a pass over the rows for each model that answers otherwise; nothing is fitted.
 */
export function compareBenches(before: Side, after: Side, { suite, inTurn = {} }: AgainstOptions): Against {
  const both = after.bench.datasets.flatMap((now) => {
    const old = before.bench.datasets.find(({ name }) => name === now.name);
    return old === undefined ? [] : [{ old, now }];
  });
  const claims: Claim[] = [];
  const facts: Change[] = [];
  let same = 0;
  for (const { old, now } of both) {
    facts.push(...otherChanges(old, now, Object.hasOwn(inTurn, now.name) ? inTurn[now.name] : undefined));
    if (old.result === null || now.result === null) continue;
    requireSameQuestion(now.name, before.name, old.result, now.result);
    if (old.result.data.fingerprint !== now.result.data.fingerprint) continue;
    const found = claimsOf(now, now.result, modelsOf(old, before), modelsOf(now, after));
    same += found.same;
    claims.push(...found.claims);
  }
  const vanished = before.bench.datasets.filter(({ name }) => !suite.includes(name)).map(({ name }) => gone(name));
  return {
    name: before.name,
    program: before.bench.program,
    alpha: THRESHOLDS.alpha,
    datasets: both.length,
    same,
    compared: claims.length,
    changes: [...vanished, ...paidFor(scoreChanges(claims), facts)],
  };
}

/** A larger model whose score is proven to be better has earned its size. */
function paidFor(scores: readonly Change[], facts: readonly Change[]): readonly Change[] {
  const paid = facts.map((fact): Change => {
    const earned = scores.some(
      ({ dataset, model, outcome }) => dataset === fact.dataset && model === fact.model && outcome === "better",
    );
    return fact.kind === "size" && fact.outcome === "worse" && earned ? { ...fact, outcome: "other" } : fact;
  });
  return [...scores, ...paid];
}

/** A model of a dataset; its rows are read when they are wanted. */
interface SideModel {
  readonly name: string;
  readonly answers: string;
  readonly metric: string | null;
  readonly rows: () => BenchRows;
}

function modelsOf({ result, challengers }: BenchDataset, { rows }: Side): readonly SideModel[] {
  const once = (digest: string): (() => BenchRows) => {
    let read: BenchRows | undefined;
    return () => (read ??= rows(digest));
  };
  const own = once(result!.rows);
  return [
    ...result!.rungs
      .filter(({ answers }) => answers !== "")
      .map(({ rung, answers }) => ({ name: rung, answers, metric: null, rows: own })),
    ...challengers.flatMap(({ name, result: judged }) =>
      judged === null
        ? []
        : [{ name: challengerModel(name), answers: judged.answers, metric: judged.metric, rows: once(judged.rows) }],
    ),
  ];
}

function claimsOf(
  { name: dataset, thresholds: { score, alpha } }: BenchDataset,
  { task, metric }: BenchResult,
  before: readonly SideModel[],
  after: readonly SideModel[],
): { readonly same: number; readonly claims: readonly Claim[] } {
  const claims: Claim[] = [];
  let same = 0;
  for (const now of after) {
    const old = before.find(({ name }) => name === now.name);
    if (old === undefined) continue;
    if (old.answers === now.answers) {
      same++;
      continue;
    }
    const judged = findMetric(now.metric ?? metric.name, task);
    const rows = now.rows();
    const [one, other] = [modelIn(old.rows(), now.name), modelIn(rows, now.name)];
    if (one === undefined || other === undefined) continue;
    const paired = pairModels(judged, listRows(commonParts(rows, one, other)), one, other, {
      margin: scoreMargin(judged, score),
      alpha,
    });
    claims.push({ dataset, model: now.name, metric: judged.name, paired, alpha });
  }
  return { same, claims };
}

function modelIn({ models }: BenchRows, name: string): Candidate | undefined {
  return models.find((model) => model.name === (challengerOf(name) ?? name));
}

/** The parts that both answered for. */
function commonParts(rows: BenchRows, one: Candidate, other: Candidate): BenchRows {
  const { holdout, folds, ...rest } = rows;
  return {
    ...rest,
    ...(holdout && one.holdout && other.holdout && { holdout }),
    ...(folds && one.folds && other.folds && { folds }),
  };
}

/** Holm over all that answers otherwise: with at most `alpha` probability any of them is called worse by chance. */
function scoreChanges(claims: readonly Claim[]): readonly Change[] {
  const worse = holm(claims.map(({ paired }) => paired.worse));
  const better = holm(claims.map(({ paired }) => paired.better));
  return claims.map(({ dataset, model, metric, paired, alpha }, i) => {
    const outcome = worse[i] <= alpha ? "worse" : better[i] <= alpha ? "better" : paired.looksWorse ? "open" : "other";
    const p = outcome === "better" || outcome === "other" ? better[i] : worse[i];
    const { before, after, gain, lower, upper, relative } = paired;
    return {
      dataset,
      model,
      kind: "score",
      outcome,
      before: finite(before),
      after: finite(after),
      gain: finite(gain),
      lower: finite(lower),
      upper: finite(upper),
      p,
      relative,
      sentence: scoreSentence(model, metric, paired, outcome, p),
    };
  });
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function gone(dataset: string): Change {
  return {
    dataset,
    model: null,
    kind: "suite",
    outcome: "worse",
    before: "there",
    after: "gone",
    sentence: GONE,
  };
}
