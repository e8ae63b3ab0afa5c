/** The verdict: evidence, worth and cost of each challenger, in one answer. */
import { OptionError } from "../../error.ts";
import { judgeBudgets, type BudgetResult } from "../budget.ts";
import { ALPHA } from "../contract.ts";
import { posterior } from "../correlated-t.ts";
import { FEW_GROUPS, type Guard } from "../guards.ts";
import { marginOf, type Margin } from "../margin.ts";
import { holm } from "../multiplicity.ts";
import {
  finiteOrNull,
  type Challenger,
  type ChallengerVerdict,
  type Comparison,
  type PartVerdict,
  type Question,
  type Reason,
  type Sublabel,
  type Veto,
} from "./contract.ts";
import {
  boundsOf,
  contestOf,
  decide,
  evidenceOf,
  rowsNeeded,
  standing,
  type Contest,
  type Decision,
  type Standing,
} from "./decide.ts";
import { familyOf } from "./family.ts";
import { foldModels, holdoutModels, type Candidates, type PartModels } from "./models.ts";
import { sentenceOf } from "./sentence.ts";
import { sideEffects, vetoesOf } from "./side-effects.ts";

const baselineKey = (name: string): string => `baseline ${name}`;
const challengerKey = (name: string): string => `challenger ${name}`;

/** A part of the benchmark with the level it is judged at. */
interface Stage {
  readonly models: PartModels;
  readonly alpha: number;
}

/** A challenger on one stage. */
interface Trial {
  readonly stage: Stage;
  readonly contests: readonly Contest[];
  readonly at: Standing;
  readonly decision: Decision;
}

/**
 * Judges every challenger against the baselines: JUSTIFIED, NOT JUSTIFIED or INCONCLUSIVE, with the evidence.
 *
 * P(JUSTIFIED | the smallest true gain is the margin or less) and P(NOT JUSTIFIED | it is the margin or more) are each at most
 * alpha in the worlds that `bench/honesty` lists as guaranteed. Cost, must-pass cases, slices and fairness can only turn a
 * yes into a no or a maybe. Where holdout and folds are given the holdout decides, and a contradiction stays open.
 *
 * @throws RangeError for a question that cannot be asked: no part that all models have predictions for, a champion that is
 *   not among the baselines, lengths that differ, options out of range. A comparison that could not be made is never green.
 * Cost: O(models x rows) and one pass a pair, plus a sort a model for rankings.
 */
export function compareModels(question: Question): Comparison {
  checkNames(question);
  const { metric, alpha = ALPHA, against = "every", champion } = question;
  const margin = marginOf(metric, question.margin, question.money);
  const rivals = against === "every" ? question.baselines : question.baselines.filter((b) => b.name === champion);
  const keyed: Candidates = new Map([
    ...rivals.map((b) => [baselineKey(b.name), b] as const),
    ...question.challengers.map((c) => [challengerKey(c.name), c] as const),
  ]);
  const have = (part: "holdout" | "folds"): boolean =>
    question[part] !== undefined && Array.from(keyed.values()).every((c) => (c[part]?.length ?? 0) > 0);
  const stages: Stage[] = [];
  if (have("holdout")) stages.push({ models: holdoutModels(question, margin, keyed), alpha });
  if (have("folds")) {
    stages.push({ models: foldModels(question, margin, keyed), alpha: question.foldAlpha ?? alpha / 2 });
  }
  const [main, other] = stages;
  if (main === undefined) {
    throw new OptionError(
      "compare: there is no part (holdout or folds) for which every baseline and challenger has predictions",
    );
  }
  const names = rivals.map((b) => b.name);
  const trials = question.challengers.map((c) => contestsOf(main, names, champion, c.name));
  const standings = trials.map((list) => standing(list, main.alpha));
  const guards = question.challengers.map((c) => guardOf(main, names, c.name));
  const p = standings.map((at, i) => (guards[i] === undefined ? at.p : 1));
  const adjusted = holm(p);
  const challengers = question.challengers.map((challenger, i) => {
    const passesHolm = adjusted[i] <= main.alpha;
    const decision = decide(trials[i], standings[i], { margin, guard: guards[i], passesHolm });
    const trial = { stage: main, contests: trials[i], at: standings[i], decision };
    const second = other === undefined ? null : alone(other, names, champion, challenger.name, margin);
    return challengerVerdict(question, margin, challenger, trial, second);
  });
  const members = trials.map((contests, i) => ({ p: p[i], adjusted: adjusted[i], contests, at: standings[i] }));
  return {
    protocol: stages.length === 2 ? "both" : main.models.part,
    against,
    champion,
    alpha: main.alpha,
    challengers,
    family: familyOf(challengers, members, main.alpha),
  };
}

function guardOf({ models, alpha }: Stage, baselines: readonly string[], challenger: string): Guard | undefined {
  return models.guard(baselines.map(baselineKey), challengerKey(challenger), alpha);
}

function checkNames({ baselines, challengers, champion }: Question): void {
  if (challengers.length === 0) throw new OptionError("compare: there is no challenger");
  for (const [kind, list] of [
    ["baseline", baselines],
    ["challenger", challengers],
  ] as const) {
    const names = list.map((m) => m.name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw new OptionError(`compare: two of the ${kind}s are called ${twice}`);
  }
  if (!baselines.some((b) => b.name === champion)) {
    throw new OptionError(`compare: the champion must be one of the baselines, got ${champion}`);
  }
}

function contestsOf({ models }: Stage, baselines: readonly string[], champion: string, challenger: string): Contest[] {
  return baselines.map((name) =>
    contestOf(models, { name, key: baselineKey(name) }, challengerKey(challenger), name === champion),
  );
}

/** A challenger on the part that does not decide, without regard to the others. */
function alone(
  stage: Stage,
  baselines: readonly string[],
  champion: string,
  challenger: string,
  margin: Margin,
): Trial {
  const contests = contestsOf(stage, baselines, champion, challenger);
  const at = standing(contests, stage.alpha);
  const guard = guardOf(stage, baselines, challenger);
  return { stage, contests, at, decision: decide(contests, at, { margin, guard, passesHolm: true }) };
}

/** Open questions that more rows would settle. */
const SETTLED_BY_ROWS: ReadonlySet<Reason> = new Set([
  "underpowered",
  "near-margin",
  "too-few-rows",
  "too-few-discordant",
  "too-few-positives",
]);

function partVerdict({ stage, contests, at, decision }: Trial, name: string, margin: Margin): PartVerdict {
  const { models, alpha } = stage;
  const { value, seeds, sd } = models.score(challengerKey(name));
  const folds = models.part === "folds";
  const e = at.evidence;
  return {
    part: models.part,
    verdict: decision.verdict,
    sublabel: decision.sublabel,
    reason: decision.reason,
    provisional: folds,
    rows: models.rows.rows,
    units: { kind: models.rows.unit, count: models.rows.units },
    score: finiteOrNull(value),
    baseline: at.hardest.baseline,
    gain: finiteOrNull(e.gain),
    bounds: boundsOf(at),
    test: { name: e.test, statistic: finiteOrNull(e.statistic), p: at.p },
    against: contests.map((contest) => {
      const own = evidenceOf(contest, alpha);
      return {
        baseline: contest.baseline,
        score: finiteOrNull(contest.score),
        gain: finiteOrNull(own.gain),
        bounds: boundsOf(own),
        p: own.p,
      };
    }),
    rowsNeeded:
      decision.reason !== null && SETTLED_BY_ROWS.has(decision.reason) && e.error > 0 && Number.isFinite(e.gain)
        ? rowsNeeded(at, margin, models.rows.rows, alpha)
        : null,
    posterior:
      folds && e.error > 0 ? posterior(e.gain, e.error, Math.max(1, at.hardest.pair.units - 1), margin.value) : null,
    seeds: { count: seeds, sd },
    notes: notesOf(models, at, seeds),
  };
}

function notesOf({ part, rows, repeats }: PartModels, at: Standing, seeds: number): string[] {
  const notes: string[] = [];
  if (rows.rows < 100 && !at.evidence.test.startsWith("tango")) {
    notes.push("fewer than 100 rows: where losses are skewed the error rate can be up to twice the stated one");
  }
  if (rows.groups !== undefined && rows.units < FEW_GROUPS) notes.push(`only ${rows.units} groups`);
  if (part === "folds" && repeats === 1) notes.push("one run of the folds has little power: repeat them");
  if (part === "holdout" && seeds === 1) notes.push("this is about the fitted model: one training seed");
  return notes;
}

function challengerVerdict(
  question: Question,
  margin: Margin,
  challenger: Challenger,
  main: Trial,
  second: Trial | null,
): ChallengerVerdict {
  const { name } = challenger;
  const own = partVerdict(main, name, margin);
  const champion = question.baselines.find((b) => b.name === question.champion);
  const cost = judgeBudgets(question.budgets ?? [], challenger.cost, champion?.cost);
  const sides = sideEffects(question, challenger, main.stage.models.part, main.stage.alpha);
  const vetoes = vetoesOf(challenger, sides);
  const conflict =
    second !== null &&
    [main.decision.verdict, second.decision.verdict].every((v) => v !== "INCONCLUSIVE") &&
    main.decision.verdict !== second.decision.verdict;
  const final = finalDecision(main.decision, cost, vetoes, conflict, question.missing);
  const entry: ChallengerVerdict = {
    name,
    metric: question.metric.name,
    margin,
    ...own,
    verdict: final.verdict,
    sublabel: final.sublabel,
    reason: final.reason,
    rowsNeeded: final.reason === main.decision.reason ? own.rowsNeeded : null,
    notes: [...own.notes, ...(challenger.notes ?? [])],
    other: second === null ? null : partVerdict(second, name, margin),
    cost,
    slices: sides.slices,
    fairness: sides.fairness,
    vetoes,
    sentence: "",
  };
  return { ...entry, sentence: sentenceOf(entry, question.metric.direction, final.detail) };
}

/** Evidence first, then what can only take a yes away. What fails must-pass cases or a budget for certain needs no evidence. */
function finalDecision(
  evidence: Decision,
  cost: readonly BudgetResult[],
  vetoes: readonly Veto[],
  conflict: boolean,
  missing: readonly string[] | undefined,
): Decision {
  const refuse = (sublabel: Sublabel): Decision => ({ verdict: "NOT JUSTIFIED", sublabel, reason: null, detail: null });
  const leave = (reason: Reason): Decision => ({ verdict: "INCONCLUSIVE", sublabel: null, reason, detail: null });
  const vetoed = (kind: Veto["kind"]): boolean => vetoes.some((v) => v.kind === kind);
  if (vetoed("must-pass")) return refuse("must-pass");
  if (conflict) return leave("cv-holdout-conflict");
  const { verdict } = evidence;
  if (verdict === "NOT JUSTIFIED") return evidence;
  if (cost.some(({ outcome }) => outcome === "over")) return refuse("over-budget");
  if (vetoed("slice")) return refuse("slice");
  if (vetoed("fairness")) return refuse("fairness");
  if (verdict === "JUSTIFIED" && cost.some(({ outcome }) => outcome === "uncertain")) return leave("budget-uncertain");
  if (verdict === "JUSTIFIED" && missing !== undefined)
    return {
      ...leave("ladder-incomplete"),
      detail: missing.length === 0 ? null : `not trained: ${missing.join(", ")}`,
    };
  return evidence;
}
