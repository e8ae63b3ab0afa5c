/**
 * Reads one of the generated tables (S, M, L, XL): columns x.. are numbers, c.. categories, y_bin, y_multi and y_reg
 * targets. Just enough of a reader for the benches: no quotes, empty cells are missing, LF line ends.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TARGETS = { binary: "y_bin", multiclass: "y_multi", regression: "y_reg" };

/** A dataset for each task (they share their columns), and the rows to train on (the first 80 %) and to test on. */
export function readTable(directory, size) {
  const path = join(directory, `${size}.csv`);
  if (!existsSync(path)) throw new Error(`${path} is missing: make it with gen.mjs of the peer scripts`);
  const bytes = readFileSync(path);
  const head = bytes.indexOf(10);
  const names = bytes.latin1Slice(0, head).split(",");
  let rows = 0;
  for (let at = head + 1; at < bytes.length; at = bytes.indexOf(10, at) + 1) rows++;
  const isNumber = names.map((name) => name.startsWith("x") || name === "y_reg");
  const numbers = names.map((_, j) => (isNumber[j] ? shared(Float64Array, rows) : undefined));
  const codes = names.map((_, j) => (isNumber[j] ? undefined : shared(Int32Array, rows)));
  const seen = names.map(() => new Map());
  let at = head + 1;
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < names.length; j++) {
      let end = at;
      while (bytes[end] !== 44 && bytes[end] !== 10) end++;
      if (isNumber[j]) numbers[j][row] = end === at ? Number.NaN : parse(bytes, at, end);
      else codes[j][row] = end === at ? -1 : code(seen[j], bytes.latin1Slice(at, end));
      at = end + 1;
    }
  const columns = names.map((name, j) =>
    isNumber[j]
      ? { kind: "number", name, values: numbers[j] }
      : { kind: "category", name, ...sorted(codes[j], [...seen[j].keys()]) },
  );
  const features = columns.filter((c) => !c.name.startsWith("y_"));
  const dataset = (task) => {
    const { name, values, codes, levels } = columns.find((c) => c.name === TARGETS[task]);
    const target = task === "regression" ? { task, name, values } : { task, name, codes, classes: levels };
    return { rows, columns: features, target };
  };
  const cut = Math.floor(rows * 0.8);
  return {
    dataset,
    train: Int32Array.from({ length: cut }, (_, i) => i),
    test: Int32Array.from({ length: rows - cut }, (_, i) => cut + i),
  };
}

const shared = (type, rows) => new type(new SharedArrayBuffer(rows * type.BYTES_PER_ELEMENT));

function code(seen, level) {
  const known = seen.get(level);
  if (known !== undefined) return known;
  seen.set(level, seen.size);
  return seen.size - 1;
}

/** Levels in order (lv0_2 before lv0_10), codes to match. */
function sorted(codes, found) {
  const levels = found.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const to = found.map((level) => levels.indexOf(level));
  return { levels, codes: codes.map((c) => (c < 0 ? -1 : to[c])) };
}

/** Plain decimals of up to 15 digits directly (exact), anything else through Number. */
function parse(bytes, from, end) {
  let at = bytes[from] === 45 ? from + 1 : from;
  let digits = 0;
  let point = end - 1;
  if (end - at <= 16) {
    for (; at < end; at++) {
      const d = bytes[at] - 48;
      if (d >= 0 && d <= 9) digits = digits * 10 + d;
      else if (bytes[at] === 46) point = at;
      else return Number(bytes.latin1Slice(from, end));
    }
    const value = digits / 10 ** (end - 1 - point);
    return bytes[from] === 45 ? -value : value;
  }
  return Number(bytes.latin1Slice(from, end));
}
