/** The real command line as a child process, in a folder of its own. */
import { mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa, type ResultPromise } from "execa";
import { expect, onTestFinished } from "vitest";
import { seeded } from "../../src/numeric/rng.ts";

export const MAIN: string = resolve("dist/cli/main.js");

export interface Ran {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node before the program. */
  readonly node?: readonly string[];
  /** Open files to write to instead of being listened to. */
  readonly files?: { readonly stdout?: number; readonly stderr?: number };
}

const OPTIONS = { reject: false, stripFinalNewline: false, extendEnv: false, timeout: 110_000 } as const;
const environment = (env: RunOptions["env"]): Record<string, string> => ({ PATH: process.env.PATH ?? "", ...env });

/** Starts `baseline ...`; nothing of this process's environment but PATH reaches it. */
export function start(
  args: readonly string[],
  { cwd, input, env, node = [], files }: RunOptions,
  main: string = MAIN,
): ResultPromise {
  return execa(process.execPath, [...node, main, ...args], {
    ...OPTIONS,
    ...(files as object),
    cwd,
    env: environment(env),
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
  }) as unknown as ResultPromise; // its exact options are of no interest
}

/** @param main The program; default: the built one. */
export async function baseline(args: readonly string[], options: RunOptions, main: string = MAIN): Promise<Ran> {
  return ended(start(args, options, main));
}

/** Through a shell: `$BASELINE` starts the program. */
export async function shell(script: string, { cwd, env }: RunOptions): Promise<Ran> {
  const line = script.replaceAll("$BASELINE", `"${process.execPath}" "${MAIN}"`);
  const options = { ...OPTIONS, cwd, env: environment(env), stdin: "ignore" as const };
  return ended(execa("sh", ["-c", line], options) as unknown as ResultPromise);
}

/** How a child ended; one that outlived its time has no code. */
export async function ended(child: ResultPromise): Promise<Ran> {
  const { exitCode, stdout, stderr } = await child;
  return { code: exitCode, stdout: String(stdout), stderr: String(stderr) };
}

/** An empty folder that goes with the test (or, made in a hook, with `drop`). */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "baseline-cli-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A folder with files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = folder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

/** Could not do it: code 2, one sentence on stderr, nothing on stdout, no new file or folder. */
export function expectRefusal(ran: Ran, cwd: string, files: readonly string[], sentence: RegExp): void {
  expect(ran.stderr).toMatch(sentence);
  expect(ran.stderr).toMatch(/^baseline: [^\n]+\n$/);
  expect(ran.stderr).not.toMatch(/internal error/);
  expect(ran.stderr.length).toBeLessThan(1000);
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(readdirSync(cwd).sort()).toEqual([...files].sort());
}

/** Resolves when a file of the folder fits: watched, not polled. */
export async function untilFile(path: string, fits: (name: string) => boolean): Promise<void> {
  await new Promise<void>((found) => {
    const watcher = watch(path, () => look());
    const look = (): void => {
      if (!readdirSync(path).some(fits)) return;
      watcher.close();
      found();
    };
    look();
  });
}

/** Resolves when the child has said something on stderr. */
export async function untilSaid({ stderr }: ResultPromise, words: string): Promise<void> {
  await new Promise<void>((heard, reject) => {
    let said = "";
    stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(words)) heard();
    });
    stderr?.on("end", () => reject(new Error(`the program ended without ${JSON.stringify(words)}; it said ${said}`)));
  });
}

/** A CSV of two signals (a number with gaps, a category), noise, and a target that follows from the signals. */
export function table(rows: number, task: "class" | "number" = "class", noiseColumns = 1): string {
  const rng = seeded("cli table").split(task);
  const header = ["x", "z", ...Array.from({ length: noiseColumns }, (_, k) => `noise${k}`), "y"].join(",");
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = rng.normal();
    const z = rng.below(3);
    const score = 1.5 * x + [0, 1, -1][z] + rng.normal();
    const y = task === "number" ? score.toFixed(2) : score > 0 ? "yes" : "no";
    const noise = Array.from({ length: noiseColumns }, () => rng.normal().toFixed(2));
    return [i % 17 === 0 ? "" : x.toFixed(3), ["a", "b", "c"][z], ...noise, y].join(",");
  });
  return `${header}\n${lines.join("\n")}\n`;
}

/** Options that keep a run short. */
export const SHORT: readonly string[] = ["--folds", "3", "--repeats", "1", "--nested", "never"];
