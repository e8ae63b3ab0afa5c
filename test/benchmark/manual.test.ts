/** What docs/compare.md says is true: its tables are whole, its programs run; examples of the help are understood. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import type { ChallengerSource } from "../../src/challengers/enter.ts";
import { gate } from "../../src/benchmark/gate.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import { openBenchmark } from "../../src/intake/opened.ts";
import { commands } from "../../src/cli/commands/registry.ts";
import type { Terminal } from "../../src/cli/contract.ts";
import { runProgram } from "../../src/cli/program.ts";
import { REASONS, SUBLABELS } from "../../src/report/verdict-reasons.ts";
import { expectAllRun } from "../manuals.ts";
import { heldLines, makeBenchmark, records, scratch, writeCsv, type Line } from "./folders.ts";

const manual = readFileSync("docs/compare.md", "utf8");
const folder = scratch();

beforeAll(async () => {
  const bench = await makeBenchmark(join(folder, "baseline-out"), records(600, "binary"));
  writeCsv(join(folder, "predictions.csv"), heldLines(await openBenchmark(bench), 0.95));
});

/** Examples name files as if they lay where the reader is. */
async function there<T>(act: () => Promise<T>): Promise<T> {
  const home = process.cwd();
  process.chdir(folder);
  try {
    return await act();
  } finally {
    process.chdir(home);
  }
}

describe("command lines", () => {
  const examples = commands.flatMap((command) => command.examples);
  const known = examples.filter((line) => /^baseline (compare|gate) [^|>]*$/.test(line));
  it("are many", () => expect(known.length).toBeGreaterThan(8));
  for (const line of known)
    it(line, async () => {
      const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).slice(1);
      let seen = 0;
      const stubs = commands.map((command) => ({ ...command, run: () => Promise.resolve(seen++) }));
      await runProgram(
        words,
        stubs,
        "0",
        () => ({}) as Terminal,
        (error) => expect.fail(String(error)),
      );
      expect(seen).toBe(1);
    });
});

describe("tables", () => {
  it("name every option of compare that decides, every reason and every sublabel", () => {
    const compareCommand = commands.find(({ name }) => name === "compare")!;
    const flag = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const decide = compareCommand.options.filter(({ group }) => ["Judging", "Budgets", "Vetoes"].includes(group));
    for (const { key } of decide) expect(manual, key).toContain(flag(key));
    for (const name of [...Object.keys(REASONS), ...Object.keys(SUBLABELS)]) expect(manual).toContain(`\`${name}\``);
  });
});

describe("programs", () => {
  it("shows nothing that is not run here", () => expectAllRun("docs/compare.md", "test/benchmark/manual.test.ts", 1));
  it("compare", () =>
    there(async () => {
      const document = await compare("baseline-out", ["predictions.csv"], { minGain: "2%" });
      const [answer] = document.challengers;
      console.log(answer.verdict, answer.gain, answer.bounds, answer.sentence);
      expect(answer.verdict).toBe("JUSTIFIED");
    }));
  it("sources", () => {
    const sources = [
      "forest.csv",
      { name: "from memory", table: [{ row: 3, probability: 0.8 }] },
      { builtin: "boosting", trials: 20 },
      { command: "python train.py {train} {test} {out}", seeds: 5 },
    ];
    const typed: readonly ChallengerSource[] = sources;
    expect(typed.length).toBe(4);
  });
  it("gate", () =>
    there(async () => {
      const { outcome, left } = await gate("baseline-out", "predictions.csv", { mode: "strict" });
      expect([outcome, left]).toEqual(["PASS", 0]);
    }));
});

/** The examples need the languages that they are written in: they are tried where those are. */
const python = process.env.PYTHON ?? "python3";
const hasPython = spawnSync(python, ["-c", "import pandas, sklearn"]).status === 0;
const rscript = process.env.RSCRIPT ?? "Rscript";
const hasR = spawnSync(rscript, ["-e", "library(rpart)"]).status === 0;
const programs = [
  ...(hasPython ? [["scikit-learn", python, "examples/challenger.py"] as const] : []),
  ...(hasR ? [["R", rscript, "examples/challenger.R"] as const] : []),
];
describe("examples", () => {
  const data = resolve("datasets/breast-cancer/breast-cancer.csv");
  it("are in the manual", () => {
    for (const name of ["challenger.py", "challenger-folds.py", "challenger.R"]) expect(manual).toContain(name);
  });
  for (const [name, program, script] of programs)
    it(`${name}: its predictions work as they are`, async () => {
      const bench = join(folder, `breast-cancer ${name}`);
      await makeTrained(bench, data);
      const out = join(folder, `${name}.csv`);
      const { status, stderr } = spawnSync(program, [script, data, bench, "diagnosis", out], {
        encoding: "utf8",
        env: { ...process.env, OMP_NUM_THREADS: "1" }, // threads that wait for each other take minutes on a busy machine
      });
      expect([status, stderr]).toEqual([0, ""]);
      const { challengers } = await compare(bench, [out]);
      expect(challengers[0]).toMatchObject({ rows: 114, metric: "log_loss" });
      expect(challengers[0].score!).toBeLessThan(0.5);
    });
  for (const [name, program, script] of programs)
    it(`${name}: leaves out what the benchmark leaves out, and says what to do without held-out rows`, async () => {
      const lines: Line[] = records(600, "binary").map((row) => ({ ...row, told: row.y === "yes" ? 1.5 : 2 }));
      const table = writeCsv(join(folder, `told ${name}.csv`), lines);
      const bench = join(folder, `told ${name}`);
      const answer = (holdout: number, out: string) => {
        const env = { ...process.env, OMP_NUM_THREADS: "1" };
        return trainTo(bench, table, { target: "y", ignore: ["told", "who", "site"], holdout }).then(() =>
          spawnSync(program, [script, table, bench, out], { encoding: "utf8", env }),
        );
      };
      const out = join(folder, `told ${name}.answers.csv`);
      expect((await answer(0.2, out)).stderr).toBe("");
      const { challengers } = await compare(bench, [out]);
      expect(challengers[0].score!).toBeGreaterThan(0.2);
      const none = await answer(0, out);
      expect(none.status).not.toBe(0);
      expect(none.stderr).toMatch(/has no held-out rows.*challenger-folds\.py.*--holdout 0\.2/);
    });
});

async function makeTrained(out: string, data: string): Promise<void> {
  const made = join(folder, "breast-cancer");
  await trainTo(made, data, {});
  cpSync(made, out, { recursive: true });
}

async function trainTo(out: string, data: string, options: TrainOptions): Promise<void> {
  const { trainBenchmark } = await import("../../src/benchmark/train.ts");
  const { writeBenchmark } = await import("../../src/benchmark/write.ts");
  writeBenchmark(await trainBenchmark(data, { models: ["one-rule"], workers: 1, ...options }), out, { force: true });
}
