/** The tables that populations are made from: simulated ones, those of the repository, and those of a folder with a manifest. */
import { join } from "node:path";
import { tablesIn } from "../folder.ts";
import { findMetric, inferSchema, readTable, toDataset, type Dataset, type JudgedMetric, type Rng } from "./api.ts";

export interface NamedTable {
  readonly name: string;
  readonly data: Dataset;
  readonly metric: JudgedMetric;
}

const COLUMNS = 6;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Six columns of which four matter, two of them together; the logit has a standard deviation of about 2. */
function signalOf(rows: number, rng: Rng): { columns: Float64Array[]; signal: Float64Array } {
  const columns = Array.from({ length: COLUMNS }, () => Float64Array.from({ length: rows }, () => rng.normal()));
  const [a, b, c, d] = columns;
  const signal = a.map((x, i) => 1.2 * x + b[i] + 0.9 * Math.sin(2 * c[i]) + 0.8 * (b[i] * d[i] > 0 ? 1 : -1));
  return { columns, signal };
}

function dataset(columns: readonly Float64Array[], target: Dataset["target"]): Dataset {
  return {
    rows: columns[0].length,
    columns: columns.map((values, k) => ({ kind: "number", name: `x${k}`, values })),
    target,
  };
}

/** Two classes; `shift` makes the positive one rare. */
function classes(name: string, rows: number, shift: number, rng: Rng): NamedTable {
  const { columns, signal } = signalOf(rows, rng);
  const codes = Int32Array.from(signal, (s) => (rng.uniform() < sigmoid(s + shift) ? 1 : 0));
  const positives = codes.reduce((sum, code) => sum + code, 0) / rows;
  const target = { task: "binary", name: "y", codes, classes: ["no", "yes"] } as const;
  return {
    name: `${name} (${(100 * positives).toPrecision(2)} % positive)`,
    data: dataset(columns, target),
    metric: findMetric("log_loss", "binary"),
  };
}

/** Four classes, of which the smallest has about 4 % of the rows. */
function uneven(rows: number, rng: Rng): NamedTable {
  const { columns, signal } = signalOf(rows, rng);
  const codes = Int32Array.from(signal, (s) => {
    const noisy = s + 1.5 * rng.normal();
    return noisy < -1 ? 0 : noisy < 1.5 ? 1 : noisy < 4.5 ? 2 : 3;
  });
  const target = { task: "multiclass", name: "y", codes, classes: ["a", "b", "c", "d"] } as const;
  return { name: "four uneven classes", data: dataset(columns, target), metric: findMetric("log_loss", "multiclass") };
}

/** Numbers whose errors have a log-normal size: a few rows carry much of the squared error. */
function heavyTailed(rows: number, rng: Rng): NamedTable {
  const { columns, signal } = signalOf(rows, rng);
  const values = signal.map((s) => s + rng.normal() * Math.exp(0.9 * rng.normal()));
  const target = { task: "regression", name: "y", values } as const;
  return { name: "heavy-tailed numbers", data: dataset(columns, target), metric: findMetric("rmse", "regression") };
}

export function simulatedTables(rows: number, rng: Rng): NamedTable[] {
  return [
    classes("simulated", rows, 0, rng.split("even")),
    classes("simulated", rows, -5, rng.split("5 %")),
    classes("simulated", rows, -6, rng.split("1 %")),
    classes("simulated", rows, -7.5, rng.split(".3 %")),
    heavyTailed(rows, rng.split("tails")),
    uneven(rows, rng.split("uneven")),
  ];
}

/** The shipped tables that are large enough: one. */
export function shippedTables(root: string): Promise<NamedTable[]> {
  return folderTables(join(root, "datasets"));
}

const LEAST_ROWS = 8000;

/** The tables of a folder that have at least 8,000 rows. */
export async function folderTables(path: string): Promise<NamedTable[]> {
  const tables: NamedTable[] = [];
  for (const { name, path: file, options } of tablesIn(path)) {
    const { header, na, target, task, ignore } = options;
    const table = await readTable(file, { header, ...(na && { na }) });
    if (table.rows < LEAST_ROWS) continue;
    const data = toDataset(table, inferSchema(table, { target, task, ignore }));
    tables.push({ name, data, metric: findMetric(task === "regression" ? "rmse" : "log_loss", task) });
  }
  return tables;
}
