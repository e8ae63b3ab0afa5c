import { gather } from "../../numeric/gather.ts";
import type { RawNumbers } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { columnsWith, targetOf, type Check } from "./contract.ts";
import { readable, whole } from "../../words/numbers.ts";

/** A target that other columns add up to: parts of a total, shares of a whole. */
export const sums: Check = {
  codes: ["target-sum"],
  cost: "a sample of 1,000 rows of at most 200 number columns; what it finds is then checked on all rows",
  find: (checked) => {
    const { schema } = checked;
    const { column } = targetOf(checked);
    if (schema.target.problem !== undefined || schema.target.task !== "regression" || column.kind !== "number")
      return [];
    const features = columnsWith(checked, "feature")
      .map((known) => known.column)
      .filter((raw): raw is RawNumbers => raw.kind === "number")
      .slice(0, 200);
    const relation = exactRelation(
      column.values,
      features.map(({ values }) => values),
    );
    if (relation === undefined) return [];
    return [
      sentence(
        column.name,
        features.map(({ name }) => name),
        relation,
      ),
    ];
  },
};

interface Relation {
  /** target = constant + sum of coefficient * column. */
  readonly constant: number;
  readonly terms: readonly { readonly column: number; readonly coefficient: number }[];
  /** Complete rows, and those of them in which it holds. */
  readonly rows: number;
  readonly holds: number;
}

const SAMPLE = 1000;
const EXACT = 1e-9;
/** A relation of more columns than this is no news to anybody. */
const MOST_TERMS = 30;

/**
 * Orthogonal matching pursuit on a sample: take the column nearest to what is left of the target, until nothing is
 * left (an exact relation) or nothing helps.
 */
function exactRelation(target: Float64Array, features: readonly Float64Array[]): Relation | undefined {
  const rows = sampleRows(target, features);
  if (rows.length < 20 + 3 * features.length) return undefined;
  const centred = (values: Float64Array): Float64Array => {
    const picked = gather(values, rows);
    const mean = picked.reduce((sum, x) => sum + x, 0) / picked.length;
    return picked.map((x) => x - mean);
  };
  const y = centred(target);
  const left = y.slice();
  const columns = features.map(centred);
  const sizes = columns.map((x) => dot(x, x));
  const size = dot(y, y);
  const chosen: number[] = [];
  const reduced = columns.map((x) => x.slice());
  while (dot(left, left) > EXACT * EXACT * size) {
    const next = nearest(reduced, sizes, left);
    if (next < 0 || chosen.length === MOST_TERMS) return undefined;
    chosen.push(next);
    const unit = reduced[next].slice();
    const scale = dot(unit, unit);
    for (const other of reduced) subtract(other, unit, dot(other, unit) / scale);
    subtract(left, unit, dot(left, unit) / scale);
  }
  const coefficients = solve(
    chosen.map((c) => columns[c]),
    y,
  );
  const terms = chosen
    .map((column, i) => ({ column, coefficient: tidy(coefficients[i]) }))
    .filter(({ coefficient, column }) => Math.abs(coefficient) * Math.sqrt(sizes[column]) > 1e-6 * Math.sqrt(size))
    .toSorted((a, b) => a.column - b.column);
  return verified(target, features, terms, rows);
}

/** At most SAMPLE rows without a gap, at even steps. */
function sampleRows(target: Float64Array, features: readonly Float64Array[]): Int32Array {
  const step = Math.max(1, Math.floor(target.length / SAMPLE));
  const rows: number[] = [];
  for (let r = 0; r < target.length; r += step)
    if (isFinite_(target[r]) && features.every((values) => isFinite_(values[r]))) rows.push(r);
  return Int32Array.from(rows);
}

function isFinite_(x: number): boolean {
  return x - x === 0 && Math.abs(x) < 1e100;
}

/** The column that explains most of what is left; -1 when none explains anything. */
function nearest(reduced: readonly Float64Array[], sizes: readonly number[], left: Float64Array): number {
  let best = -1;
  let most = 1e-6 * dot(left, left);
  reduced.forEach((x, c) => {
    const own = dot(x, x);
    if (!(own > 1e-12 * sizes[c])) return;
    const explained = dot(x, left) ** 2 / own;
    if (explained > most) {
      most = explained;
      best = c;
    }
  });
  return best;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtract(from: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < from.length; i++) from[i] -= times * what[i];
}

/** Least squares by Gram-Schmidt with back substitution; the columns are independent. */
function solve(columns: readonly Float64Array[], y: Float64Array): number[] {
  const k = columns.length;
  const basis: Float64Array[] = [];
  const upper = Array.from({ length: k }, () => new Float64Array(k));
  columns.forEach((column, j) => {
    const q = column.slice();
    for (let pass = 0; pass < 2; pass++)
      basis.forEach((unit, i) => {
        const times = dot(unit, q) / dot(unit, unit);
        upper[i][j] += times;
        subtract(q, unit, times);
      });
    basis.push(q);
  });
  const coefficients = basis.map((unit) => dot(unit, y) / dot(unit, unit));
  for (let i = k - 1; i >= 0; i--) for (let j = i + 1; j < k; j++) coefficients[i] -= upper[i][j] * coefficients[j];
  return coefficients;
}

/** 0.9999999999 is 1: coefficients of sums are round. */
function tidy(coefficient: number): number {
  const round = Number(readable(coefficient));
  return Math.abs(round - coefficient) < 1e-7 * Math.abs(coefficient) ? round : coefficient;
}

function verified(
  target: Float64Array,
  features: readonly Float64Array[],
  terms: Relation["terms"],
  sample: Int32Array,
): Relation {
  const predicted = (r: number): number =>
    terms.reduce((sum, { column, coefficient }) => sum + coefficient * features[column][r], 0);
  const constants = Float64Array.from(sample, (r) => target[r] - predicted(r)).sort();
  const constant = tidy(constants[constants.length >> 1]);
  let rows = 0;
  let holds = 0;
  for (let r = 0; r < target.length; r++) {
    if (!isFinite_(target[r]) || terms.some(({ column }) => !isFinite_(features[column][r]))) continue;
    rows++;
    const scale = Math.abs(target[r]) + Math.abs(constant) + 1e-300;
    if (Math.abs(target[r] - constant - predicted(r)) <= 1e-6 * scale) holds++;
  }
  return { constant: Math.abs(constant) < 1e-6 * Math.abs(target[sample[0]]) ? 0 : constant, terms, rows, holds };
}

function sentence(target: string, names: readonly string[], { constant, terms, rows, holds }: Relation): Warning {
  const shown = terms.slice(0, 6).map(({ column, coefficient }) => {
    const size = Math.abs(coefficient);
    return `${coefficient < 0 ? "- " : "+ "}${size === 1 ? "" : `${readable(size)} * `}${names[column]}`;
  });
  const sum = `${constant === 0 ? "" : `${constant} `}${shown.join(" ")}${terms.length > 6 ? " ..." : ""}`.replace(
    /^\+ /,
    "",
  );
  const columns = terms.map(({ column }) => names[column]);
  return {
    code: "target-sum",
    ...(columns.length === 1 && { column: columns[0] }),
    message: `${target} follows from other columns: ${target} = ${sum}, in ${whole(holds)} of ${whole(rows)} rows; if these are known only together with the target, leave them out with --ignore`,
    count: holds,
    evidence: { columns, constant },
  };
}
