/** Studies of the acceptance table, each run through the public Study API. */
import type { Point, Space } from "../../src/search/space.ts";
import { byFold, type FoldObjective } from "../../src/search/by-fold.ts";
import { auto } from "../../src/search/samplers/auto/auto.ts";
import type { Sampler } from "../../src/search/samplers/contract.ts";
import { random } from "../../src/search/samplers/random.ts";
import { foldFits } from "../../src/search/search.ts";
import { createStudy } from "../../src/search/study.ts";
import { type Rng, seeded } from "../../src/numeric/rng.ts";
import type { Grid } from "./grids.ts";
import { noisy, type Problem } from "./problems.ts";

export interface Curve {
  /** Best regret after 1, 2, ... trials. */
  readonly best: readonly number[];
  /** Trials that repeated an earlier configuration. */
  readonly repeated: number;
}

/** One noise-free search. */
export async function curve(problem: Problem, sampler: string, seed: number, trials: number): Promise<Curve> {
  const study = createStudy({ space: problem.space, sampler, seed: `${problem.name} ${seed}`, stop: { trials } });
  await study.optimize((trial) => problem.regret(trial.point));
  const best: number[] = [];
  for (const { value } of study.trials) best.push(Math.min(value, best.at(-1) ?? Infinity));
  while (best.length < trials) best.push(best.at(-1) as number); // the space was exhausted
  const keys = study.trials.map(({ point }) => JSON.stringify(point));
  return { best, repeated: keys.length - new Set(keys).size };
}

const FOLDS = 5;

/** Five folds of `noisy`: a fixed bias N(0, .05) for each fold and N(0, .02) for each configuration and fold. */
function noisyFolds(seed: number): FoldObjective {
  const rng = seeded(`noisy folds ${seed}`);
  const bias = Array.from({ length: 20 * FOLDS }, (_, fold) => 0.05 * rng.split(`bias ${fold}`).normal());
  return ({ point, fold }) => {
    const noise = rng.split(JSON.stringify(point)).split(fold).normal();
    return { scores: [noisy.regret(point) + bias[fold] + 0.02 * noise] };
  };
}

export interface NoisyRun {
  /** True loss of the configuration with the best posterior mean, and of the best-looking one. */
  readonly posterior: number;
  readonly best: number;
  readonly trials: number;
  readonly fits: number;
}

/** One search of `noisy`: 50 trials of five folds, or with racing whatever the same fold fits allow. */
export async function noisySearch(seed: number, sampler: string, racing: boolean, fits: number): Promise<NoisyRun> {
  const study = createStudy({
    space: noisy.space,
    sampler,
    seed: `noisy ${seed}`,
    folds: FOLDS,
    ...(racing ? {} : { racing: false }),
    stop: { trials: racing ? fits : Math.round(fits / FOLDS), foldFits: fits, stagnation: false },
  });
  await study.optimize(byFold(noisyFolds(seed)));
  return {
    posterior: noisy.regret(study.select("posterior").chosen.point),
    best: noisy.regret(study.select("best").chosen.point),
    trials: study.trials.length,
    fits: foldFits(study.trials, FOLDS).run,
  };
}

/** A sampler that proposes a list, for racing rules to be compared on the same configurations. */
function listed(points: readonly Point[]): Sampler {
  return {
    name: "listed",
    title: "A given list",
    propose: ({ number }) => (number < points.length ? { point: points[number], origin: "listed" } : undefined),
  };
}

export interface RaceRun {
  /** Fold fits run, as a share of all. */
  readonly share: number;
  /** How much worse the winner is than the best of the same configurations. */
  readonly regret: number;
}

/** Racing on a grid: 20 random configurations, then 40 of its best fifth, as a model would propose them. */
export async function gridRace(grid: Grid, seed: number, racing: string | false): Promise<RaceRun> {
  const rng = seeded(`race ${grid.name} ${seed}`);
  const from = (count: number, most: number, draw: Rng): Point[] =>
    Array.from({ length: count }, () => grid.ranked[draw.below(most)]);
  const fifth = Math.floor(grid.ranked.length / 5);
  const points = [...from(20, grid.ranked.length, rng.split("all")), ...from(40, fifth, rng.split("fifth"))];
  const study = createStudy({
    space: grid.space,
    sampler: listed(points),
    seed,
    folds: FOLDS,
    direction: "maximize",
    racing,
    stop: { trials: points.length, stagnation: false },
  });
  await study.optimize(byFold(({ point, fold }) => ({ scores: [grid.score(point, fold)] })));
  const { run, saved } = foldFits(study.trials, FOLDS);
  const least = Math.min(...study.trials.map(({ point }) => grid.regret(point)));
  return { share: run / (run + saved), regret: grid.regret(study.best()?.point ?? points[0]) - least };
}

const QUALITY: Space = { quality: { type: "float", low: 0, high: 10, default: 1 } };

/**
 * Racing in a simulation: 60 configurations whose true loss is half-normal(.15) + exponential(.02), shrinking to .12 of
 * that over the study; fold bias N(0, .05), noise N(0, deviation) for each configuration and fold.
 */
export async function simulatedRace(
  seed: number,
  folds: number,
  deviation: number,
  racing: string | false,
): Promise<RaceRun> {
  const rng = seeded(`simulated race ${seed}`);
  const points = Array.from({ length: 60 }, (_, t): Point => {
    const draw = rng.split(`quality ${t}`);
    const size = Math.abs(0.15 * draw.normal()) - 0.02 * Math.log(1 - draw.uniform());
    return { quality: size * 0.12 ** (t / 59) };
  });
  const study = createStudy({
    space: QUALITY,
    sampler: listed(points),
    seed,
    folds,
    racing,
    stop: { trials: points.length, stagnation: false },
  });
  await study.optimize(
    byFold(({ trial, point, fold }) => {
      const bias = 0.05 * rng.split(`bias ${fold}`).normal();
      return { scores: [(point["quality"] as number) + bias + deviation * rng.split(`${trial} ${fold}`).normal()] };
    }),
  );
  const { run, saved } = foldFits(study.trials, folds);
  return { share: run / (run + saved), regret: study.best()?.point["quality"] as number };
}

export interface KeptRun {
  /** Is the default kept on the folds of the search, and after one extra repeat for the leaders? */
  readonly searched: boolean;
  readonly repeated: boolean;
}

/** One search where half of the space is better by `gain` paired standard errors of five folds, the default not in it. */
export async function defaultKept(seed: number, gain: number): Promise<KeptRun> {
  const rng = seeded(`default kept ${gain} ${seed}`);
  const deviation = 0.02;
  const step = gain * deviation * Math.sqrt(2 / FOLDS);
  const bias = Array.from({ length: 2 * FOLDS }, (_, fold) => 0.05 * rng.split(`bias ${fold}`).normal());
  const objective = byFold(({ point, fold }) => {
    const better = (point["l1"] as number) > 0.5 + 1e-9;
    const noise = deviation * rng.split(JSON.stringify(point)).split(fold).normal();
    return { scores: [1 + bias[fold] + noise - (better ? step : 0)] };
  });
  const study = createStudy({ space: noisy.space, seed, folds: FOLDS, stop: { trials: 30, stagnation: false } });
  const kept = (): boolean => study.select().chosen.isDefault;
  await study.optimize(objective);
  const searched = kept();
  await study.repeat(objective);
  return { searched, repeated: kept() };
}

export interface StoppedRun {
  readonly stoppedAt: number;
  readonly regretThere: number;
  readonly regretAt100: number;
}

/** Where the regret rule would have ended a search of `noisy`, and what 100 trials would have brought. */
export async function regretStop(seed: number): Promise<StoppedRun> {
  const options = { space: noisy.space, seed: `noisy ${seed}`, folds: FOLDS, racing: false } as const;
  const objective = byFold(noisyFolds(seed));
  const stopped = createStudy({ ...options, stop: { trials: 100, stagnation: false, regret: true } });
  await stopped.optimize(objective);
  const whole = createStudy({ ...options, stop: { trials: 100, stagnation: false } });
  await whole.optimize(objective);
  return {
    stoppedAt: stopped.trials.length,
    regretThere: noisy.regret(stopped.select("posterior").chosen.point),
    regretAt100: noisy.regret(whole.select("posterior").chosen.point),
  };
}

/** CPU seconds of one suggestion of `auto` after 100 trials in six dimensions, averaged over some. */
export async function suggestionSeconds(problem: Problem, times: number): Promise<number> {
  const opening: Sampler = {
    ...random, // 20 trials of auto, so that defaults and design are behind it, then an even mess
    propose: (situation) => (situation.number < 20 ? auto : random).propose(situation),
  };
  const study = createStudy({ space: problem.space, seed: "suggestion time", sampler: opening, stop: { trials: 100 } });
  await study.optimize((trial) => problem.regret(trial.point));
  const observations = study.trials.map(({ number, point, value }) => ({
    number,
    point,
    state: "complete" as const,
    loss: value,
    variance: 0,
    steps: 1,
  }));
  const suggest = (time: number): void => {
    const rng = seeded("suggestion").split(time);
    const study = seeded("suggestion time");
    const situation = { space: problem.space, number: 100, observations, pending: [], planned: 200, study, rng };
    const origin = auto.propose(situation)?.origin;
    if (origin === "design" || origin === "default") throw new Error("suggestionSeconds: the design is not done yet");
  };
  for (let time = 0; time < 3; time++) suggest(time); // let the compiler see it first
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) suggest(time + 3);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / times;
}
