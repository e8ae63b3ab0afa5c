/** What is doubled, and how cost may grow with it. */
import { seeded } from "../../src/numeric/rng.ts";

export interface Shape {
  readonly rows: number;
  readonly columns: number;
  /** Levels of one more column; 0: there is none. */
  readonly levels?: number;
  /** Classes of the target; 0: a number. */
  readonly classes?: number;
}

export interface Axis {
  readonly name: string;
  readonly sizes: readonly number[];
  /** What stays as it is, in words. */
  readonly fixed: string;
  readonly shape: (size: number) => Shape & { readonly folds?: number };
  readonly rungs: readonly Grown[];
}

export interface Grown {
  readonly name: string;
  /** The largest power that the cost may grow with. */
  readonly most: number;
  /** Cost is that of one node of a tree, as the number of rounds is for the data to say. */
  readonly eachNode?: true;
}

const all = (most: number, ...names: readonly string[]): Axis["rungs"] =>
  names.map((name) => ({ name, most, ...(name === "boosting" && { eachNode: true }) }));

export const AXES: readonly Axis[] = [
  {
    name: "rows",
    sizes: [4000, 8000, 16_000, 32_000],
    fixed: "8 columns",
    shape: (rows) => ({ rows, columns: 8 }),
    rungs: all(1.1, "one-rule", "rule-list", "naive-bayes", "linear", "logistic", "tree", "boosting"),
  },
  {
    name: "columns",
    sizes: [8, 16, 32, 64],
    fixed: "4,000 rows",
    shape: (columns) => ({ rows: 4000, columns }),
    rungs: [
      ...all(1.2, "one-rule", "rule-list", "naive-bayes", "tree", "boosting"),
      ...all(2, "linear", "logistic"), // products of all pairs
    ],
  },
  {
    name: "levels",
    sizes: [16, 32, 64, 128],
    fixed: "8,000 rows, 4 columns of numbers and one of levels",
    shape: (levels) => ({ rows: 8000, columns: 4, levels }),
    rungs: [...all(1.2, "one-rule", "naive-bayes", "tree"), ...all(2, "linear", "logistic")],
  },
  {
    name: "classes",
    sizes: [2, 4, 8, 16],
    fixed: "4,000 rows, 8 columns",
    shape: (classes) => ({ rows: 4000, columns: 8, classes }),
    rungs: [...all(1.2, "one-rule", "naive-bayes", "tree", "boosting"), ...all(2, "logistic")], // pairs of classes
  },
  {
    name: "folds",
    sizes: [5, 10, 20, 40],
    fixed: "16,000 rows, 16 columns",
    shape: (folds) => ({ rows: 16_000, columns: 16, folds }),
    rungs: [...all(0.8, "linear"), ...all(1.2, "naive-bayes", "tree")],
  },
];

/** Numbers, a column of levels where asked, and a target that follows half of them; classes unless the rung is for numbers. */
export function table(
  seed: string,
  { rows, columns, levels = 0, classes = 2 }: Shape,
  rung: string,
): Record<string, (string | number)[]> {
  const rng = seeded(seed);
  const out: Record<string, (string | number)[]> = {};
  const signal = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    const values = Array.from({ length: rows }, () => Number(rng.normal().toFixed(4)));
    if (j % 2 === 0) values.forEach((value, i) => (signal[i] += value / Math.sqrt(columns / 2)));
    out[`x${j}`] = values;
  }
  if (levels > 0) out["level"] = Array.from({ length: rows }, () => `level ${rng.below(levels)}`);
  const noisy = Float64Array.from(signal, (value) => value + rng.normal());
  if (rung === "linear") return { ...out, y: Array.from(noisy, (value) => Number(value.toFixed(4))) };
  const cuts = noisy.toSorted();
  const bounds = Array.from({ length: classes - 1 }, (_, k) => cuts[Math.floor(((k + 1) * rows) / classes)]);
  return { ...out, y: Array.from(noisy, (value) => `class ${bounds.filter((bound) => value >= bound).length}`) };
}
