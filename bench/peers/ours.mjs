/**
 * One measurement of ours: node ours.mjs FOLDER SIZE WORK TASK [folds]. Prints CPU seconds of the first fit and of later
 * ones (compiler threads included), scores and peak memory as JSON. Run by main.mjs.
 */
import { estimators, seeded } from "tabular-baseline/extend";
import { readGenerated } from "./read.mjs";

const CART = { maxDepth: 8, minLeaf: 1, smoothing: 0, penalty: 0 };
const BOOSTING = { rounds: 100, learningRate: 0.1, maxLeaves: 31, minLeaf: 20, l2: 0, columnSample: 1 };
const LOGISTIC = { penalty: "l2", classWeight: "none" };
/** Estimator and points of each piece of work; those with `parts` are fitted on all but each of five. */
const WORKS = {
  cart: ({ target }) => ["tree", [{ ...CART, criterion: target.task === "binary" ? "gini" : "squared" }]],
  "cart-cv": () => ["tree", [{ ...CART, criterion: "gini" }], "parts"],
  ridge: () => ["linear", steps(20, (i) => ({ penalty: "l2", loss: "squared", l2: 10 ** (-2 + 0.4 * i) })), "parts"],
  lasso: () => ["linear", steps(50, (i) => ({ penalty: "l1", shrinkage: 10 ** (-4 + 0.08 * i) })), "parts"],
  logistic: () => ["logistic", [{ ...LOGISTIC, l2: 1 }]],
  "logistic-path": () => ["logistic", steps(10, (i) => ({ ...LOGISTIC, l2: 10 ** (-4 + (8 / 9) * i) })), "parts"],
  boosting: () => ["boosting", [BOOSTING]],
  "boosting-cv": () => ["boosting", [BOOSTING], "parts"],
  forest: (data) => ["forest", [{ trees: 100, columns: triedBy(data), minLeaf: 1, smoothing: 0 }]],
  "naive-bayes": () => ["naive-bayes", [{ temper: 1, bins: 0, variance: 1e-9, alpha: 1 }]],
  "one-rule": () => ["one-rule", [{ bucket: 6, choose: "accuracy", smoothing: 2 }]],
};

const [folder, size, work, task, mode] = process.argv.slice(2);
const data = await readGenerated(folder, size, task);
const [name, points, parts] = WORKS[work](data);
const estimator = estimators.find((one) => one.name === name);
const all = Int32Array.from({ length: data.rows }, (_, i) => i);
const fit = (train) => estimator.fit({ data, rows: train }, points[0], seeded("peers"));
console.log(JSON.stringify(mode === "folds" ? onSplits() : timed()));

function timed() {
  const cut = Math.floor(data.rows * 0.8);
  const train = all.slice(0, cut);
  const dealt = Array.from({ length: 5 }, (_, k) => train.filter((_, i) => i % 5 === k));
  const fits = [];
  let model;
  for (let i = 0; i < (size === "XL" ? 1 : 3); i++) {
    const start = process.cpuUsage();
    model = parts === "parts" ? onParts(dealt) : fit(train);
    const { user, system } = process.cpuUsage(start);
    fits.push((user + system) / 1e6);
  }
  const scores = score(model, all.slice(cut));
  return { fits, scores, memory: process.resourceUsage().maxRSS / 1024 };
}

/** Every part is predicted by a model of the others; nothing is kept from one call to the next. */
function onParts(dealt) {
  const fresh = { ...data };
  const prepared = estimator.prepare(fresh, dealt.slice());
  let first;
  for (let k = 0; k < 5; k++) {
    const others = [0, 1, 2, 3, 4].filter((part) => part !== k);
    const models = prepared.fit(others, points, seeded("peers"));
    if (points.length === 1) models[0].predict(fresh, dealt[k]);
    first ??= models[0];
  }
  return first;
}

function onSplits() {
  const each = Array.from({ length: 5 }, (_, k) => {
    const model = fit(all.filter((i) => i % 5 !== k));
    return score(
      model,
      all.filter((i) => i % 5 === k),
    );
  });
  const names = Object.keys(each[0]);
  return { scores: Object.fromEntries(names.map((s) => [s, each.reduce((sum, one) => sum + one[s], 0) / 5])) };
}

/** Accuracy and log loss, or the root mean squared error. */
function score(model, rows) {
  const { values, classes } = model.predict(data, rows);
  const { target } = data;
  let right = 0;
  let sum = 0;
  for (const [i, row] of rows.entries()) {
    if (classes === undefined) {
      sum += (values[i] - target.values[row]) ** 2;
      continue;
    }
    const shares = values.subarray(i * classes, (i + 1) * classes);
    sum -= Math.log(Math.max(1e-6, shares[target.codes[row]]));
    if (shares.indexOf(Math.max(...shares)) === target.codes[row]) right++;
  }
  if (classes === undefined) return { rmse: Math.sqrt(sum / rows.length) };
  return { accuracy: right / rows.length, log_loss: sum / rows.length };
}

/** Columns that scikit-learn's forests try at a node. */
function triedBy({ target, columns }) {
  return target.task === "binary" ? Math.round(Math.sqrt(columns.length)) : columns.length;
}

function steps(count, make) {
  return Array.from({ length: count }, (_, i) => make(i));
}
