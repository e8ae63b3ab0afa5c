/**
 * Reads a generated benchmark table (unquoted CSV; numbers x0, x1, ..., categories c0, c1, ..., targets y_bin, y_multi,
 * y_reg) as a Dataset for one of its targets. Four MiB at a time, so that the text is never in memory as a whole.
 */
import { closeSync, openSync, readSync } from "node:fs";

const TASKS = { y_bin: "binary", y_multi: "multiclass", y_reg: "regression" };

/** @returns {(target: "y_bin" | "y_multi" | "y_reg") => import("../../dist/data/dataset.js").Dataset} */
export function readTable(path) {
  const lines = linesOf(path);
  const names = lines.next().value.split(",");
  const cells = names.map((name) => ({
    name,
    numeric: name[0] === "x" || name === "y_reg",
    levels: new Map(),
    chunks: [],
    at: CHUNK,
  }));
  let rows = 0;
  for (const line of lines) {
    let from = 0;
    for (const cell of cells) {
      let to = line.indexOf(",", from);
      if (to < 0) to = line.length;
      push(cell, line.slice(from, to));
      from = to + 1;
    }
    rows++;
  }
  const columns = cells
    .filter(({ name }) => !(name in TASKS))
    .map((cell) => (cell.numeric ? number(cell, rows) : category(cell, rows)));
  return (target) => {
    const cell = cells.find(({ name }) => name === target);
    const task = TASKS[target];
    if (task === "regression")
      return { rows, columns, target: { task, name: target, values: joined(cell, rows, Float64Array) } };
    const { codes, levels } = category(cell, rows);
    return { rows, columns, target: { task, name: target, codes, classes: levels } };
  };
}

const CHUNK = 65536;

function push(cell, text) {
  if (cell.at === CHUNK) {
    cell.chunks.push(cell.numeric ? new Float64Array(CHUNK) : new Int32Array(CHUNK));
    cell.at = 0;
  }
  const chunk = cell.chunks[cell.chunks.length - 1];
  if (cell.numeric) chunk[cell.at++] = text === "" ? Number.NaN : Number(text);
  else if (text === "") chunk[cell.at++] = -1;
  else {
    let code = cell.levels.get(text);
    if (code === undefined) cell.levels.set(text.repeat(1), (code = cell.levels.size));
    chunk[cell.at++] = code;
  }
}

function joined({ chunks }, rows, Type) {
  const out = new Type(rows);
  chunks.forEach((chunk, k) => out.set(chunk.subarray(0, Math.min(CHUNK, rows - k * CHUNK)), k * CHUNK));
  return out;
}

function number(cell, rows) {
  return { kind: "number", name: cell.name, values: joined(cell, rows, Float64Array) };
}

/** Levels in lexical order. */
function category(cell, rows) {
  const seen = [...cell.levels.keys()];
  const levels = seen.toSorted((a, b) => (a < b ? -1 : 1));
  const place = new Int32Array(seen.map((level) => levels.indexOf(level)));
  const codes = joined(cell, rows, Int32Array).map((code) => (code < 0 ? -1 : place[code]));
  return { kind: "category", name: cell.name, codes, levels };
}

function* linesOf(path) {
  const file = openSync(path, "r");
  const buffer = Buffer.alloc(1 << 22);
  let rest = "";
  for (let size; (size = readSync(file, buffer)) > 0;) {
    const lines = (rest + buffer.latin1Slice(0, size)).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line !== "") yield line;
  }
  if (rest !== "") yield rest;
  closeSync(file);
}
