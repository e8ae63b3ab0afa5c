// Are the verdicts on real tables the ones that a sensible person expects?
//
//   npm run build && node bench/verdicts/main.mjs DATA [--only diamonds] [--trials 3] [--work folder] [--json out.json]
//
// DATA holds diamonds.csv (ggplot2), adult-train.csv (UCI), iris.csv and titanic.csv (seaborn). Each is trained with the whole ladder
// and default options, then judged with the built-in boosting, the champion's own predictions, predictions at random and,
// where PYTHON (default python3) has scikit-learn, those of examples/challenger.py. Everything runs through the command line.
// --trials: configurations of the boosting; without it the whole search, as a user gets it.
// Prints a table and ends with 1 when a verdict is another than the one expected. Benchmarks already in --work are used again.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { seeded } from "tabular-baseline/extend";

const [, , data, ...rest] = process.argv;
const option = (name, fallback) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : fallback);
if (data === undefined) {
  console.error(
    "usage: node bench/verdicts/main.mjs DATA [--only name] [--trials n] [--work folder] [--json out.json]",
  );
  process.exit(2);
}
const work = option("--work", mkdtempSync(join(tmpdir(), "verdicts-")));
mkdirSync(work, { recursive: true });
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const example = fileURLToPath(new URL("../../examples/challenger.py", import.meta.url));

/** Verdicts by exit code: 0 JUSTIFIED, 1 NOT JUSTIFIED, 3 INCONCLUSIVE. */
const NOT_YET = ["NOT JUSTIFIED", "INCONCLUSIVE"];
const CASES = [
  { name: "diamonds", target: "price", train: [], boosting: ["JUSTIFIED"] },
  { name: "adult", file: "adult-train.csv", target: "c15", train: ["--no-header"], boosting: ["JUSTIFIED"] },
  { name: "iris", target: "species", train: [], boosting: NOT_YET },
  { name: "titanic", target: "survived", train: ["--ignore", "alive"], boosting: NOT_YET },
].filter(({ name }) => name.includes(option("--only", "")));

function baseline(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (![0, 1, 3].includes(status)) throw new Error(`baseline ${args.join(" ")}: exit ${status}: ${stderr}`);
  return { status, stdout };
}

const lines = (path) => parse(readFileSync(path, "utf8"), { columns: true });

/** What is asked of a challenger: held-out rows where there are any, else all rows of the folds, repeat by repeat. */
function wantedRows(folder) {
  const rows = lines(join(folder, "splits.csv"));
  const held = rows.filter(({ part }) => part === "holdout");
  return held.length > 0 ? held : rows.filter(({ fold }) => fold !== "");
}

function writePredictions(path, wanted, columns) {
  const names = [...columns.keys()];
  const body = wanted.map(({ row, repeat }, i) =>
    [row, repeat, ...names.map((name) => columns.get(name)[i])].join(","),
  );
  writeFileSync(path, `${[["row", "repeat", ...names].join(","), ...body].join("\n")}\n`);
  return path;
}

/** The champion's own answers, as the benchmark keeps them. */
function championAnswers(folder, wanted, { champion, task, classes }) {
  const answers = new Map(lines(join(folder, "predictions.csv")).map((line) => [`${line.row} ${line.repeat}`, line]));
  const of = ({ row, repeat }) => answers.get(`${row} ${repeat}`);
  if (task === "regression") return new Map([["prediction", wanted.map((one) => of(one)[champion.rung])]]);
  const shown = task === "binary" ? classes.slice(1) : classes;
  return new Map(
    shown.map((name) => [`proba_${name}`, wanted.map((one) => of(one)[`${champion.rung}:proba_${name}`])]),
  );
}

/** Answers that have nothing to do with the rows: targets in another order, or random probabilities. */
function randomAnswers(folder, wanted, { task, classes }) {
  const rng = seeded("verdicts");
  if (task === "regression") {
    const truth = lines(join(folder, "predictions.csv")).map((line) => line.truth);
    return new Map([["prediction", wanted.map(() => truth[rng.below(truth.length)])]]);
  }
  const shares = wanted.map(() => classes.map(() => 0.05 + rng.uniform()));
  const sums = shares.map((list) => list.reduce((sum, x) => sum + x, 0));
  return new Map(classes.map((name, k) => [`proba_${name}`, shares.map((list, i) => list[k] / sums[i])]));
}

const results = [];
function judge(table, challenger, expected, args) {
  const start = process.hrtime.bigint();
  const { stdout } = baseline("compare", ...args, "--json");
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const [one] = JSON.parse(stdout).challengers;
  const { verdict, sublabel, reason, metric, score, baseline: rival, gain, bounds, rows, part, sentence } = one;
  const theirs = one.against.find((a) => a.baseline === rival)?.score;
  results.push({
    table,
    challenger,
    verdict,
    why: sublabel ?? reason,
    metric,
    score,
    rival,
    theirs,
    gain,
    bounds,
    rows,
    part,
    seconds,
    sentence,
    asExpected: expected.includes(verdict),
  });
}

for (const { name, file = `${name}.csv`, target, train, boosting } of CASES) {
  const table = join(data, file);
  const folder = join(work, name);
  if (!existsSync(folder)) baseline("train", table, "--target", target, ...train, "--out", folder, "--quiet");
  const artifact = JSON.parse(readFileSync(join(folder, "benchmark.json"), "utf8"));
  const wanted = wantedRows(folder);
  const path = (what) => join(work, `${name}-${what}.csv`);
  const trials = rest.includes("--trials") ? ["--trials", option("--trials")] : [];
  judge(name, "built-in boosting", boosting, [folder, "--builtin=boosting", "--data", table, "--quiet", ...trials]);
  judge(
    name,
    "the champion itself",
    ["NOT JUSTIFIED"],
    [folder, writePredictions(path("champion"), wanted, championAnswers(folder, wanted, artifact))],
  );
  judge(
    name,
    "answers at random",
    ["NOT JUSTIFIED"],
    [folder, writePredictions(path("random"), wanted, randomAnswers(folder, wanted, artifact))],
  );
  if (train.length > 0 || artifact.splits.repeats > 1) continue;
  const python = process.env.PYTHON ?? "python3";
  const made = spawnSync(python, [example, table, folder, target, path("scikit-learn")], { encoding: "utf8" });
  if (made.status === 0) judge(name, "scikit-learn, 10 lines", boosting, [folder, path("scikit-learn")]);
  else console.error(`${name}: examples/challenger.py did not run: ${made.stderr.trim().split("\n").at(-1)}`);
}

const figure = (x) => (x === null || x === undefined ? "-" : String(Number(x.toPrecision(4))));
for (const one of results) {
  const { verdict, why, metric, score, rival, theirs, gain, bounds, rows, part } = one;
  const found = `${verdict}${why === null ? "" : ` (${why})`}`;
  console.log(
    `${one.asExpected ? " " : "!"} ${one.table.padEnd(9)} ${one.challenger.padEnd(23)} ${found.padEnd(28)} ${metric} ${figure(score)} against ${figure(theirs)} of ${rival}, gain ${figure(gain)} (${figure(bounds.lower)} to ${figure(bounds.upper)}), ${rows} rows ${part}`,
  );
}
const wrong = results.filter(({ asExpected }) => !asExpected);
console.log(`\n${results.length} verdicts, ${wrong.length} other than expected.`);
if (rest.includes("--json")) writeFileSync(option("--json"), `${JSON.stringify(results, null, 1)}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
