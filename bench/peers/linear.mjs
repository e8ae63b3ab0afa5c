/**
 * Linear and logistic regression against scikit-learn: the same work on the same generated tables, each in a process of
 * its own, one thread, CPU seconds (compiler threads included), medians. Cold is the first run of a process, warm the
 * fastest later one (XL: cold only). The goal is for warm runs, as a whole command compiles once for all its models.
 *
 * node bench/peers/linear.mjs DIRECTORY [--repeats 3] [--only L-ridge,M-path] [--json FILE]     (after npm run build)
 * DIRECTORY holds M.csv, L.csv and XL.csv. Without python3 and scikit-learn only our own figures are shown.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { linear } from "../../dist/baselines/linear/linear.js";
import { logistic } from "../../dist/baselines/logistic/logistic.js";
import { readTable } from "./table.mjs";

/** What is measured, what the peer's time is made of, and the ratio to stay under. */
const TASKS = {
  "L-ridge": {
    title: "ridge, 20 penalties x 5 folds, L",
    against: "5 Ridge fits, encoding not counted",
    goal: 1,
    encoding: false,
  },
  "L-lasso": {
    title: "lasso, 50 penalties x 5 folds, L",
    against: "LassoCV, encoding not counted",
    goal: 0.5,
    encoding: false,
  },
  "XL-logistic": {
    title: "logistic with categories, XL",
    against: "encoding + LogisticRegression",
    goal: 0.3,
    encoding: true,
  },
  "L-logistic": {
    title: "logistic, L",
    against: "encoding + LogisticRegression",
    goal: 0.5,
    encoding: true,
  },
  "M-path": {
    title: "logistic, 10 penalties x 5 folds, M",
    against: "LogisticRegressionCV, encoding not counted",
    goal: 0.5,
    encoding: false,
  },
};

const here = dirname(fileURLToPath(import.meta.url));
const [directory, ...flags] = process.argv.slice(2);
if (directory === undefined) {
  console.error("usage: node bench/peers/linear.mjs DIRECTORY [--repeats 3] [--only TASK,...] [--json FILE]");
  process.exit(2);
}
const flag = (name) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined);
if (flag("--one") !== undefined) console.log(JSON.stringify(measure(flag("--one"))));
else compare();

function compare() {
  const repeats = Number(flag("--repeats") ?? 3);
  const wanted = flag("--only")?.split(",") ?? Object.keys(TASKS);
  const rows = wanted.map((task) => {
    const ours = [];
    const peers = [];
    for (let i = 0; i < repeats; i++) {
      ours.push(run(process.execPath, [fileURLToPath(import.meta.url), directory, "--one", task]));
      peers.push(run(process.env.PYTHON ?? "python3", [join(here, "linear.py"), directory, task]));
    }
    const { title, against, goal, encoding } = TASKS[task];
    const peerFits = peers.map((p) => p && p.fits.map((fit, i) => fit + (encoding ? p.encodes[i] : 0)));
    const cold = ratio(
      ours.map((o) => o.fits[0]),
      peerFits.map((p) => p?.[0]),
    );
    const warm = ratio(
      ours.map((o) => fastest(o.fits)),
      peerFits.map((p) => p && fastest(p)),
    );
    return {
      task: title,
      against,
      coldSeconds: cold.own,
      coldRatio: cold.ratio,
      warmSeconds: warm.own,
      warmRatio: warm.ratio,
      goal,
      score: ours[0].score,
      peerScore: peers[0]?.score,
      memoryRatio: ratio(
        ours.map((o) => o.memory),
        peers.map((p) => p?.memory),
      ).ratio,
    };
  });
  console.table(rows);
  const file = flag("--json");
  if (file !== undefined) writeFileSync(file, `${JSON.stringify({ node: process.version, repeats, rows }, null, 2)}\n`);
}

/** Medians, ours over the peer's; undefined where the peer could not be run. */
function ratio(ours, peers) {
  const own = median(ours);
  return { own, ratio: peers.includes(undefined) ? undefined : own / median(peers) };
}

/** Of the runs after the first, or of the only one. */
function fastest(runs) {
  return Math.min(...(runs.length > 1 ? runs.slice(1) : runs));
}

/** A child's JSON; undefined when it cannot be run. */
function run(command, args) {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  try {
    return JSON.parse(execFileSync(command, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return undefined;
  }
}

function measure(task) {
  const [size, what] = task.split("-");
  const regression = what === "ridge" || what === "lasso";
  const table = readTable(directory, size);
  const data = table.dataset(regression ? "regression" : "binary");
  const folds = Array.from({ length: 5 }, (_, k) => table.train.filter((_, i) => i % 5 === k));
  const fits = [];
  let model;
  for (let i = 0; i < (size === "XL" ? 1 : 3); i++) {
    const start = process.cpuUsage();
    model = work(what, data, table.train, folds);
    const { user, system } = process.cpuUsage(start);
    fits.push((user + system) / 1e6);
  }
  const memory = process.resourceUsage().maxRSS / 1024;
  return { fits, score: score(model, data, table.test), memory };
}

/** The work, from raw columns on; returns the model whose score is compared. */
function work(what, data, train, folds) {
  const view = { data, rows: train };
  if (what === "logistic") return logistic.fit(view, { penalty: "l2", classWeight: "none", l2: 1 });
  const grids = {
    ridge: Array.from({ length: 20 }, (_, i) => ({ penalty: "l2", loss: "squared", l2: 10 ** (-2 + 0.4 * i) })),
    lasso: Array.from({ length: 50 }, (_, i) => ({ penalty: "l1", shrinkage: 10 ** (-4 + 0.08 * i) })),
    path: Array.from({ length: 10 }, (_, i) => ({ penalty: "l2", classWeight: "none", l2: 10 ** (-4 + (8 / 9) * i) })),
  };
  const prepared = (what === "path" ? logistic : linear).prepare(data, folds);
  const models = [];
  for (let k = 0; k < 5; k++)
    models.push(
      prepared.fit(
        [0, 1, 2, 3, 4].filter((fold) => fold !== k),
        grids[what],
      ),
    );
  return models[0][0];
}

/** Root mean squared error, or log loss, of the test rows. */
function score(model, data, rows) {
  const { values, classes } = model.predict(data, rows);
  const { target } = data;
  let sum = 0;
  for (const [i, row] of rows.entries())
    sum += classes ? -Math.log(values[i * classes + target.codes[row]]) : (values[i] - target.values[row]) ** 2;
  return classes ? sum / rows.length : Math.sqrt(sum / rows.length);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
