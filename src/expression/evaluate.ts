import { Environment, EvaluationError, ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import type { CategoryColumn, NumberColumn } from "../frame/dataset.ts";
import { DataError } from "../frame/error.ts";
import { matches } from "./matches.ts";
import { readersOf, type Reader } from "./readers.ts";
import { referencesOf, type Source } from "./references.ts";
import { stepCounter, type StepCounter } from "./steps.ts";
import { asCounted, asDoubles, edited, LINEAR_MATCH, ROUND } from "./syntax.ts";

/** What an expression says of each row, and how many rows it says nothing of. */
export interface Evaluated {
  readonly column: NumberColumn | CategoryColumn;
  readonly missing: number;
}

/**
 * Evaluates an expression of the Common Expression Language (https://cel.dev) for every row: `age > 60 ? "yes" : "no"`.
 * Columns are variables by their names, or `row["fixed acidity"]` where the name is not an identifier. Number columns
 * are doubles and so are all number literals; categories are texts, but truths where all levels are true and false, and
 * numbers where all levels are numbers and the expression does not compare them with texts. A missing value is null
 * (`age == null`), which equals nothing else; a row where the expression stumbles over one that it does not provide for gets no answer, as does a
 * row where the answer is null or not a finite number. Truths become 1 and 0.
 * Parsed and checked once; about a microsecond a row. No row takes more than a stated number of steps (rounds of loops,
 * ten characters matched).
 *
 * @param columns What may be referred to; only what is, is read.
 * @returns A number column, or a category with the texts as levels in lexical order.
 * @throws DataError naming the expression, the place in it and, where it is one row's fault, the row.
 */
export function evaluateExpression(text: string, columns: readonly Source[], rows: number, name = "rule"): Evaluated {
  const steps = stepCounter(rows);
  const compiled = compile(text, columns, steps, name);
  const context = new Map<string, unknown>();
  const row = new Map<string, unknown>();
  if (compiled.usesRow) context.set("row", row);
  const answers: unknown[] = Array.from({ length: rows });
  for (let i = 0; i < rows; i++) {
    let complete = true;
    for (const { name: column, member, read } of compiled.readers) {
      const value = read(i);
      if (value === null) complete = false;
      (member ? row : context).set(column, value);
    }
    steps.nextRow();
    try {
      answers[i] = compiled.run(context);
    } catch (error) {
      if (!steps.exhausted() && (complete || !(error instanceof EvaluationError))) throw compiled.explain(error, i);
      answers[i] = null; // it stumbled over a missing value
    }
    if (steps.exhausted()) throw compiled.explain(steps.sentence, i);
  }
  return columnOf(answers, (i, what) => compiled.explain(what, i), name);
}

interface Compiled {
  readonly readers: readonly Reader[];
  readonly usesRow: boolean;
  run(context: ReadonlyMap<string, unknown>): unknown;
  explain(error: unknown, row?: number): unknown;
}

function compile(text: string, columns: readonly Source[], steps: StepCounter, name: string): Compiled {
  const fail = (why: string, place?: number, row?: number): DataError => {
    const at = place === undefined ? "" : ` (at character ${place + 1})`;
    return new DataError(
      `${name} ${JSON.stringify(shortened(text))}: ${why}${at}${row === undefined ? "" : ` in row ${row}`}`,
    );
  };
  const explainIn =
    (before: (place: number) => number) =>
    (error: unknown, row?: number): unknown => {
      if (typeof error === "string") return fail(error, undefined, row);
      if (error instanceof RangeError) return fail("is nested too deeply, or makes too long a text", undefined, row);
      const known = error instanceof EvaluationError || error instanceof ParseError || error instanceof CelTypeError;
      return known ? fail(error.summary, error.range && before(error.range.start), row) : error;
    };
  const attempt = <T>(work: () => T, explain: (error: unknown) => unknown): T => {
    try {
      return work();
    } catch (error) {
      throw explain(error);
    }
  };
  const asGiven = explainIn((place) => place);
  const { ast } = attempt(() => new Environment().parse(text), asGiven);
  const references = attempt(() => referencesOf(ast), asGiven);
  const readers = readersOf(references, columns, fail);
  const own = attempt(() => edited(text, [...asDoubles(ast), ...asCounted(ast, text)]), asGiven);
  const explain = explainIn(own.before);
  const variables = readers.filter((reader) => !reader.member).map((reader) => reader.name);
  const run = attempt(() => environmentFor(variables, steps).parse(own.text), explain);
  const { valid, error } = attempt(() => run.check(), explain);
  if (!valid) throw explain(error);
  return { readers, usesRow: references.everything || references.members.size > 0, run, explain };
}

/** An expression as an error quotes it. */
function shortened(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}...`;
}

/** Doubles with the integers that functions such as size() give, remainders of doubles, and a few everyday functions. */
function environmentFor(variables: readonly string[], steps: StepCounter): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false });
  environment.registerVariable("row", "map<string, dyn>");
  for (const variable of variables) environment.registerVariable(variable, "dyn");
  const operators: Record<string, (a: number, b: number) => number> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "%": (a, b) => a % b,
  };
  for (const [operator, apply] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint): number => apply(Number(a), Number(b));
    environment.registerOperator(`double ${operator} int: double`, mixed);
    environment.registerOperator(`int ${operator} double: double`, mixed);
  }
  environment.registerOperator("double % double: double", operators["%"]);
  environment.registerOperator("int == double: bool", (a: bigint, b: number) => Number(a) === b);
  environment.registerFunction("abs(double): double", Math.abs);
  environment.registerFunction("log(double): double", Math.log);
  environment.registerFunction("sqrt(double): double", Math.sqrt);
  environment.registerFunction("min(double, double): double", Math.min);
  environment.registerFunction("max(double, double): double", Math.max);
  environment.registerFunction(`${ROUND}(): bool`, () => steps.spend(1));
  environment.registerFunction(`string.${LINEAR_MATCH}(string): bool`, (value: string, pattern: string) => {
    steps.spend(1 + Math.ceil((value.length + pattern.length) / 10));
    return matches(value, pattern);
  });
  return environment;
}

/** The answers as a column: all numbers (or truths) or all texts. */
function columnOf(
  answers: readonly unknown[],
  explain: (row: number, what: string) => unknown,
  name: string,
): Evaluated {
  const values = new Float64Array(answers.length).fill(Number.NaN);
  const texts = new Map<string, number>();
  let missing = 0;
  let numbers = 0;
  answers.forEach((answer, i) => {
    if (typeof answer === "string") texts.set(answer, 0);
    else if (typeof answer === "boolean" || typeof answer === "number" || typeof answer === "bigint") {
      const value = Number(answer);
      if (Number.isFinite(value)) {
        values[i] = value;
        numbers++;
      } else missing++;
    } else if (answer === null) missing++;
    else throw explain(i, `wanted a number, a text, a truth or null, got ${kindName(answer)}`);
    if (numbers > 0 && texts.size > 0)
      throw explain(
        i,
        `wanted ${typeof answer === "string" ? "a number" : "a text"} as for the rows before, got ${JSON.stringify(answer)}`,
      );
  });
  if (texts.size === 0) return { column: { kind: "number", name, values }, missing };
  const levels = [...texts.keys()].sort();
  levels.forEach((level, code) => texts.set(level, code));
  const codes = Int32Array.from(answers, (answer) => (typeof answer === "string" ? texts.get(answer)! : -1));
  return { column: { kind: "category", name, codes, levels }, missing };
}

function kindName(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value instanceof Map ? "a map" : `a ${(value as object).constructor?.name ?? typeof value}`;
}
