/** Our part of the comparison, in a process of its own: ours.js fit FOLDER MODEL, or ours.js count FILE. Prints JSON. */
import { join } from "node:path";

/** The built package, as a user has it: worker threads are started from it. */
const PACKAGE: string = "tabular-baseline/extend";
const { applySchema, estimators, findMetric, inferSchema, readTable, seeded, toDataset } = (await import(
  PACKAGE
)) as typeof import("../../src/api/extend.ts");

const MODELS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  logistic: { penalty: "l2", classWeight: "none", l2: 1 },
  forest: { trees: 100, columns: 3, minLeaf: 1, smoothing: 0.3 },
  boosting: { rounds: 100, learningRate: 0.1, maxLeaves: 31, minLeaf: 20, l2: 0, columnSample: 1 },
};

const decoder = new TextDecoder();
const [what, place, model] = process.argv.slice(2);
console.log(JSON.stringify(what === "fit" ? await fitted(place, model) : await counted(place)));

async function fitted(folder: string, name: string): Promise<object> {
  const table = await readTable(join(folder, "train.csv"));
  const schema = inferSchema(table, { target: "late" });
  const data = toDataset(table, schema);
  const { data: test } = applySchema(await readTable(join(folder, "test.csv")), schema);
  const estimator = estimators.find((one) => one.name === name)!;
  const start = performance.now();
  const fit = estimator.fit({ data, rows: rowsOf(data.rows) }, MODELS[name], seeded("right-size"));
  const seconds = (performance.now() - start) / 1000;
  const prediction = fit.predict(test, rowsOf(test.rows));
  return { fit: seconds, auc: findMetric("roc_auc", "binary").score({ truth: test.target, prediction }) };
}

/** A file of lines is a table of one column; what is counted are its values. */
async function counted(path: string): Promise<object> {
  const { rows, columns } = await readTable(path, { header: false, delimiter: "\t" });
  const [column] = columns;
  if (column.kind !== "text") throw new TypeError(`a column of lines wanted, got ${column.kind}`);
  const { codes, levels } = column;
  const times = new Float64Array(levels.ends.length);
  for (let row = 0; row < rows; row++) if (codes[row] >= 0) times[codes[row]]++;
  const counts: Record<string, number> = {};
  for (const [code, end] of levels.ends.entries()) {
    const line = decoder.decode(levels.bytes.subarray(code === 0 ? 0 : levels.ends[code - 1], end));
    const found = /^\[Result "(.*)"\]$/.exec(line)?.[1];
    if (found !== undefined) counts[found] = times[code];
  }
  return { counts };
}

function rowsOf(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
