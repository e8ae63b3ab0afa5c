/**
 * Our families beside what a user could pick instead: the same work on the same generated tables, each in a process of
 * its own with one thread, one after the other. Ratios are CPU seconds (compiler threads included), ours over the peer's:
 * cold is the first fit of a process, warm the fastest later one (cold where there is only one). A goal counts for the warm
 * ratio, as a whole command compiles once for all its models. Scores are those of the last fifth of the rows.
 *
 *   npm run build && node bench/peers/main.mjs FOLDER [--sizes S,M] [--rows cart-L,...] [--repeats 1] [--json FILE]
 *
 * FOLDER holds S.csv, M.csv, L.csv and XL.csv, or some of them. Peers that are not installed (Python with scikit-learn, R
 * with rpart) are left out and said so; the npm peer always runs. All of it takes about seven CPU minutes.
 */
import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { ROWS, SLACK } from "./rows.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "S,M,L,XL" },
    rows: { type: "string" },
    repeats: { type: "string", default: "1" },
    json: { type: "string" },
    python: { type: "string", default: "python3" },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("usage: node bench/peers/main.mjs FOLDER [--sizes S,M] [--rows NAME,...] [--repeats 1] [--json FILE]");
  process.exit(2);
}
const sizes = values.sizes.split(",").filter((size) => existsSync(join(folder, `${size}.csv`)));
const wanted = values.rows?.split(",");
const COMMANDS = {
  ours: [process.execPath, "ours.mjs"],
  scikit: [values.python, "scikit.py"],
  rpart: ["Rscript", "rpart.R"],
  npm: [process.execPath, "npm.mjs"],
};
const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", load: loadavg() };
const lines = [];
console.log(
  `${"".padEnd(22)} ${"against".padEnd(30)} ${"ours s".padStart(8)} ${"peer s".padStart(8)} ${"cold".padStart(7)} ${"warm".padStart(7)} ${"goal".padStart(6)} ${"memory".padStart(7)}  score, the peer's`,
);
for (const row of ROWS)
  if (sizes.includes(row.size) && (wanted === undefined || wanted.includes(row.name))) report(await compare(row));
if (sizes.includes("L") && (wanted === undefined || wanted.includes("workers"))) await workers();
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, lines }, null, 1)}\n`);

async function compare(row) {
  const args = [row.size, row.work, row.task, ...(row.folds ? ["folds"] : [])];
  const ours = [];
  const peers = [];
  for (let i = 0; i < Number(values.repeats); i++) {
    ours.push(await run(COMMANDS.ours, args));
    peers.push(await run(COMMANDS[row.peer], args));
  }
  if (ours.includes(undefined)) throw new Error(`peers: ${row.name} could not be measured here`);
  const there = !peers.includes(undefined);
  const scores = { ours: ours[0].scores, peer: there ? peers[0].scores : undefined };
  const line = { name: row.name, against: row.against, goal: row.goal, scores, worse: there && worse(row, scores) };
  if (row.folds) return line;
  const theirs = peers.map((peer) => peer?.fits.map((fit, i) => fit + (row.encoding ? peer.encodes[i] : 0)));
  const cold = ratio(ours, theirs, ([first]) => first);
  const warm = ratio(ours, theirs, (fits) => Math.min(...(fits.length > 1 ? fits.slice(1) : fits)));
  const memory = peers[0]?.memory === undefined ? undefined : ours[0].memory / peers[0].memory;
  return {
    ...line,
    seconds: warm.own,
    peerSeconds: warm.peer,
    cold: cold.ratio,
    warm: warm.ratio,
    memory,
    most: row.memory,
  };
}

function ratio(ours, theirs, pick) {
  const own = median(ours.map(({ fits }) => pick(fits)));
  const peer = theirs.includes(undefined) ? undefined : median(theirs.map(pick));
  return { own, peer, ratio: peer === undefined ? undefined : own / peer };
}

/** Whether a tree's score is worse than the peer's by more than is allowed. */
function worse({ work }, { ours, peer }) {
  if (!/cart|boosting|forest/.test(work)) return false;
  const { accuracy = Number.NaN, rmse = Number.NaN } = peer;
  return ours.accuracy < accuracy - SLACK.accuracy || ours.rmse > rmse * (1 + SLACK.rmse);
}

async function workers() {
  const [one, two] = [await wall(1), await wall(2)];
  const speedUp = { cold: one.cold / two.cold, warm: one.warm / two.warm };
  const line = { name: "workers-L", against: "own single thread", ...speedUp, least: 1.5, load: loadavg()[0] };
  lines.push(line);
  console.log(
    `${line.name.padEnd(22)} two workers, 25 jobs: cold ${line.cold.toFixed(2)}, warm ${line.warm.toFixed(2)} times as fast (wanted: 1.5 on an idle machine; load ${line.load.toFixed(1)})`,
  );
}

async function wall(count) {
  const measured = await run([process.execPath, "workers.mjs"], ["L", String(count)]);
  if (measured === undefined) throw new Error("peers: the workers could not be measured");
  return measured;
}

/** A child's JSON; undefined where it cannot be run. */
async function run([command, script], args) {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const path = fileURLToPath(new URL(script, import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(command, [path, folder, ...args], { env });
    return JSON.parse(stdout);
  } catch (error) {
    console.error(
      `${script} ${args.join(" ")}: ${String(error.stderr ?? error.message)
        .trim()
        .split("\n")
        .at(-1)}`,
    );
    return undefined;
  }
}

function report(line) {
  lines.push(line);
  const number = (value, digits = 3) => (value === undefined ? "-" : value.toPrecision(digits));
  const { ours, peer } = line.scores;
  const said = Object.entries(ours).map(
    ([name, value]) => `${name} ${value.toFixed(4)}, ${peer?.[name]?.toFixed(4) ?? "-"}`,
  );
  const missed = [
    line.warm > line.goal && "slower than wanted",
    line.memory > line.most && "more memory than wanted",
    line.worse && "worse than wanted",
  ].filter(Boolean);
  console.log(
    [
      line.name.padEnd(22),
      line.against.padEnd(30),
      number(line.seconds).padStart(8),
      number(line.peerSeconds).padStart(8),
      number(line.cold, 2).padStart(7),
      number(line.warm, 2).padStart(7),
      number(line.goal, 2).padStart(6),
      number(line.memory, 2).padStart(7),
      ` ${said.join("; ")}`,
      missed.length > 0 ? ` MISSED: ${missed.join(", ")}` : "",
    ].join(" "),
  );
}

function median(list) {
  return list.toSorted((a, b) => a - b)[list.length >> 1];
}
