/** What GitHub makes of workflow files, as far as that goes without GitHub: its own parser, expressions, steps in a shell. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { parseAction } from "@actions/workflow-parser/actions/action-parser";
import { execa } from "execa";
import { parse } from "yaml";
import { MAIN, type Ran } from "../cli/baseline.ts";

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
}

interface Workflow extends Pick<Job, "permissions"> {
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** What is wrong with a workflow or an action, by GitHub's own parser and schema. */
export function complaints(path: string, content: string = readFileSync(path, "utf8")): readonly string[] {
  const read = path.endsWith("action.yml") ? parseAction : parseWorkflow;
  const { context } = read({ name: path, content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

export function workflowAt(path: string): Workflow {
  return parse(readFileSync(path, "utf8")) as Workflow;
}

export function actionAt(path: string): Action {
  return parse(readFileSync(path, "utf8")) as Action;
}

export function stepsOf(path: string): readonly Step[] {
  if (path.endsWith("action.yml")) return actionAt(path).runs.steps;
  return Object.values(workflowAt(path).jobs).flatMap(({ steps }) => steps);
}

/** What expressions may ask for: `inputs.predictions`. */
export interface Context {
  readonly [name: string]: string | Context;
}

/** `${{ inputs.x || 'y' }}`: the first that is not empty. */
function evaluated(value: string, context: Context): string {
  return value.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const values = expression.split("||").map((term) => /^\s*'(.*)'\s*$/.exec(term)?.[1] ?? valueOf(term, context));
    return values.find((one) => one !== "") ?? "";
  });
}

function valueOf(term: string, context: Context): string {
  let at: string | Context | undefined = context;
  for (const key of term.trim().split(".")) at = typeof at === "object" ? at[key] : undefined;
  return typeof at === "string" ? at : "";
}

export interface Runner {
  /** Runs a step as GitHub does: a file for bash, the environment from expressions. */
  readonly step: (step: Step, context: Context) => Promise<Ran>;
  /** What the last step wrote. */
  readonly summary: () => string;
  readonly outputs: () => Readonly<Record<string, string>>;
  /** For other scripts. */
  readonly env: Readonly<Record<string, string>>;
}

/** A folder as a runner has it; `npx` starts what was built. @param programs Scripts of further programs. */
export function runner(cwd: string, programs: Readonly<Record<string, string>> = {}): Runner {
  const [bin, temp] = ["bin", "temp"].map((name) => join(cwd, name));
  for (const folder of [bin, temp]) mkdirSync(folder);
  const npx = `printf '%s\\n' "$1 $2" >> "${join(cwd, "packages.txt")}"\nshift 2\nexec "${process.execPath}" "${MAIN}" "$@"`;
  for (const [name, text] of Object.entries({ npx, ...programs })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const [summary, output] = ["summary.md", "output.txt"].map((name) => join(temp, name));
  const env = {
    PATH: bin + delimiter + process.env.PATH,
    RUNNER_TEMP: temp,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: output,
  };
  return {
    step: async ({ run = "", shell, env: own = {} }, context) => {
      for (const file of [summary, output]) writeFileSync(file, "");
      const script = join(temp, "step.sh");
      writeFileSync(script, run);
      const flags = shell === "bash" ? ["--noprofile", "--norc", "-eo", "pipefail"] : ["-e"];
      const given = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, evaluated(value, context)]));
      const options = { cwd, env: { ...env, ...given }, extendEnv: false, reject: false, timeout: 110_000 } as const;
      const { exitCode, stdout, stderr } = await execa("bash", [...flags, script], { ...options, stdin: "ignore" });
      return { code: exitCode, stdout, stderr };
    },
    summary: () => readFileSync(summary, "utf8"),
    outputs: () => {
      const lines = readFileSync(output, "utf8").trimEnd().split("\n");
      return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
    },
    env,
  };
}
