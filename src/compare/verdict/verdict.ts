/** The verdict: evidence, worth and cost of each challenger, in one answer. */
import { OptionError } from "../../error.ts";
import { judgeBudgets, type BudgetResult } from "../budget.ts";
import { ALPHA } from "../contract.ts";
import { posterior } from "../correlated-t.ts";
import type { Detail } from "../detail.ts";
import { FEW_GROUPS, leastRows, type Guard } from "../guards.ts";
import { marginOf, type Margin } from "../margin.ts";
import { holm } from "../multiplicity.ts";
import {
  finiteOrNull,
  type Caveat,
  type Challenger,
  type ChallengerVerdict,
  type Comparison,
  type PartVerdict,
  type Question,
  type Reason,
  type Sublabel,
} from "./contract.ts";
import { checkNames } from "./check-names.ts";
import {
  boundsOf,
  contestOf,
  decide,
  not,
  open,
  rowsNeeded,
  standing,
  type Contest,
  type Decision,
  type Standing,
} from "./decide.ts";
import { familyOf } from "./family.ts";
import { foldModels, holdoutModels, type Candidates, type PartModels } from "./models.ts";
import { refusedFor, sideEffects } from "./side-effects.ts";
import { suspicionsOf } from "./suspicions.ts";
import { openByTwins, twinCaveat, twinGains } from "./twins.ts";

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
    const { scarce } = main.models;
    const decision = decide(trials[i], standings[i], { margin, guard: guards[i], scarce, passesHolm });
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
  const { scarce } = stage.models;
  return { stage, contests, at, decision: decide(contests, at, { margin, guard, scarce, passesHolm: true }) };
}

/** Open questions that more rows would settle. */
const SETTLED_BY_ROWS: ReadonlySet<Reason> = new Set([
  "underpowered",
  "near-margin",
  "too-few-rows",
  "too-few-discordant",
  "too-few-positives",
]);

function partVerdict({ stage, at, decision }: Trial, name: string, margin: Margin, tried: number): PartVerdict {
  const { models, alpha } = stage;
  const { value, seeds, sd } = models.score(challengerKey(name));
  const folds = models.part === "folds";
  const e = at.evidence;
  const { rows } = models.rows;
  // Among several challengers the smallest p has to pass at a share of alpha.
  const level = decision.detail?.kind === "held-by-others" ? alpha / tried : alpha;
  // Without a mistake there is no spread, and what holds the claim back is what so few rows may have missed.
  const widened = e.error > 0 || (e.unseen?.below ?? 0) > 0;
  const byRows = decision.reason !== null && SETTLED_BY_ROWS.has(decision.reason);
  const least = Math.max(leastRows(models.rows), decision.times > 1 ? Math.ceil(decision.times * rows) : 0);
  return {
    part: models.part,
    verdict: decision.verdict,
    sublabel: decision.sublabel,
    reason: decision.reason,
    detail: decision.detail,
    provisional: folds,
    rows,
    units: { kind: models.rows.unit, count: models.rows.units },
    score: finiteOrNull(value),
    baseline: at.hardest.baseline,
    gain: finiteOrNull(e.gain),
    bounds: boundsOf(at),
    test: { name: e.test, statistic: finiteOrNull(e.statistic), p: at.p, pBelow: at.pBelow },
    against: at.stands.map((stand) => ({
      baseline: stand.contest.baseline,
      score: finiteOrNull(stand.contest.score),
      gain: finiteOrNull(stand.gain),
      bounds: boundsOf(stand),
      p: stand.p,
    })),
    rowsNeeded: byRows && widened && Number.isFinite(e.gain) ? rowsNeeded(at, margin, rows, level, least) : null,
    posterior:
      folds && e.error > 0 && decision.reason !== "overconfident-baseline"
        ? posterior(e.gain, e.error, models.resamples - 1, margin.value)
        : null,
    seeds: { count: seeds, sd },
    caveats: caveatsOf(models, at, name),
  };
}

/** A mistake that costs more than this many average rows is told before it is made. */
const DEAR = 20;

function caveatsOf(models: PartModels, at: Standing, name: string): Caveat[] {
  const { part, rows, repeats } = models;
  const caveats: Caveat[] = [];
  const { seeds } = models.score(challengerKey(name));
  const certain = models.certain(challengerKey(name));
  if (rows.rows < 100 && !at.evidence.test.startsWith("tango")) caveats.push({ code: "few-rows", rows: rows.rows });
  if (rows.groups !== undefined && rows.units < FEW_GROUPS) caveats.push({ code: "few-groups", groups: rows.units });
  if (part === "folds" && repeats === 1) caveats.push({ code: "single-run" });
  if (part === "holdout" && seeds === 1) caveats.push({ code: "single-seed" });
  if (certain.rows > 0 && certain.times > DEAR) caveats.push({ code: "certain-answers", ...certain });
  return caveats;
}

function challengerVerdict(
  question: Question,
  margin: Margin,
  challenger: Challenger,
  main: Trial,
  second: Trial | null,
): ChallengerVerdict {
  const { name } = challenger;
  const tried = question.challengers.length;
  const own = partVerdict(main, name, margin, tried);
  const champion = question.baselines.find((b) => b.name === question.champion);
  const cost = judgeBudgets(question.budgets ?? [], challenger.cost, champion?.cost);
  const sides = sideEffects(question, challenger, main.stage.models.part, main.stage.alpha);
  const { failures = [], notes = [] } = challenger;
  const conflict =
    second !== null &&
    [main.decision.verdict, second.decision.verdict].every((v) => v !== "INCONCLUSIVE") &&
    main.decision.verdict !== second.decision.verdict;
  const twins =
    own.part === "holdout" ? twinGains(question, challenger, own.baseline, margin, main.stage.alpha) : undefined;
  const final = finalDecision(main.decision, {
    failed: failures.length > 0,
    conflict,
    cost,
    refused: refusedFor(sides),
    missing: question.missing,
    suspected: question.suspected,
    twins: openByTwins(twins, margin),
  });
  const others = second === null ? null : partVerdict(second, name, margin, tried);
  const suspicions = suspicionsOf(question, challenger, own, others);
  // What the benchmark was warned of matters to those who pass.
  const given = (challenger.findings ?? []).filter(
    ({ code }) => code !== "near-perfect-column" || final.verdict === "JUSTIFIED",
  );
  return {
    name,
    metric: question.metric.name,
    margin,
    ...own,
    verdict: final.verdict,
    sublabel: final.sublabel,
    reason: final.reason,
    detail: final.detail,
    caveats: twins === undefined ? own.caveats : [...own.caveats, twinCaveat(twins, margin)],
    rowsNeeded: final.reason === main.decision.reason ? own.rowsNeeded : null,
    other: others,
    cost,
    slices: sides.slices,
    fairness: sides.fairness,
    findings: [...given, ...suspicions],
    cases: challenger.cases ?? null,
    failures,
    notes,
  };
}

/** What may turn a yes into a no or a maybe. */
interface Objections {
  readonly failed: boolean;
  readonly conflict: boolean;
  readonly cost: readonly BudgetResult[];
  readonly refused: Sublabel | undefined;
  readonly missing: readonly string[] | undefined;
  readonly suspected: string | undefined;
  readonly twins: Detail | undefined;
}

/** Evidence first, then what can only take a yes away. What fails must-pass cases or a budget for certain needs no evidence. */
function finalDecision(
  evidence: Decision,
  { failed, conflict, cost, refused, missing, suspected, twins }: Objections,
): Decision {
  if (failed) return not("must-pass");
  if (conflict) return open("cv-holdout-conflict");
  const { verdict } = evidence;
  if (verdict === "NOT JUSTIFIED") return evidence;
  if (cost.some(({ outcome }) => outcome === "over")) return not("over-budget");
  if (refused !== undefined) return not(refused);
  if (verdict === "INCONCLUSIVE") return evidence;
  if (cost.some(({ outcome }) => outcome === "uncertain")) return open("budget-uncertain");
  if (missing !== undefined)
    return open("ladder-incomplete", missing.length === 0 ? null : { kind: "not-trained", rungs: missing });
  if (suspected !== undefined) return open("dependence-unknown", { kind: "suspected", of: suspected });
  if (twins !== undefined) return open("twins", twins);
  return evidence;
}
