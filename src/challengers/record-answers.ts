/** What the records of a predictions file answer: values, classes or probabilities, whatever the order of the columns. */
import { gather } from "../numeric/gather.ts";
import { classOf, isNumberText } from "../schema/levels.ts";
import type { ReadOptions } from "../table/options.ts";
import { cellText, levelTexts, type Notation, type RawColumn, type Table } from "../frame/table.ts";
import type { Prediction } from "../compare/verdict/contract.ts";
import type { Artifact } from "../report/artifact.ts";
import { counted, readable, whole } from "../words/numbers.ts";
import { inList } from "../words/texts.ts";
import { sharesIn, valuesIn, type AnswerNumbers } from "./answer-numbers.ts";
import { ChallengerError } from "./source.ts";

/** What rounding to two digits may take from a probability. Sums may miss 1 by that much a class; they are then scaled to it. */
const TWO_DIGITS = 0.005;

/** The answers of a file, ready to be taken record by record. */
export interface RecordAnswers {
  readonly labelsOnly: boolean;
  readonly notes: readonly string[];
  /**
   * The answers of these records, in this order. @throws ChallengerError counting what is missing or impossible among them.
   * @param name How people call the row of a record.
   */
  at(records: Int32Array, name: (record: number) => string): Prediction;
}

/** How a table of answers is read: names in its first line, and numbers that are not plain left as they are written. */
export const ANSWERS: ReadOptions = { header: true, defaultNa: false, earlier: { decimal: "." } };

/** What answers are checked against. */
export type Asked = Pick<Artifact, "task" | "classes" | "target" | "columns">;

/** Cells as plain numbers; NaN where a cell holds none. */
export function numbersIn(column: RawColumn): Float64Array {
  if (column.kind === "number") return column.values;
  const numbers = levelTexts(column.levels).map((text) => (isNumberText(text) ? Number(text) : Number.NaN));
  return Float64Array.from(column.codes, (code) => numbers[code] ?? Number.NaN);
}

/**
 * Finds the columns of answers. @param prefer Which ones to take of a file that has classes and probabilities.
 * @throws ChallengerError when there are none, or those of other classes.
 */
export function recordAnswers(
  table: Table,
  path: string,
  { task, classes, target, columns }: Asked,
  prefer: "labels" | "probabilities",
): RecordAnswers {
  const byName = (wanted: string): RawColumn | undefined =>
    table.columns.find(({ name }) => name.trim().toLowerCase() === wanted);
  const prediction = byName("prediction");
  const found = `got the columns ${table.columns.map(({ name }) => inList(name)).join(", ")}`;
  if (task === "regression") {
    const notation = columns.find(({ name }) => name === target.name)?.notation as Notation | undefined;
    if (prediction) return values(prediction, path, valuesIn(prediction, table, path, notation));
    throw new ChallengerError(
      `${path}: wanted a column prediction with a number for ${target.name} in every record, ${found}`,
    );
  }
  const shares = shareColumns(table, path, classes);
  if (prediction && (shares.length === 0 || prefer === "labels")) {
    const notes = shares.length > 0 ? ["its classes are judged as given, not its probabilities"] : [];
    return { ...labels(prediction, path, classes), notes };
  }
  if (shares.length > 0) {
    const answers = probabilities(shares, table, path, classes);
    return prediction === undefined ? answers : withNote(answers, contradiction(prediction, shares, table, classes));
  }
  const wanted =
    task === "binary"
      ? `probability (of ${classes[1]}), proba_<class> or prediction`
      : "proba_<class> for each class or prediction";
  throw new ChallengerError(`${path}: wanted a column ${wanted}, ${found}`);
}

const withNote = (answers: RecordAnswers, note: string | undefined): RecordAnswers =>
  note === undefined ? answers : { ...answers, notes: [...answers.notes, note] };

/** Where a file's classes are mostly not the likeliest by its own probabilities, one of the two is mixed up. */
function contradiction(
  prediction: RawColumn,
  shares: readonly ShareColumn[],
  table: Table,
  classes: readonly string[],
): string | undefined {
  const codes = classCodes(prediction, new Map(classes.map((text, code) => [text, code])));
  const given = shares.map(({ column, code }) => ({ code, numbers: numbersIn(column) }));
  let differ = 0;
  codes.forEach((code, record) => {
    const rest = given.reduce((left, { numbers }) => left - numbers[record], 1);
    const likeliest = given.reduce(
      (best, { code: other, numbers }) =>
        numbers[record] > best.share ? { code: other, share: numbers[record] } : best,
      { code: 1 - given[0].code, share: given.length === classes.length ? -1 : rest },
    );
    if (likeliest.code !== code) differ++;
  });
  if (2 * differ <= table.rows) return undefined;
  return `its probabilities are judged, not its classes, which are not the likeliest in ${whole(differ)} of ${counted(table.rows, "record")}: check that the probabilities are of ${inList(classes[1])} where they say so`;
}

/** Counts what is wrong among some records. @throws ChallengerError when anything is. */
function refuse(
  records: Int32Array,
  wrong: (place: number) => boolean,
  sentence: (count: string, first: number) => string,
): void {
  let [count, first] = [0, -1];
  for (let i = 0; i < records.length; i++) if (wrong(i) && count++ === 0) first = i;
  if (count > 0) throw new ChallengerError(sentence(counted(count, "row has", "rows have"), first));
}

const cell = (column: RawColumn, record: number): string => {
  const text = cellText(column, record);
  return text === "" ? "an empty cell" : JSON.stringify(text);
};

/** The eighth power of an error has to stay finite: squared errors are judged by their fourth moments. */
const LARGEST = 1e36;

function values(column: RawColumn, path: string, { values: numbers, notes }: AnswerNumbers): RecordAnswers {
  return {
    labelsOnly: false,
    notes,
    at: (records, name) => {
      const out = gather(numbers, records);
      refuse(
        records,
        (i) => !(Math.abs(out[i]) <= LARGEST),
        (count, i) =>
          `${path}: ${count} no number of a size that can be scored as prediction, first ${name(records[i])} with ${cell(column, records[i])}; give a number for every row`,
      );
      return { kind: "value", values: out };
    },
  };
}

function labels(column: RawColumn, path: string, classes: readonly string[]): RecordAnswers {
  const codeOf = new Map(classes.map((text, code) => [text, code]));
  const codes = classCodes(column, codeOf);
  return {
    labelsOnly: true,
    notes: [],
    at: (records, name) => {
      refuse(
        records,
        (i) => codes[records[i]] < 0,
        (count, i) => {
          const text = cellText(column, records[i]);
          const share = classes.length === 2 && Number(text) > 0 && Number(text) < 1;
          const remedy = share
            ? `probabilities of ${classes[1]} go into a column called probability`
            : "write them as they stand in the data";
          return `${path}: ${count} a prediction that is none of the classes (${classList(classes)}), first ${name(records[i])} with ${cell(column, records[i])}; ${remedy}`;
        },
      );
      const out = new Float64Array(records.length * classes.length);
      for (let i = 0; i < records.length; i++) out[i * classes.length + codes[records[i]]] = 1;
      return { kind: "probability", values: out, classes: classes.length };
    },
  };
}

/** The class of each record; -1: none of them. */
function classCodes(column: RawColumn, codeOf: ReadonlyMap<string, number>): Int32Array {
  if (column.kind === "text") {
    const ofLevel = levelTexts(column.levels).map((text) => codeOf.get(classOf(text)) ?? -1);
    return column.codes.map((code) => ofLevel[code] ?? -1);
  }
  const known = new Map<number, number>();
  return Int32Array.from(column.values, (value) => {
    const code = known.get(value) ?? codeOf.get(classOf(String(value))) ?? -1;
    known.set(value, code);
    return code;
  });
}

function classList(classes: readonly string[]): string {
  return `${classes.slice(0, 8).map(inList).join(", ")}${classes.length > 8 ? `, ... ${classes.length} in all` : ""}`;
}

interface ShareColumn {
  readonly code: number;
  readonly column: RawColumn;
}

const PREFIX = "proba_";

/** `probability`, or `proba_<class>` columns; none when the file has neither. */
function shareColumns(table: Table, path: string, classes: readonly string[]): readonly ShareColumn[] {
  const codeOf = new Map(classes.map((text, code) => [text, code]));
  const shares: ShareColumn[] = [];
  for (const column of table.columns) {
    const name = column.name.trim();
    const one = classes.length === 2 && name.toLowerCase() === "probability";
    if (!one && !name.toLowerCase().startsWith(PREFIX)) continue;
    const code = one ? 1 : codeOf.get(classOf(name.slice(PREFIX.length)));
    if (code === undefined)
      throw new ChallengerError(
        `${path}: the column ${name} is of no class of this benchmark; the classes are ${classList(classes)}`,
      );
    if (shares.some((share) => share.code === code))
      throw new ChallengerError(`${path}: two columns hold probabilities of ${classes[code]}; leave one of them out`);
    shares.push({ code, column });
  }
  const missing = classes.filter((_, code) => !shares.some((share) => share.code === code));
  if (shares.length > 0 && classes.length > 2 && missing.length > 0)
    throw new ChallengerError(
      `${path}: there are no probabilities of ${classList(missing)}; wanted a column ${PREFIX}${missing[0]} too, one for each class`,
    );
  return shares.sort((a, b) => a.code - b.code);
}

function probabilities(
  shares: readonly ShareColumn[],
  table: Table,
  path: string,
  classes: readonly string[],
): RecordAnswers {
  const width = classes.length;
  const given = shares.map(({ column }) => sharesIn(column, table, path));
  const numbers = given.map(({ values }) => values);
  return {
    labelsOnly: false,
    notes: given.flatMap(({ notes }) => notes),
    at: (records, name) => {
      const out = new Float64Array(records.length * width);
      shares.forEach(({ code, column }, k) => {
        take(numbers[k], records, out, code, width);
        refuse(
          records,
          (i) => !(out[i * width + code] >= 0 && out[i * width + code] <= 1),
          (count, i) =>
            `${path}: ${count} no probability from 0 to 1 in ${column.name}, first ${name(records[i])} with ${cell(column, records[i])}; give shares of 1, none missing`,
        );
      });
      const sums = settleSums(out, shares, width);
      refuse(
        records,
        (i) => !(Math.abs(sums[i] - 1) <= TWO_DIGITS * width + DUST),
        (count, i) =>
          `${path}: ${count} probabilities that do not sum to 1 (within ${TWO_DIGITS * width}), first ${name(records[i])} with ${readable(sums[i])}; give the probabilities of all classes, with two digits or more`,
      );
      return { kind: "probability", values: out, classes: width };
    },
  };
}

/** What lies a rounding error of single precision beyond 0 or 1 is pulled back. */
const DUST = 1e-6;

function take(from: Float64Array, records: Int32Array, out: Float64Array, code: number, width: number): void {
  for (let i = 0; i < records.length; i++) {
    const p = from[records[i]];
    out[i * width + code] = p < 0 && p > -DUST ? 0 : p > 1 && p < 1 + DUST ? 1 : p;
  }
}

/** Sums of each row before they are scaled to 1. With two classes the second is what counts and the first what is left of 1. */
function settleSums(out: Float64Array, shares: readonly ShareColumn[], width: number): Float64Array {
  const rows = out.length / width;
  const sums = new Float64Array(rows).fill(1);
  for (let i = 0; i < rows; i++) {
    const from = i * width;
    if (shares.length === width) {
      sums[i] = 0;
      for (let k = 0; k < width; k++) sums[i] += out[from + k];
      if (Math.abs(sums[i] - 1) > ROUNDED) for (let k = 0; k < width; k++) out[from + k] /= sums[i];
    }
    if (width === 2 && shares.at(-1)!.code === 1) out[from] = 1 - out[from + 1];
    else if (width === 2) out[from + 1] = 1 - out[from];
  }
  return sums;
}

/** Sums this near to 1 miss it by the digits of the file alone: nothing is changed. */
const ROUNDED = 1e-6;
