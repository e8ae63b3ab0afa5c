import { describe, expect, it } from "vitest";
import { limitOf, runCell, type Cell } from "../../bench/honesty/cell.ts";
import { dependenceCells } from "../../bench/honesty/dependence.ts";
import { familyResults } from "../../bench/honesty/family.ts";
import { foldCells } from "../../bench/honesty/folds.ts";
import { gateResults } from "../../bench/honesty/gate.ts";
import { rowsNeededResults } from "../../bench/honesty/power.ts";
import { page } from "../../bench/honesty/page.ts";
import { tables } from "../../bench/honesty/report.ts";
import { sizeCells } from "../../bench/honesty/size.ts";
import { drawLosses, drawOutcomes, lossWorlds, meanLogLoss, overconfident } from "../../bench/honesty/worlds.ts";
import { mean } from "../../src/numeric/moments.ts";
import { seeded } from "../../src/numeric/rng.ts";

const RUNS = 300;
const rng = seeded("honesty subset");

describe("the worlds are what they say", () => {
  for (const world of [...lossWorlds, overconfident(1.5, 0.01)])
    it(`${world.name}${lossWorlds.includes(world) ? "" : ", 1 %"}: the gain is what was asked for`, () => {
      const rows = 200_000;
      const [b, c] = drawLosses(world, rows, 0.1, rng.split(world.name));
      // The last world has a gain of 1 % of the baseline's loss before any is added.
      const wanted = lossWorlds.includes(world) ? 0.1 : 0.1 + 0.01 * meanLogLoss(0.69, 1);
      expect(Math.abs(mean(b) - mean(c) - wanted)).toBeLessThan(0.025);
    });
  it("0/1 losses: discordance and gain", () => {
    const [b, c] = drawOutcomes(200_000, 0.1, 0.04, rng.split("outcomes"));
    expect(mean(b) - mean(c)).toBeCloseTo(0.04, 2);
    expect(b.filter((x, i) => x !== c[i]).length / 200_000).toBeCloseTo(0.1, 2);
  });
});

describe("a subset of the bench: nothing guaranteed is over its bound", () => {
  const chosen = [
    ...sizeCells().filter((c) => c.kind === "guaranteed" && (c.rows === 100 || c.rows === 200) && (c.share ?? 1) === 1),
    ...dependenceCells().filter((c) => c.kind === "guaranteed"),
  ];
  const results = chosen.flatMap((cell) => runCell(cell, RUNS, rng));
  it("size on a holdout and with declared dependence", () => {
    expect(results.length).toBeGreaterThan(40);
    expect(results.filter((r) => r.exceeded).map((r) => `${r.study}, ${r.world}: ${r.error}`)).toEqual([]);
  });
  it("on average the errors are near the nominal 5 %, not hidden below it", () => {
    const symmetric = results.filter((r) => r.world === "normal");
    const error = symmetric.reduce((sum, r) => sum + r.justified + r.not, 0) / (2 * symmetric.length);
    expect(Math.abs(error - 0.05)).toBeLessThan(0.025);
  });
  const gates = gateResults(200, rng);
  it("folds of a stable learner, several challengers, the strict gate", () => {
    const folds = foldCells().filter((c) => c.world === "least squares" && c.rows === 60);
    for (const cell of folds) expect(runCell({ ...cell, share: 1 }, 80, rng)[0].exceeded).toBe(false);
    for (const r of [...familyResults(100, rng), ...gates]) expect(`${r.world} ${r.exceeded}`).toBe(`${r.world} false`);
  });
  it("the open gate is broken by hill climbing, as it says", () => {
    const open = gates.filter((r) => r.setting.startsWith("open") && r.world.startsWith("hill"));
    for (const r of open) expect(r.justified).toBeGreaterThan(0.25);
  });
  it("rows needed keep their word", () => {
    for (const r of rowsNeededResults(400, rng)) expect(`${r.world} ${r.exceeded}`).toBe(`${r.world} false`);
  });
});

describe("the bench can fail", () => {
  it("a cell that errs too often is over its bound", () => {
    const careless = dependenceCells().find((c) => c.world === "AR(1) 0.6" && c.setting === "not declared")!;
    const [r] = runCell({ ...careless, kind: "guaranteed" }, RUNS, rng);
    expect(r.exceeded).toBe(true);
    expect(tables([r])[0].rows[0].at(-1)).toContain("EXCEEDED");
  });
  it("the other wrong answer of the same runs is a study of its own", () => {
    const [cell] = sizeCells();
    const both = {
      ...cell,
      rows: 30,
      wrong: "JUSTIFIED",
      other: { study: "ruled out", wrong: "NOT JUSTIFIED", bound: 0.06 },
    };
    const [yes, no] = runCell(both as Cell, 200, rng);
    expect([yes.error, no.error]).toEqual([yes.justified, no.not]);
    expect(no).toMatchObject({ study: "ruled out", kind: "guaranteed", bound: 0.06, world: yes.world });
  });
  it("the page holds every world, what is over its bound in bold", () => {
    const [cell] = sizeCells();
    const [fine] = runCell({ ...cell, rows: 30 }, 50, rng);
    const text = page([fine, { ...fine, world: "worse", error: 0.5, exceeded: true }], 50, "x");
    expect(text).toContain(`| ${fine.world}; ${fine.setting}`);
    expect(text).toContain("**0.500**");
    expect(text).toContain("2 cells have a promise; 1 of them");
  });
  it("the limit allows for chance and no more", () => {
    expect(limitOf(0.05, 2000)).toBeCloseTo(0.0626, 4);
    expect(limitOf(0.05, 1e12)).toBeCloseTo(0.05, 5);
  });
  it("a cell has a stream of its own: the same counts whatever else runs", () => {
    const [cell] = sizeCells();
    const small: Cell = { ...cell, rows: 30 };
    expect(runCell(small, 50, seeded("x"))).toEqual(runCell(small, 50, seeded("x")));
  });
});
