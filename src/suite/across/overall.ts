/** One answer over all datasets: is the challenger's kind worth its complexity, by the gates that judge it on one? */
import { ALPHA } from "../../compare/contract.ts";
import { holm } from "../../compare/multiplicity.ts";
import { rankEvidence } from "../../compare/tests/signed-rank.ts";
import { finiteOrNull, type Sublabel } from "../../compare/verdict/contract.ts";
import { boundsOf, isNearMargin, ruledOutAs } from "../../compare/verdict/decide.ts";
import { seeded } from "../../numeric/rng.ts";
import type { Overall } from "../../report/across.ts";
import type { Veto } from "../../report/verdict.ts";
import { detailWords } from "../../report/detail.ts";
import { countsOf } from "./differences.ts";
import { signedRankPosteriors } from "./posterior.ts";

/** What a challenger reached on one dataset. */
export interface Outcome {
  readonly dataset: string;
  /** Over the baseline that was hardest to beat, in margins; may be infinite; null: it failed, which is worse than any loss. */
  readonly gain: number | null;
  /** What it is refused for there, whatever it gains. */
  readonly vetoes: readonly (Veto["kind"] | "over-budget")[];
  /** Whether it keeps within its budgets there is not settled. */
  readonly budgetUncertain: boolean;
}

export interface Entry {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

/**
 * Judges each challenger with the datasets as the sample: JUSTIFIED when the typical gain is proven to exceed the margin by
 * Wilcoxon's signed ranks (and Holm agrees), NOT JUSTIFIED when it is proven not to; and no dataset has a veto.
 *
 * @param entries All over the same datasets, in one order. @param options `alpha`: one-sided level; `seed`: of the posterior.
 * @throws RangeError when entries differ in their datasets, or there are none. Cost: O(entries x datasets²).
 */
export function overall(
  entries: readonly Entry[],
  { alpha = ALPHA, seed }: { readonly alpha?: number; readonly seed: string | number },
): Overall[] {
  checkEntries(entries);
  const lists = entries.map(({ outcomes }) => Float64Array.from(outcomes, ({ gain }) => gain ?? -Infinity));
  const evidence = lists.map((gains) => rankEvidence(gains, { margin: 1, alpha }));
  const adjusted = holm(evidence.map(({ p }) => p));
  const posteriors = signedRankPosteriors(lists, 1, seeded(seed).split("over all datasets"));
  return entries.map(({ name, outcomes }, k): Overall => {
    const { test, gain, p, pBelow } = evidence[k];
    return {
      name,
      ...decision(outcomes, { ...evidence[k], passesHolm: adjusted[k] <= alpha, alpha }),
      datasets: outcomes.length,
      ...countsOf(lists[k]),
      gain: finiteOrNull(gain),
      bounds: boundsOf(evidence[k]),
      test: { name: test, p, adjusted: adjusted[k], pBelow },
      posterior: posteriors[k],
    };
  });
}

type Decision = Pick<Overall, "verdict" | "sublabel" | "reason" | "detail">;

interface Standing {
  readonly gain: number;
  readonly lower: number;
  readonly upper: number;
  readonly passesHolm: boolean;
  readonly alpha: number;
}

const open = (reason: Overall["reason"], detail: string | null = null): Decision => ({
  verdict: "INCONCLUSIVE",
  sublabel: null,
  reason,
  detail,
});

const not = (sublabel: Sublabel | null, detail: string | null = null): Decision => ({
  verdict: "NOT JUSTIFIED",
  sublabel,
  reason: null,
  detail,
});

/** As on one dataset: failed must-pass cases need no evidence, other vetoes and open budgets can only take a yes away. */
function decision(outcomes: readonly Outcome[], at: Standing): Decision {
  const refused = (veto: Outcome["vetoes"][number]): Decision | undefined => {
    const where = outcomes.filter(({ vetoes }) => vetoes.includes(veto)).map(({ dataset }) => dataset);
    return where.length === 0 ? undefined : not(veto, `on ${where.join(", ")}`);
  };
  const failed = refused("must-pass");
  if (failed !== undefined) return failed;
  const least = Math.ceil(-Math.log2(at.alpha)); // with fewer, even gains on all of them have a larger p
  const enough = outcomes.length >= least;
  if (enough && at.upper < 1) return not(ruledOutAs(at, 1).sublabel);
  const veto = refused("over-budget") ?? refused("slice") ?? refused("fairness");
  if (veto !== undefined) return veto;
  if (!enough) return open("too-few-datasets", `at least ${least} are needed`);
  if (at.lower <= 1) return open(isNearMargin(at, 1) ? "near-margin" : "underpowered");
  if (!at.passesHolm) return open("underpowered", detailWords({ kind: "held-by-others" }));
  const unsettled = outcomes.filter(({ budgetUncertain }) => budgetUncertain).map(({ dataset }) => dataset);
  if (unsettled.length > 0) return open("budget-uncertain", `on ${unsettled.join(", ")}`);
  return { verdict: "JUSTIFIED", sublabel: null, reason: null, detail: null };
}

function checkEntries(entries: readonly Entry[]): void {
  const [first] = entries;
  if (first === undefined || first.outcomes.length === 0)
    throw new RangeError("overall: there is no challenger or no dataset");
  for (const { name, outcomes } of entries) {
    const same =
      outcomes.length === first.outcomes.length &&
      outcomes.every(({ dataset }, i) => dataset === first.outcomes[i].dataset);
    if (!same) throw new RangeError(`overall: ${name} must have the datasets of ${first.name}, in the same order`);
    const wrong = outcomes.find(({ gain }) => Number.isNaN(gain));
    if (wrong !== undefined)
      throw new RangeError(`overall: the gain of ${name} on ${wrong.dataset} must be a number or null`);
  }
}
