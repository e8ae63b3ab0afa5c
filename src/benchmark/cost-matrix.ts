/** What decisions cost, as people write it: `fp=1,fn=5`, or a table with the decisions down and the truth across. */
import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { CostMatrix } from "../compare/costs.ts";
import { classOf } from "../schema/levels.ts";
import { OptionError } from "../error.ts";
import { inList } from "../words/texts.ts";

/** Places in the matrix of two classes, the positive one last: what is decided, what is true. */
const OUTCOMES = new Map([
  ["tn", [0, 0]],
  ["fn", [0, 1]],
  ["fp", [1, 0]],
  ["tp", [1, 1]],
] as const);

/**
 * The cost of deciding for a class (first index) when another is true (second), in the order of the classes.
 * @param given A matrix; `fp=1,fn=5` (with `tp`, `tn`; 0 where not said) for two classes; or a CSV file: a header with the true
 *   classes, then a line for each decision, its name first. @throws OptionError
 */
export function costMatrixFrom(given: string | CostMatrix, classes: readonly string[]): CostMatrix {
  const matrix =
    typeof given !== "string" ? given : given.includes("=") ? fromOutcomes(given, classes) : fromFile(given, classes);
  const square =
    matrix.length === classes.length &&
    matrix.every((row) => row.length === classes.length && row.every((cost) => Number.isFinite(cost)));
  if (!square)
    throw new OptionError(
      `costMatrix: wanted ${classes.length} x ${classes.length} finite numbers, decisions down and truth across (${classes.map(inList).join(", ")})`,
    );
  return matrix;
}

function fromOutcomes(text: string, classes: readonly string[]): CostMatrix {
  const wanted = "wanted costs of outcomes such as fp=1,fn=5 (also tp, tn)";
  if (classes.length !== 2)
    throw new OptionError(
      `costMatrix: ${wanted} for two classes only; this benchmark has ${classes.length}, so give a CSV file`,
    );
  const matrix = [
    [0, 0],
    [0, 0],
  ];
  for (const part of text.split(",")) {
    const [name, amount = ""] = part.split("=").map((piece) => piece.trim());
    const place = new Map<string, readonly [number, number]>(OUTCOMES).get(name.toLowerCase());
    const cost = amount === "" ? Number.NaN : Number(amount);
    if (place === undefined || !Number.isFinite(cost))
      throw new OptionError(`costMatrix: ${wanted}, got ${part.trim()}`);
    matrix[place[0]][place[1]] = cost;
  }
  return matrix;
}

function fromFile(path: string, classes: readonly string[]): CostMatrix {
  if (!existsSync(path))
    throw new OptionError(`costMatrix: wanted a CSV file or costs such as fp=1,fn=5, and there is no file ${path}`);
  const records = parse(readFileSync(path, "utf8"), {
    bom: true,
    trim: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
  });
  const [header = [], ...lines] = records;
  const across = header.slice(1).map((name) => classes.indexOf(classOf(name)));
  const down = lines.map(([name = ""]) => classes.indexOf(classOf(name)));
  for (const places of [across, down])
    if (places.toSorted((a, b) => a - b).join() !== classes.map((_, code) => code).join())
      throw new OptionError(
        `costMatrix ${path}: wanted each of the classes ${classes.map(inList).join(", ")} once in the header (the truth) and once down the first column (the decision)`,
      );
  return classes.map((_, decided) =>
    classes.map((_, truth) => {
      const text = lines[down.indexOf(decided)][1 + across.indexOf(truth)];
      return text === undefined || text === "" ? Number.NaN : Number(text);
    }),
  );
}
