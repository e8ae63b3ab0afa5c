/** Benchmark folders under kills and under two runs at once: the old benchmark or a new one, whole, and nothing beside it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBenchmark } from "../../src/intake/opened.ts";
import type { Rng } from "../../src/numeric/rng.ts";
import { baseline, ended, SHORT, start, table, type Ran } from "../cli/baseline.ts";
import { fuzz, MOST_MILLISECONDS } from "./fuzzing.ts";

const OPTIONS = ["--models", "one-rule,tree", "--trials", "6", "--workers", "1", ...SHORT];
const SEEDS = ["1", "2"] as const;
type Seed = (typeof SEEDS)[number];

const home = mkdtempSync(join(tmpdir(), "fuzz-folders-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const args = (seed: Seed, out = "b"): string[] => ["train", "data.csv", "--out", out, "--seed", seed, ...OPTIONS];
/** How long the last whole run took: moments of the next ones are drawn from as long. */
let milliseconds = 0;
async function train(seed: Seed, out?: string, more: readonly string[] = []): Promise<Ran> {
  const began = performance.now();
  const ran = await baseline([...args(seed, out), ...more], { cwd: home });
  milliseconds = performance.now() - began;
  return ran;
}

/** Every file of a folder with its content; what tells of the clock is left out. */
function content(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = names.map(({ parentPath, name }) => {
    const text = readFileSync(join(parentPath, name), "utf8");
    return [join(parentPath, name).slice(folder.length), /benchmark\.json|report|trials/.test(name) ? "" : text];
  });
  return Object.fromEntries(files);
}

/** What uninterrupted runs make. */
const whole = {} as Record<Seed, Record<string, string>>;
beforeAll(async () => {
  writeFileSync(join(home, "data.csv"), table(120));
  for (const seed of SEEDS) {
    expect(await train(seed, seed)).toMatchObject({ code: 0 });
    whole[seed] = content(join(home, seed));
  }
  expect(whole[1]).not.toEqual(whole[2]);
  expect(await train("1")).toMatchObject({ code: 0 });
});

/** The seed of the benchmark in b: opened as every command does, which also ends a move that a kill cut off. */
async function standing(): Promise<Seed> {
  const { artifact } = await openBenchmark(join(home, "b"));
  const seed = artifact.splits.seed as Seed;
  expect(content(join(home, "b"))).toEqual(whole[seed]);
  return seed;
}

function expectTidy(): void {
  expect(readdirSync(home).toSorted()).toEqual(["1", "2", "b", "data.csv"]);
}

const someMoment = (rng: Rng): number => Math.floor(rng.uniform() * milliseconds);

describe("a benchmark folder", () => {
  it(
    "is the old one or the new one after a kill at any moment, and --resume ends the run",
    {
      timeout: MOST_MILLISECONDS,
    },
    () =>
      fuzz<"left the old one" | "left the new one" | "came too late">({
        name: "kills of train",
        few: 2,
        share: 0.002,
        must: [],
        run: async (rng) => {
          const old = await standing();
          const seed = old === "1" ? "2" : "1";
          const child = start([...args(seed), "--resume"], { cwd: home });
          const timer = setTimeout(() => child.kill("SIGKILL"), someMoment(rng));
          const { code } = await ended(child);
          clearTimeout(timer);
          const now = await standing();
          expect(code === 0 ? [seed] : [old, seed]).toContain(now);
          expect(await train(seed, "b", ["--resume"])).toMatchObject({ code: 0 });
          expect(await standing()).toBe(seed);
          expectTidy();
          if (code === 0) return "came too late";
          return now === old ? "left the old one" : "left the new one";
        },
      }),
  );

  it("that two runs write at once is whole, and that of a run which ended well", { timeout: MOST_MILLISECONDS }, () =>
    fuzz<"refused one" | "were done in turn">({
      name: "pairs of train",
      few: 2,
      share: 0.001,
      must: [],
      run: async (rng) => {
        const first = train("1");
        await new Promise((later) => setTimeout(later, someMoment(rng)));
        const runs = await Promise.all([first, train("2")]);
        const done = SEEDS.filter((_, i) => runs[i].code === 0);
        expect(done.length).toBeGreaterThan(0);
        for (const { code, stderr } of runs)
          if (code !== 0) expect([code, stderr]).toEqual([2, expect.stringMatching(/another run/)]);
        expect(done).toContain(await standing());
        expectTidy();
        return done.length === 1 ? "refused one" : "were done in turn";
      },
    }),
  );
});
