/**
 * All benches at once: each runs in a process of its own, one after the other; what they found is kept in bench/results, and
 * bench/RESULTS.md is written from all that is kept.
 *
 *   npm run bench [-- --only scale,small] [--full] [--kept right-size -- ARGUMENTS]
 *
 * `--only` runs some of them and keeps what is known of the others (`--only ''` writes the page alone); `--full` runs the long versions. A bench that needs other programs is run by `--kept`, with
 * its own arguments behind. Ends with 1 when something that is promised does not hold.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { asMarkdown, childCpuSeconds, machine, type Answer } from "./answer.ts";
import { KEPT, QUESTIONS, type Asked } from "./questions.ts";

const FOLDER = "bench/results";
const PAGE = "bench/RESULTS.md";

/** An answer, and what it depends on. */
interface Known extends Omit<Answer, "figures"> {
  readonly command: string;
  readonly machine: string;
  readonly commit: string;
  readonly date: string;
  /** Seconds of CPU, with all that the bench has started; absent where the system does not tell. */
  readonly cpu?: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, kept: { type: "string" }, full: { type: "boolean", default: false } },
});
const names = (values.kept ?? values.only)?.split(",").filter((name) => name !== "");
const all = values.kept === undefined ? QUESTIONS : KEPT;
const unknown = names?.find((name) => !all.some((one) => one.name === name));
if (unknown !== undefined) {
  console.error(`bench: there is no ${unknown}; choose from ${all.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
mkdirSync(FOLDER, { recursive: true });
for (const asked of all) if (names?.includes(asked.name) ?? true) run(asked);
const known = [...QUESTIONS, ...KEPT].flatMap((asked) => answerOf(asked) ?? []);
writeFileSync(PAGE, page(known));
console.error(`written to ${PAGE}`);

function run({ name, program, args, full = args }: Asked): void {
  const own = [...(values.full ? full : args), ...positionals];
  const before = childCpuSeconds();
  console.error(`== ${name}`);
  const json = join(FOLDER, `${name}.json`);
  const path = fileURLToPath(new URL(program, import.meta.url));
  const { status } = spawnSync(process.execPath, [path, ...own, "--json", json], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
  if (status !== 0 && status !== 1) return; // it found nothing
  const answer = JSON.parse(readFileSync(json, "utf8")) as Answer;
  const { figures: _figures, ...shown } = answer;
  const found: Known = {
    ...shown,
    command: `npm run bench -- ${values.kept === undefined ? "--only" : "--kept"} ${name}${values.full ? " --full" : ""}`,
    machine: machine(),
    commit: git("rev-parse", "--short", "HEAD"),
    date: git("log", "-1", "--format=%cs"),
    ...(before !== undefined && { cpu: Math.round(childCpuSeconds()! - before) }),
  };
  writeFileSync(json, `${JSON.stringify(found, null, 1)}\n`);
}

function answerOf({ name }: Asked): Known | undefined {
  const path = join(FOLDER, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Known) : undefined;
}

function git(...args: readonly string[]): string {
  return spawnSync("git", args, { encoding: "utf8" }).stdout.trim();
}

function page(answers: readonly Known[]): string {
  const sections = answers.map(
    ({ question, size, tables, notes = [], broken, command, machine: where, commit, date, cpu }) =>
      [
        `## ${question}`,
        `${size}. Commit ${commit} of ${date}; ${where}. \`${command}\`${cpu === undefined ? "" : `, ${cpu} s of CPU`}`,
        ...tables.map(asMarkdown),
        ...(notes.length > 0 ? [notes.map((one) => `- ${one}`).join("\n")] : []),
        ...(broken.length > 0 ? [broken.map((one) => `- **Broken:** ${one}`).join("\n")] : []),
      ].join("\n\n"),
  );
  return `# What the benches found

Written by \`npm run bench\`; do not edit. Seconds depend on the machine and on what else it does, ratios and counts less.

${sections.join("\n\n")}
`;
}
