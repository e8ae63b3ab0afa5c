/** The acceptance table: what is measured, the gate that must hold, the goal that is aimed at. */
import type { Grid } from "./grids.ts";
import { branin, conditional, hartmann6, mixed, type Problem } from "./problems.ts";
import { average, geometricMean, median, quantile } from "./statistics.ts";
import { curve, defaultKept, gridRace, noisySearch, regretStop, simulatedRace, suggestionSeconds } from "./studies.ts";

export interface Reached {
  readonly what: string;
  readonly reached: number;
  readonly gate: number;
  readonly goal: number;
  /** Is it the gate's or above that counts as passed? Default `below`. */
  readonly better: "below" | "above";
}

export interface Measure {
  readonly name: string;
  /** Seeds of a quick run; 0: takes too long for one. */
  readonly quick: number;
  run(seeds: readonly number[], grids: readonly Grid[]): Promise<readonly Reached[]>;
}

const below = (what: string, reached: number, gate: number, goal: number): Reached => ({
  what,
  reached,
  gate,
  goal,
  better: "below",
});
const above = (what: string, reached: number, gate: number, goal: number): Reached => ({
  what,
  reached,
  gate,
  goal,
  better: "above",
});

async function over<T>(seeds: readonly number[], run: (seed: number) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (const seed of seeds) results.push(await run(seed)); // one after the other: CPU time is measured too
  return results;
}

/** Median simple regret after so many trials. */
function regret(problem: Problem, sampler: string, trials: number, gate: number, goal: number): Measure {
  return {
    name: `${problem.name} ${sampler} ${trials}`,
    quick: sampler === "tpe" ? 30 : 10,
    async run(seeds) {
      const curves = await over(seeds, (seed) => curve(problem, sampler, seed, trials));
      const last = curves.map(({ best }) => best[trials - 1]);
      const repeated = curves.reduce((sum, c) => sum + c.repeated, 0);
      const name = `${problem.name}, ${sampler}, ${trials} trials`;
      const rows = [
        below(`${name}: median regret`, median(last), gate, goal),
        below(`${name}: repeats`, repeated, 0, 0),
      ];
      if (problem === hartmann6 && sampler === "auto")
        rows.push(below(`${name}: upper quartile`, quantile(last, 0.75), 0.3, 0.13));
      return rows;
    },
  };
}

export const measures: readonly Measure[] = [
  regret(branin, "tpe", 100, 0.04, 0.02),
  regret(hartmann6, "tpe", 100, 0.22, 0.13),
  regret(mixed, "tpe", 100, 0.004, 0.0012),
  regret(branin, "auto", 50, 1e-3, 1e-4),
  regret(hartmann6, "auto", 60, 0.13, 0.005),
  regret(mixed, "auto", 50, 1e-3, 1e-5),
  regret(conditional, "auto", 50, 1e-3, 1e-6),
  {
    name: "noisy",
    quick: 10,
    async run(seeds) {
      const auto = await over(seeds, (seed) => noisySearch(seed, "auto", false, 250));
      const random = await over(seeds, (seed) => noisySearch(seed, "random", false, 250));
      return [
        below("noisy, auto, 50 trials: true loss of the choice", median(auto.map((r) => r.posterior)), 0.003, 0.0015),
        below(
          "noisy, random, 50 trials: true loss of the choice",
          median(random.map((r) => r.posterior)),
          0.0085,
          0.0071,
        ),
      ];
    },
  },
  {
    name: "racing at equal fold fits",
    quick: 0,
    async run(seeds) {
      const many = seeds.flatMap((seed) => [0, 1, 2, 3].map((part) => seed + 1000 * part)); // single runs differ a lot
      const raced = await over(many, (seed) => noisySearch(seed, "auto", true, 250));
      const whole = await over(many, (seed) => noisySearch(seed, "auto", false, 250));
      const ratio = average(raced.map((r) => r.posterior)) / average(whole.map((r) => r.posterior));
      return [below("noisy, 250 fold fits: mean true loss with racing / without", ratio, 1, 0.75)];
    },
  },
  {
    name: "racing simulation",
    quick: 10,
    async run(seeds) {
      const many = seeds.flatMap((seed) => [0, 1, 2, 3, 4].map((part) => 5 * seed + part));
      const raced = await over(many, (seed) => simulatedRace(seed, 5, 0.03, "futility"));
      const whole = await over(many, (seed) => simulatedRace(seed, 5, 0.03, false));
      const ratio = average(raced.map((r) => r.regret)) / average(whole.map((r) => r.regret));
      return [
        below("racing simulation: share of fold fits", average(raced.map((r) => r.share)), 0.6, 0.5),
        below("racing simulation: regret with / without", ratio, 1.1, 1.0),
      ];
    },
  },
  {
    name: "default kept",
    quick: 10,
    async run(seeds) {
      const many = seeds.flatMap((seed) => [0, 1, 2, 3].map((part) => 4 * seed + part)).slice(0, 100);
      const noise = await over(many, (seed) => defaultKept(seed, 0));
      const gain = await over(many, (seed) => defaultKept(seed, 2));
      const kept = (runs: typeof noise, when: "searched" | "repeated"): number =>
        average(runs.map((run) => Number(run[when])));
      return [
        above("pure noise: default kept", kept(noise, "searched"), 0.8, 0.9),
        above("gain of two standard errors: adopted", 1 - kept(gain, "searched"), 0.8, 0.9),
        above("pure noise, one extra repeat: default kept", kept(noise, "repeated"), 0.8, 0.9),
        above("gain of two standard errors, one extra repeat: adopted", 1 - kept(gain, "repeated"), 0.8, 0.9),
      ];
    },
  },
  {
    name: "suggestion time",
    quick: 0, // timings are not for tests
    async run(seeds) {
      return [
        below(
          "auto, 100 trials, 6 parameters: CPU seconds a suggestion",
          await suggestionSeconds(hartmann6, seeds.length),
          0.2,
          0.05,
        ),
      ];
    },
  },
  {
    name: "regret stop",
    quick: 0,
    async run(seeds) {
      const runs = await over(seeds, regretStop);
      const there = median(runs.map((r) => r.regretThere));
      return [
        above("regret stop: earliest trial", Math.min(...runs.map((r) => r.stoppedAt)), 20, 20),
        below("regret stop: median trial", median(runs.map((r) => r.stoppedAt)), 100, 70),
        below(
          "regret stop: true loss there / after 100 trials",
          there / median(runs.map((r) => r.regretAt100)),
          1.3,
          1.1,
        ),
      ];
    },
  },
  {
    name: "grids",
    quick: 0,
    async run(seeds, grids) {
      if (grids.length === 0) return [];
      const ratios: number[][] = [];
      for (const grid of grids) {
        const curves = await over(seeds, (seed) => curve(grid, "auto", seed, 100));
        ratios.push([50, 100].map((t) => median(curves.map(({ best }) => best[t - 1])) / grid.randomRegret(t)));
      }
      const mean = (column: number): number =>
        geometricMean(
          ratios.map((row) => row[column]),
          0.01,
        );
      return [
        below("grids, auto / random, 50 trials: geometric mean of median regrets", mean(0), 0.8, 0.65),
        below("grids, auto / random, 100 trials: geometric mean of median regrets", mean(1), 0.5, 0.38),
      ];
    },
  },
  {
    name: "racing on grids",
    quick: 0,
    async run(seeds, grids) {
      if (grids.length === 0) return [];
      const runs = (
        await Promise.all(grids.map((grid) => over(seeds, (seed) => gridRace(grid, seed, "futility"))))
      ).flat();
      return [
        below("racing on grids: share of fold fits", average(runs.map((r) => r.share)), 0.62, 0.55),
        below("racing on grids: mean regret", average(runs.map((r) => r.regret)), 0.0002, 0.00006),
      ];
    },
  },
];

/** Does a row meet the limit? */
export function meets({ reached, better }: Reached, limit: number): boolean {
  return better === "below" ? reached <= limit : reached >= limit;
}
