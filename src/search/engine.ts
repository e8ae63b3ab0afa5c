/**
 * The state of a study and the only functions that change it. Everything that happens is written to the journal first
 * in the order of a trial's own events, so that what is in memory can always be read back.
 */
import type { Point } from "./space.ts";
import { checkPoint } from "./space/check.ts";
import { completed, pathPoints, searchedDefault } from "./space/enumerate.ts";
import { timestamp } from "./clock.ts";
import { observationsOf } from "./history.ts";
import { type Journal, noJournal, openJournal } from "./journal/journal.ts";
import type { Plan } from "./plan.ts";
import type { Race } from "./racing/contract.ts";
import type { Observation, Situation } from "./samplers/contract.ts";
import { takenKeys } from "./samplers/walk.ts";
import { lossesByFold, type Report, signOf, type Trial, withReport } from "./trial.ts";

/** Which rule ended a search, and what it found. */
export interface Ended {
  /** A stop rule's name, or `exhausted`, `seconds`, `interrupted`. */
  readonly rule: string;
  readonly sentence: string;
}

export interface Engine {
  readonly plan: Plan;
  readonly journal: Journal;
  readonly trials: Trial[];
  /** When each trial began, for its last record. */
  readonly started: string[];
  readonly enqueued: Point[];
  /** Trials that somebody has asked for and not yet told the end of: `optimize` leaves them alone. */
  readonly held: Set<number>;
  /** Extra repeats by trial: reports with fold numbers from `folds` on. */
  readonly repeats: Map<number, Report[]>;
}

/** @throws JournalError when the plan's storage holds something else than this study. */
export function openEngine(plan: Plan): Engine {
  const journal = plan.storage ? openJournal(plan.storage, plan.header, plan.reading, plan.space) : noJournal();
  const { trials, enqueued, repeats } = journal.recorded;
  return {
    plan,
    journal,
    trials: [...trials],
    started: trials.map(() => timestamp(plan.clock)),
    enqueued: [...enqueued],
    held: new Set(),
    repeats: new Map([...repeats].map(([trial, reports]) => [trial, [...reports]])),
  };
}

/** Ended trials that trial `number` may see: those at least `batch` numbers older. */
function visibleTo({ trials, plan }: Engine, number: number): readonly Trial[] {
  return trials.slice(0, Math.max(0, number - plan.batch + 1)).filter(({ state }) => state !== "running");
}

function observationsFor(engine: Engine, number: number): readonly Observation[] {
  return observationsOf(visibleTo(engine, number), engine.plan.reading);
}

/** Adds configurations to be tried before the sampler is asked again. Parameters left out take their defaults. */
export function enqueue({ plan, journal, enqueued }: Engine, partial: Point): void {
  const point = completed(plan.space, partial);
  checkPoint(plan.searched, point);
  journal.enqueue(enqueued.length, point);
  enqueued.push(point);
}

/** Proposes and begins the next trial; undefined when the space is exhausted. */
export function begin(engine: Engine): Trial | undefined {
  const { plan, trials, journal, started } = engine;
  const number = trials.length;
  const rng = plan.rng.split(`trial ${number}`);
  const proposal = propose(engine, number);
  if (proposal === undefined) return undefined;
  const order = Array.from({ length: plan.reading.folds }, (_, k) => k);
  const trial: Trial = {
    number,
    point: proposal.point,
    path: pathPoints(plan.space, proposal.point),
    origin: proposal.origin,
    order: rng.split("folds").shuffle(order), // so that the search cannot overfit to the first fold
    state: "running",
    reports: [],
    value: Number.NaN,
    chosen: -1,
  };
  started[number] = timestamp(plan.clock);
  journal.start(trial, started[number]);
  trials.push(trial);
  return trial;
}

function propose(engine: Engine, number: number): { readonly point: Point; readonly origin: string } | undefined {
  const { plan, trials, enqueued } = engine;
  if (number === 0) return { point: searchedDefault(plan.space), origin: "default" };
  const used = trials.filter(({ origin }) => origin === "enqueued").length;
  if (used < enqueued.length) return { point: enqueued[used], origin: "enqueued" };
  const observations = observationsFor(engine, number);
  const seen = new Set(observations.map((observation) => observation.number));
  const situation: Situation = {
    space: plan.searched,
    number,
    observations,
    pending: trials.filter((trial) => !seen.has(trial.number)).map(({ point }) => point),
    planned: plan.planned,
    study: plan.rng,
    rng: plan.rng.split(`trial ${number}`),
  };
  const proposal = plan.sampler.propose(situation);
  if (proposal !== undefined) return proposal;
  if (takenKeys(situation).size === 0) throw new RangeError(`sampler ${plan.sampler.name}: proposed nothing at all`);
  return undefined;
}

/** Records a report of a running trial; one for a fold that is already there changes nothing. */
export function record(engine: Engine, number: number, report: Report): void {
  const { trials, journal, plan } = engine;
  const trial = trials[number];
  if (trial.reports.some(({ fold }) => fold === report.fold)) return;
  const next = withReport(trial, report, plan.reading);
  const shown = report.scores[next.chosen];
  journal.report(next, report, Number.isFinite(shown) ? shown : (report.scores.find(Number.isFinite) ?? 0));
  trials[number] = next;
}

/** Ends a trial. A complete one takes `value` where it is given. */
export function end(
  engine: Engine,
  number: number,
  state: "complete" | "pruned" | "failed",
  { value, reason }: { readonly value?: number; readonly reason?: string } = {},
): Trial {
  const { trials, journal, started, plan } = engine;
  const trial = trials[number];
  const ended: Trial = {
    ...trial,
    state,
    value: state === "failed" ? Number.NaN : (value ?? trial.value),
    chosen: state === "complete" ? Math.max(trial.chosen, 0) : trial.chosen,
    ...(reason === undefined ? {} : { reason }),
  };
  journal.end(ended, started[number], timestamp(plan.clock));
  trials[number] = ended;
  return ended;
}

/** Does the racing rule give up on a running trial? Never on a default: those are what everything is compared with. */
export function raceLost(engine: Engine, number: number): boolean {
  const { plan, trials } = engine;
  const { folds, direction } = plan.reading;
  const { reports, chosen, origin } = trials[number];
  if (plan.racing === undefined || origin === "default" || reports.length === 0) return false;
  if (folds > 1 && reports.length >= folds) return false;
  const sign = signOf(direction);
  const race: Race = {
    folds: reports.map(({ fold }) => fold),
    losses: Float64Array.from(reports, ({ scores }) => sign * scores[chosen]),
    total: folds > 1 ? folds : 0,
    rivals: visibleTo(engine, number).flatMap((trial) =>
      trial.state === "failed" || trial.reports.length === 0
        ? []
        : [
            {
              number: trial.number,
              complete: trial.state === "complete",
              losses: lossesByFold(trial, trial.chosen, stepsOf(trial, folds), direction),
              loss: sign * trial.value,
            },
          ],
    ),
  };
  return plan.racing.stop(race);
}

/** Length of a trial's losses by fold: all folds, or as many steps as a curve has. */
function stepsOf({ reports }: Trial, folds: number): number {
  return folds > 1 ? folds : reports.reduce((most, { fold }) => Math.max(most, fold + 1), 0);
}

/** Why no further trial should begin now; undefined: go on. Depends only on what the next trial may see. */
export function stopReason(engine: Engine): Ended | undefined {
  const { plan, trials } = engine;
  const visible = visibleTo(engine, trials.length);
  const progress = {
    space: plan.searched,
    proposed: trials.length,
    trials: visible,
    observations: observationsOf(visible, plan.reading),
    reading: plan.reading,
    rng: plan.rng.split("stop rules"),
  };
  for (const rule of plan.rules) {
    const sentence = rule.reached(progress);
    if (sentence !== undefined) return { rule: rule.name, sentence };
  }
  return undefined;
}
