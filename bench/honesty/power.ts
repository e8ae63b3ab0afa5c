/** How often is a worthwhile challenger passed, and do the "rows needed" keep their word? */
import type { ChallengerVerdict, Rng } from "./api.ts";
import type { Cell, CellResult } from "./cell.ts";
import { absolute, judgeLosses } from "./judge.ts";
import { drawLosses, drawOutcomes, overconfident, type World } from "./worlds.ts";

const noisy: World = { name: "normal, sd .3", shape: "symmetric", draw: (rng) => [0.3 * rng.normal(), 0] };

export function powerCells(): Cell[] {
  return [0, 0.5, 1, 1.5, 2, 3].flatMap((times) =>
    [200, 500, 1000, 2000, 5000].map((rows): Cell => ({
      study: "power, margin .01",
      world: noisy.name,
      setting: `true gain ${times} x margin`,
      rows,
      gain: 0.01 * times,
      wrong: "neither",
      kind: "power",
      share: 0.5,
      run: (rng) => judgeLosses(...drawLosses(noisy, rows, 0.01 * times, rng), absolute(0.01)),
    })),
  );
}

/** One world for the message: how to judge n rows of it. */
interface Promise80 {
  readonly name: string;
  readonly pilot: number;
  readonly judge: (rows: number, rng: Rng) => ChallengerVerdict;
}

const MARGIN = 0.02;
const sleepy = overconfident(1.5);

const promises: readonly Promise80[] = [
  {
    name: "normal, sd .3",
    pilot: 300,
    judge: (n, rng) => judgeLosses(...drawLosses(noisy, n, 2 * MARGIN, rng), absolute(MARGIN)),
  },
  {
    name: sleepy.name,
    pilot: 300,
    judge: (n, rng) => judgeLosses(...drawLosses(sleepy, n, 2 * MARGIN, rng), absolute(MARGIN)),
  },
  {
    name: "accuracy, 10 % discordant",
    pilot: 400,
    judge: (n, rng) => judgeLosses(...drawOutcomes(n, 0.1, 2 * MARGIN, rng), absolute(MARGIN)),
  },
];

/**
 * A pilot that stays open names the rows needed if the true gain is twice the margin, which it is here. Fresh data with as many
 * rows should then be JUSTIFIED in 80 % of cases, give or take 5.
 */
export function rowsNeededResults(replications: number, rng: Rng): CellResult[] {
  return promises.map(({ name, pilot, judge }) => {
    const runs = Math.max(50, Math.round(replications / 4));
    const counts = { JUSTIFIED: 0, "NOT JUSTIFIED": 0, INCONCLUSIVE: 0 };
    let asked = 0;
    for (let i = 0; asked < runs; i++) {
      const own = rng.split(`rows needed ${name} ${i}`);
      const open = judge(pilot, own.split("pilot"));
      const rows = open.rowsNeeded?.scenarios.find((s) => s.scenario === "twice the margin")?.rows;
      if (rows === undefined || rows === null) continue;
      asked++;
      counts[judge(rows, own.split("fresh")).verdict]++;
    }
    const justified = counts.JUSTIFIED / runs;
    // Five points either way, and chance.
    const room = 0.05 + 2.58 * Math.sqrt((0.8 * 0.2) / runs);
    return {
      study: "rows needed, fresh data",
      world: name,
      setting: "80 % expected",
      rows: pilot,
      replications: runs,
      justified,
      not: counts["NOT JUSTIFIED"] / runs,
      inconclusive: counts.INCONCLUSIVE / runs,
      coverage: null,
      error: Math.abs(justified - 0.8),
      kind: "guaranteed",
      bound: 0.05,
      exceeded: Math.abs(justified - 0.8) > room,
    };
  });
}
