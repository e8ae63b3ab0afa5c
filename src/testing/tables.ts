/** Small tables with a known truth, made from a seed: what estimators are tried on. */
import type { Column, Dataset, Rows, Target, Task } from "../frame/dataset.ts";
import { seeded, type Rng } from "../numeric/rng.ts";

export interface TableOptions {
  readonly task: Task;
  readonly rows?: number;
  readonly seed?: string | number;
  /** Share of feature cells that are missing. */
  readonly missing?: number;
  readonly weights?: boolean;
  readonly groups?: boolean;
  readonly time?: boolean;
  readonly forecast?: boolean;
  /** A column of short texts whose words follow the target. */
  readonly text?: boolean;
}

/**
 * Two signal numbers, one junk number, one signal category (3 levels), one junk category, and a target that follows
 * from 2 x0 + 1.5 [x1 > 0.5] + level effect + noise.
 */
export function plantedTable(options: TableOptions): Dataset {
  const { task, rows = 240, missing = 0 } = options;
  const rng = seeded(options.seed ?? "planted").split(task);
  const numbers = ["x0", "x1", "junk"].map((name) => {
    const stream = rng.split(name);
    return { kind: "number" as const, name, values: Float64Array.from({ length: rows }, () => stream.normal()) };
  });
  // Neighbours in time, and members of a group, are alike.
  if (options.time || options.groups) numbers[0].values.sort();
  const levels = { signal: ["blue", "green", "red"], noise: ["a", "b"] };
  const categories = Object.entries(levels).map(([name, list]) => {
    const stream = rng.split(name);
    return {
      kind: "category" as const,
      name,
      levels: list,
      codes: Int32Array.from({ length: rows }, () => stream.below(list.length)),
    };
  });
  const noise = rng.split("noise");
  const effect = [-1, 0.2, 1.2];
  const score = Float64Array.from(
    { length: rows },
    (_, i) =>
      2 * numbers[0].values[i] +
      (numbers[1].values[i] > 0.5 ? 1.5 : 0) +
      effect[categories[0].codes[i]] +
      0.5 * noise.normal(),
  );
  const columns: Column[] = [...numbers, ...categories];
  if (missing > 0) {
    const gaps = rng.split("gaps");
    for (const column of columns)
      for (let i = 0; i < rows; i++)
        if (gaps.uniform() < missing) {
          if (column.kind === "number") column.values[i] = Number.NaN;
          else if (column.kind === "category") column.codes[i] = -1;
        }
  }
  if (options.text) columns.push(textColumn("words", plantedTexts(rng.split("text"), score, missing)));
  const extra = rng.split("extra");
  return {
    rows,
    columns,
    target: targetOf(task, score),
    ...(options.weights && { weights: Float64Array.from({ length: rows }, () => 0.25 + 1.5 * extra.uniform()) }),
    ...(options.groups && {
      groups: Int32Array.from({ length: rows }, (_, i) => Math.floor(i / 6)),
      groupNames: Array.from({ length: Math.ceil(rows / 6) }, (_, group) => `g${group}`),
    }),
    ...(options.time && { time: Float64Array.from({ length: rows }, (_, i) => i) }),
    ...(options.forecast && { forecast: forecastOf(task, score) }),
  };
}

/** A good status quo: the value, a probability of the positive class, or the name of the class. */
function forecastOf(task: Task, score: Float64Array): NonNullable<Dataset["forecast"]> {
  const target = targetOf(task, score);
  if (target.task === "multiclass")
    return { kind: "category", name: "forecast", codes: target.codes, levels: target.classes };
  const values = task === "regression" ? score : score.map((s) => (s > 0.4 ? 0.8 : 0.2));
  return { kind: "number", name: "forecast", values };
}

/** Six words a row: half of them from a scale that follows the score, half of them filler; empty where missing. */
function plantedTexts(rng: Rng, score: Float64Array, missing: number): string[] {
  const scale = ["awful", "poor", "fair", "good", "great"];
  const filler = ["the", "table", "was", "today", "quite"];
  return Array.from(score, (s) => {
    const words = Array.from({ length: 3 }, () => {
      const place = Math.round(s + rng.normal() + 2);
      return `${scale[Math.max(0, Math.min(4, place))]} ${filler[rng.below(filler.length)]}`;
    });
    return rng.uniform() < missing ? "" : words.join(" ");
  });
}

function targetOf(task: Task, score: Float64Array): Target {
  if (task === "regression") return { task, name: "y", values: score };
  if (task === "binary")
    return { task, name: "y", classes: ["no", "yes"], codes: Int32Array.from(score, (s) => (s > 0.4 ? 1 : 0)) };
  return {
    task,
    name: "y",
    classes: ["high", "low", "mid"],
    codes: Int32Array.from(score, (s) => (s > 1.5 ? 0 : s < -1 ? 1 : 2)),
  };
}

export function textColumn(name: string, texts: readonly string[]): Column {
  const pieces = texts.map((text) => new TextEncoder().encode(text));
  const ends = new Float64Array(texts.length);
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const [i, piece] of pieces.entries()) {
    bytes.set(piece, at);
    at += piece.length;
    ends[i] = at;
  }
  return { kind: "text", name, bytes, ends };
}

export function textAt(column: Column & { kind: "text" }, row: number): string {
  return new TextDecoder().decode(column.bytes.subarray(row === 0 ? 0 : column.ends[row - 1], column.ends[row]));
}

/** `count` disjoint parts of 0 .. rows - 1, dealt round. */
export function dealt(rows: number, count: number): Rows[] {
  return Array.from({ length: count }, (_, part) =>
    Int32Array.from({ length: rows }, (_, i) => i).filter((i) => i % count === part),
  );
}

/** The union of row sets, ascending. */
export function union(...parts: readonly Rows[]): Rows {
  return Int32Array.from(parts.flatMap((part) => [...part])).sort();
}
