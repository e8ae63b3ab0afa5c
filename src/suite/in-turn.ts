/** Two programs on the same tables in turn, so that what else the machine does meets both alike. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { OptionError } from "../error.ts";
import type { BenchDataset, BenchDocument, InTurn } from "../report/bench.ts";
import type { Side } from "./against/against.ts";
import { FILES } from "./dataset.ts";
import { Interrupted, type RunHooks } from "./run.ts";
import type { SuiteDataset } from "./contract.ts";
import { packageFolder, programAt, thisProgram, type Program } from "./program.ts";

/** The least number of rounds of which all have to agree for p = 0.008; a second series has to as well. */
const ROUNDS = 7;

/** Commands of the two programs. */
export interface BothPrograms {
  readonly before: string;
  readonly after: string;
}

/**
 * @param folder Of the package that made the earlier bench. @returns undefined when it is this program: there is nothing to time.
 * @throws OptionError when the earlier program is another one and its package is not named, or another is.
 */
export function bothPrograms(
  { name, bench }: { readonly name: string; readonly bench: Pick<BenchDocument, "program"> },
  folder: string | undefined,
): BothPrograms | undefined {
  const here = thisProgram();
  const { code } = bench.program;
  if (folder === undefined && here.code === code) return undefined;
  if (folder === undefined)
    throw new OptionError(
      `--time: ${name} was made by another program (${inWords(bench.program)}), and both have to be run in turn: name the folder of its package with --program`,
    );
  const place = resolve(folder);
  if (!existsSync(join(place, "package.json")) || !existsSync(join(place, COMMAND)))
    throw new OptionError(
      `--program ${folder}: wanted the folder of a built package of this program, found none there`,
    );
  const there = programAt(place);
  if (there.code !== code)
    throw new OptionError(
      `--program ${folder}: holds ${inWords(there)}, and ${name} was made by ${inWords(bench.program)}; name the package that made it`,
    );
  return { before: join(place, COMMAND), after: join(packageFolder(), COMMAND) };
}

const COMMAND = join("dist", "cli", "main.js");

function inWords(program: Program): string {
  return `${program.package}, code ${program.code.slice(0, 12)}`;
}

/** Datasets with a result on both sides, of the same data and options. @param now In their order. */
export function asBefore(
  datasets: readonly SuiteDataset[],
  now: readonly BenchDataset[],
  { bench }: Pick<Side, "bench">,
): readonly SuiteDataset[] {
  return datasets.filter((_, i) => {
    const { name, options, result } = now[i];
    const old = bench.datasets.find((one) => one.name === name);
    return result !== null && old?.options === options && old.result?.data.fingerprint === result.data.fingerprint;
  });
}

/** Times of all datasets, one after another. @throws Interrupted when it is stopped. */
export async function timesInTurn(
  datasets: readonly SuiteDataset[],
  programs: BothPrograms,
  { soft, hard, note, onReady, onProgress }: RunHooks,
): Promise<Readonly<Record<string, InTurn>>> {
  const taken = new Map<string, InTurn>();
  if (datasets.length > 0) onReady?.();
  const signal = AbortSignal.any([soft, hard]);
  for (const [done, dataset] of datasets.entries()) {
    onProgress?.({ done, cached: 0, total: datasets.length, running: [`times of ${dataset.name}`], left: null });
    const found = await timeInTurn(dataset, programs, signal).catch((error: unknown) => {
      throw signal.aborted ? new Interrupted(STOPPED) : error;
    });
    if (typeof found === "string") note?.(`${dataset.name}: ${found}`);
    else taken.set(dataset.name, found);
  }
  return Object.fromEntries(taken);
}

const STOPPED = "stopped while times were measured; all else is done and kept: run it again to go on";

/**
 * CPU seconds of both programs on a table, in one thread each, the whole command: the ladder alone, without challengers.
 *
 * @returns A sentence instead, when one of them cannot train it. @throws The signal's reason.
 * Cost: 14 trainings.
 */
async function timeInTurn(
  dataset: SuiteDataset,
  programs: BothPrograms,
  signal: AbortSignal,
): Promise<InTurn | string> {
  const work = mkdtempSync(join(tmpdir(), "baseline-times-"));
  const taken = { before: [] as number[], after: [] as number[] };
  try {
    writeFileSync(join(work, "suite.json"), JSON.stringify(suiteOf(dataset)));
    for (let round = 0; round < ROUNDS; round++)
      for (const side of round % 2 === 0 ? (["before", "after"] as const) : (["after", "before"] as const)) {
        const seconds = await cpuSeconds(programs[side], work, signal);
        if (typeof seconds === "string") return `could not be timed with the ${SIDES[side]} program: ${seconds}`;
        taken[side].push(seconds);
      }
    return taken;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const SIDES = { before: "earlier", after: "new" } as const;

/** The dataset alone, with paths that hold in any folder. */
function suiteOf({ name, data, train }: SuiteDataset): object {
  const isPath = (key: string, value: unknown): value is string =>
    (FILES as readonly string[]).includes(key) && typeof value === "string";
  const options = Object.entries(train).map(([key, value]) => [key, isPath(key, value) ? resolve(value) : value]);
  return { datasets: [{ name, data: resolve(data), ...(Object.fromEntries(options) as object) }] };
}

/** A process tells its own CPU time when it ends, worker threads included. */
const TELL = `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeFileSync("cpu", String((user + system) / 1e6));
});`;

async function cpuSeconds(command: string, work: string, signal: AbortSignal): Promise<number | string> {
  const tell = `data:text/javascript,${encodeURIComponent(TELL)}`;
  const args = ["bench", "suite.json", "--workers", "1", "--cache", "cache", "--out", "out", "--quiet"];
  const child = spawn(process.execPath, ["--import", tell, command, ...args], {
    cwd: work,
    signal,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((done) => {
    child.on("close", done);
    child.on("error", (error) => {
      said ||= error.message;
      done(null);
    });
  });
  signal.throwIfAborted();
  if (code !== 0) return said.trim().split("\n").at(-1) || `it ended with code ${code}`;
  const seconds = Number(readFileSync(join(work, "cpu"), "utf8"));
  for (const folder of ["cache", "out"]) rmSync(join(work, folder), { recursive: true, force: true });
  return seconds;
}
