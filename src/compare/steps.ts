/** What each step of the ladder bought, by the machinery that judges challengers, and what is worth its cost. */
import { ALPHA } from "./contract.ts";
import { marginOf } from "./margin.ts";
import {
  finiteOrNull,
  type Bounds,
  type Candidate,
  type Question,
  type Reason,
  type Sublabel,
  type Verdict,
} from "./verdict/contract.ts";
import { boundsOf, contestOf, decide, standing } from "./verdict/decide.ts";
import { foldModels, holdoutModels, type Candidates } from "./verdict/models.ts";

/** A rung with what it costs, in any units that are the same for all rungs (bytes, parameters, milliseconds). */
export interface StepRung extends Candidate {
  readonly costs?: ReadonlyMap<string, number>;
}

export type StepQuestion = Pick<Question, "metric" | "holdout" | "folds" | "margin" | "money" | "alpha" | "rng"> & {
  /** In ladder order, plainest first. */
  readonly rungs: readonly StepRung[];
};

export interface Step {
  readonly rung: string;
  /** The rung it is measured against: the last that was bought. */
  readonly against: string;
  readonly gain: number | null;
  readonly bounds: Bounds;
  readonly p: number;
  readonly verdict: Verdict;
  readonly sublabel: Sublabel | null;
  readonly reason: Reason | null;
  /** The gain is proven to exceed the margin: the next step is measured against this rung. */
  readonly bought: boolean;
  /** Each cost over that of the other rung; null where that is 0 or not known. */
  readonly costRatio: Readonly<Record<string, number | null>>;
}

/**
 * Climbs the ladder: each rung is judged against the last that was bought, so a chain of steps each too small to matter never
 * adds up to a purchase, and one that matters is measured from where it starts.
 *
 * @param question Folds (at half of alpha a side) or, without them, a holdout; the margin as for challengers.
 * @returns One step for each rung but the first. Steps are not corrected for their number: they describe, they do not gate.
 * @throws RangeError without folds or holdout. Cost: as `compareModels` with one baseline a rung.
 */
export function ladderSteps(question: StepQuestion): Step[] {
  const { metric, rungs, alpha = ALPHA } = question;
  const margin = marginOf(metric, question.margin, question.money);
  const keyed: Candidates = new Map(rungs.map((rung) => [rung.name, rung]));
  const onFolds = question.folds !== undefined;
  const models = onFolds ? foldModels(question, margin, keyed) : holdoutModels(question, margin, keyed);
  const level = onFolds ? alpha / 2 : alpha;
  const steps: Step[] = [];
  let against = rungs[0];
  for (const rung of rungs.slice(1)) {
    const contest = contestOf(models, { name: against.name, key: against.name }, rung.name, true);
    const at = standing([contest], level);
    const guard = models.guard([against.name], rung.name, level);
    const { verdict, sublabel, reason } = decide([contest], at, {
      margin,
      guard,
      scarce: models.scarce,
      passesHolm: true,
    });
    const bought = verdict === "JUSTIFIED";
    steps.push({
      rung: rung.name,
      against: against.name,
      gain: finiteOrNull(at.evidence.gain),
      bounds: boundsOf(at),
      p: at.p,
      verdict,
      sublabel,
      reason,
      bought,
      costRatio: costRatios(rung, against),
    });
    if (bought) against = rung;
  }
  return steps;
}

function costRatios({ costs = new Map() }: StepRung, against: StepRung): Record<string, number | null> {
  return Object.fromEntries(
    Array.from(costs, ([name, cost]) => {
      const other = against.costs?.get(name) ?? 0;
      return [name, other > 0 ? finiteOrNull(cost / other) : null];
    }),
  );
}
