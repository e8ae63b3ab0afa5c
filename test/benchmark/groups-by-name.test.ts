/** A group is the same group in every table by its name, whatever the order of rows. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { load } from "../../src/intake/load.ts";
import { predictTable } from "../../src/answering/predict.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { seeded } from "../../src/numeric/rng.ts";

const NAMES = ["ann", "bob", "cid", "dot", "eve", "fay", "gus", "hal"];
const rng = seeded("groups by name");
const rows = Array.from({ length: 96 }, (_, i) => ({
  who: NAMES[i % 8],
  noise: rng.normal(),
  y: 100 * (i % 8) + (i % 3),
}));
const options = { target: "y", group: "who", models: ["group-mean"], workers: 1, folds: 3, repeats: 1 } as const;
/** Folds in which every group stands on both sides. */
const splits = { fold: rows.map((_, i) => Math.floor(i / 8) % 3) };

it("group means are those of the groups' names in any table, in any order", async () => {
  const { models } = await trainBenchmark(rows, { ...options, splits });
  const model = JSON.parse(JSON.stringify(models.get("group-mean"))) as NonNullable<ReturnType<typeof models.get>>;
  const mean = new Map<string, number>();
  const said = await predictTable(model, rows);
  expect(said.warnings).toEqual([]);
  rows.forEach(({ who }, i) => mean.set(who, Number(said.answers[i])));
  NAMES.forEach((name, k) => expect(Math.abs(mean.get(name)! - 100 * k)).toBeLessThan(130));
  expect([...mean.values()]).toEqual([...mean.values()].toSorted((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 12 }), async (who) => {
      const { answers } = await predictTable(
        model,
        who.map((name) => ({ who: name, noise: 0 })),
      );
      expect(answers).toEqual(who.map((name) => mean.get(name)));
    }),
    { numRuns: 20 },
  );
  const { answers, warnings } = await predictTable(model, [{ who: "zoe", noise: 0 }, { noise: 0 }, rows[0]]);
  expect(warnings).toMatchObject([{ code: "unseen-groups", count: 2, evidence: { texts: ["zoe"] } }]);
  await expect(predictTable(model, [{ noise: 0 }])).rejects.toThrow(/the table has no column of groups/);
  expect(answers[0]).toBeCloseTo(rows.reduce((sum, { y }) => sum + y, 0) / rows.length, 9);
  expect(answers[1]).toBe(answers[0]);
});

it("groups of one name in the table and its test table are one group", async () => {
  const test = [...rows.slice(0, 5).toReversed(), { who: "zoe", noise: 0, y: 5 }];
  const { data } = await load(rows, { target: "y", group: "who", test });
  const nameOf = (row: number): string => data.groupNames![data.groups![row]];
  expect(Array.from({ length: data.rows }, (_, row) => nameOf(row))).toEqual([...rows, ...test].map(({ who }) => who));
  expect(new Set(data.groupNames).size).toBe(data.groupNames!.length);
});

it("numbers name groups as numbers: 7 is 7.0", async () => {
  const numbered = rows.map((row, i) => ({ ...row, who: i % 8 }));
  const test = [
    { who: "7.0", noise: 0, y: 1 },
    { who: "x", noise: 0, y: 1 },
  ];
  const { data } = await load(numbered, { target: "y", group: "who", test });
  expect([...data.groups!].slice(96)).toEqual([data.groups![7], 8]);
});

it("where no group stands on both sides of a split, group means are left out and the reason is told", async () => {
  const { models: _, ...ladder } = options;
  const { artifact } = await trainBenchmark(rows, { ...ladder, trials: 2, nested: "never" });
  expect(artifact.skipped.find(({ rung }) => rung === "group-mean")?.reason).toMatch(/no group is on both sides/);
  const given = await trainBenchmark(rows, { ...ladder, splits, trials: 2, nested: "never" });
  expect(given.artifact.ladder.map(({ rung }) => rung)).toContain("group-mean");
});
