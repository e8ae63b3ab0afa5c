import { describe, expect, it } from "vitest";
import { coverageResult, happened, limitOf, runCell, type Cell } from "../../bench/honesty/cell.ts";
import { dependenceCells } from "../../bench/honesty/dependence.ts";
import { dealt, outOfFold } from "../../bench/honesty/dealt.ts";
import { fairnessResults } from "../../bench/honesty/fairness.ts";
import { familyResults } from "../../bench/honesty/family.ts";
import { foldCells } from "../../bench/honesty/folds.ts";
import { gateResults } from "../../bench/honesty/gate.ts";
import { rowsNeededResults } from "../../bench/honesty/power.ts";
import { page } from "../../bench/honesty/page.ts";
import { plantedCells } from "../../bench/honesty/planted.ts";
import { merged, tables } from "../../bench/honesty/report.ts";
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

describe("what the other parts are made of", () => {
  it("folds: each row is answered once a repeat, by training rows without it, classes spread evenly", () => {
    const strata = Int32Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const layout = dealt(40, 5, 2, rng.split("folds"), strata);
    for (const { train, test } of layout.resamples) {
      expect([...train, ...test].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
      expect(test.reduce((sum, i) => sum + strata[i], 0)).toBe(2);
    }
    const answers = outOfFold(layout, 2, (_, test) => Float64Array.from([...test].flatMap((i) => [i, -i])));
    layout.row.forEach((row, entry) => expect([answers[2 * entry], answers[2 * entry + 1]]).toEqual([row, -row]));
  });
  it("mistakes on few rows: the gain is the margin, and so many samples hold none of them", () => {
    const cells = plantedCells(rng.split("planted")).filter(({ rows }) => rows === 500);
    expect(cells.length).toBe(9);
    for (const { gain, setting, blind } of cells) {
      expect(`margin ${(100 * gain!).toPrecision(3)} %`).toBe(setting);
      expect([0.998, 0.996, 0.993].map((share) => share ** 500)).toContain(blind);
    }
  });
  it("protected groups: a gap that widens is found, one that stays is not", () => {
    const of2000 = fairnessResults(50, rng).filter(({ rows }) => rows === 2000);
    expect(of2000.filter(({ exceeded }) => exceeded)).toEqual([]);
    const wider = of2000.find(({ world, setting }) => world.endsWith("becomes 15") && setting.includes("7 %"));
    expect(wider?.justified).toBeGreaterThan(0.9);
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
  const place = { study: "s", world: "w", setting: "", rows: 50 };
  it("so do intervals that miss too often, and things that happen too often", () => {
    expect(coverageResult({ ...place, given: 400, held: 372 })).toMatchObject({ coverage: 0.93, exceeded: false });
    expect(coverageResult({ ...place, given: 400, held: 355 })).toMatchObject({ bound: 0.93, exceeded: true });
    expect(coverageResult({ ...place, given: 400, held: 355, promised: false }).exceeded).toBe(false);
    const veto = { ...place, replications: 400, share: 0.9, kind: "guaranteed", bound: 0.05 } as const;
    expect(happened(veto).exceeded).toBe(true);
    expect(happened({ ...veto, error: 0.04 })).toMatchObject({ justified: 0.9, exceeded: false });
  });
  it("the page says of intervals what they hold, and beside rare mistakes how many samples hide them", () => {
    const [held] = [coverageResult({ ...place, given: 400, held: 372 })];
    expect(page([held], 50, "x")).toContain("| w     | 0.930   |");
    expect(page([{ ...held, coverage: null }], 50, "x")).toContain("| w     |         |");
    const rare = {
      ...happened({ ...place, replications: 9, share: 0.2, kind: "known-liberal", bound: null }),
      blind: 0.3,
    };
    expect(page([rare], 50, "x")).toContain("(0.200 / 0.300)");
  });
  it("a part that is run again takes the place of what it found before, the others stay, in the order of the page", () => {
    const found = (part: string, world: string) => ({
      ...coverageResult({ ...place, world, given: 1, held: 1 }),
      part,
    });
    const earlier = [found("size", "old"), found("coverage", "old"), found("coverage", "gone"), found("gate", "old")];
    const all = merged(earlier, [found("coverage", "new")]);
    expect(all.map(({ part, world }) => `${part} ${world}`)).toEqual(["size old", "coverage new", "gate old"]);
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
