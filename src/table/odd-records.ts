/**
 * Records that are no data, seen when all are read: they disagree with all others of their columns. Titles, remarks and
 * headers written otherwise hold words where the others have numbers, or one text and nothing else; totals are sums.
 */
import { cellText, isMissing, levelTexts, type RawColumn, type RawNumbers, type RawTexts } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { counted } from "../words/numbers.ts";
import { few, quoted } from "../words/texts.ts";
import { ByteDictionary } from "../frame/byte-dictionary.ts";
import { NUMBER, STRING } from "./scan/block.ts";
import { sharedDoubles, sharedInts } from "../frame/shared.ts";
import { type StoredColumn } from "./scan/column-store.ts";

/** Rows of one kind that may be no data. */
export interface OddRows {
  readonly rows: readonly number[];
  /** They can be nothing else. */
  readonly sure: boolean;
  readonly code: string;
  /** What they hold, as the beginning of a sentence. */
  readonly message: string;
}

/** Fewer records than this show no rule that one could break. */
const FEW = 5;
/** In a filled table at most this share of a column is missing. */
const MISSING_SHARE = 0.05;
/** Larger tables are no reports that people put subtotals into. */
const REPORT_ROWS = 100_000;
/** More odd records than this share are a kind of data. */
const MOST = 0.2;

/**
 * @param stored The columns as read, before their texts became numbers.
 * Cost: O(rows) for two columns, O(cells) where totals or remarks are suspected.
 */
export function oddRows(columns: readonly RawColumn[], stored: readonly StoredColumn[], rows: number): OddRows[] {
  if (rows <= FEW) return [];
  const numbers = columns.filter((column) => column.kind === "number");
  const strays = wordsAmongNumbers(columns, stored, rows);
  const found = [...wordsOverNumbers(strays, columns, rows), ...lonelyTexts(strays, columns, rows)];
  const gone = new Set(found.flatMap((odd) => odd.rows));
  const total = totals(columns, numbers, rows, gone);
  const between = subtotals(columns, numbers, rows, new Set([...gone, ...total.flatMap((odd) => odd.rows)]));
  if (between.length === 0) return [...found, ...total];
  for (const odd of between) odd.rows.forEach((row) => gone.add(row));
  return [...found, ...between, ...totals(columns, numbers, rows, gone)];
}

/** By row: the texts that stand in columns of numbers and mean nothing there. */
function wordsAmongNumbers(
  columns: readonly RawColumn[],
  stored: readonly StoredColumn[],
  rows: number,
): ReadonlyMap<number, readonly string[]> {
  const words = new Map<number, string[]>();
  columns.forEach((column, c) => {
    if (column.kind !== "number" || stored[c].plan !== STRING) return;
    const texts = levelTexts(stored[c].dictionary.levels());
    const missing = new Set(column.markers.map(({ text }) => text));
    for (let r = 0; r < rows; r++) {
      const code = stored[c].codes[r];
      if (code < 0 || column.values[r] === column.values[r] || missing.has(texts[code])) continue;
      words.set(r, [...(words.get(r) ?? []), texts[code]]);
    }
  });
  return words;
}

/** Rows that hold words in two or more columns of numbers, and a number in none. */
function wordsOverNumbers(
  strays: ReadonlyMap<number, readonly string[]>,
  columns: readonly RawColumn[],
  rows: number,
): OddRows[] {
  const odd = [...strays].filter(([r, texts]) => texts.length > 1 && !holdsNumber(columns, r));
  if (odd.length === 0 || odd.length > MOST * rows) return [];
  const sure = odd.every(([, texts]) => new Set(texts).size === texts.length); // one word for all is a kind of missing
  const message = `${counted(odd.length, "record")} with words in columns of numbers and no number (${quoted(odd[0][1])})`;
  return [{ rows: odd.map(([r]) => r), sure, code: "odd-records", message }];
}

/** Rows of which one text is all there is, in a table whose other rows are filled. */
function lonelyTexts(
  strays: ReadonlyMap<number, readonly string[]>,
  columns: readonly RawColumn[],
  rows: number,
): OddRows[] {
  const usual = columns.find((column) => column.kind === "number");
  if (usual === undefined || columns.length < 2 || missingCells(usual, rows, new Set()) > MOST * rows) return [];
  const odd: number[] = [];
  const texts: string[] = [];
  for (let r = 0; r < rows; r++) {
    const text = isMissing(usual, r) ? onlyText(strays, columns, r) : undefined;
    if (text === undefined) continue;
    odd.push(r);
    texts.push(text);
  }
  if (odd.length === 0) return [];
  const all = new Set(odd);
  if (columns.some((column) => missingCells(column, rows, all) > MISSING_SHARE * rows)) return [];
  const last = odd.every((r, i) => r === rows - odd.length + i);
  const message = `${counted(odd.length, "record")}${last ? " at the end" : ""} with one text and nothing else (${quoted(texts)})`;
  return [{ rows: odd, sure: last && texts.every((text) => REMARK.test(text)), code: "remark-records", message }];
}

/** The text of a row that holds nothing else. */
function onlyText(
  strays: ReadonlyMap<number, readonly string[]>,
  columns: readonly RawColumn[],
  row: number,
): string | undefined {
  const held = [...(strays.get(row) ?? [])];
  for (const column of columns) {
    if (isMissing(column, row)) continue;
    if (column.kind === "number" || held.length > 0) return undefined;
    held.push(cellText(column, row));
  }
  return held.length === 1 ? held[0] : undefined;
}

const ORIGINS =
  "sources?|notes?|remarks?|copyright|data (from|as of)|as of|last updated?|updated|generated|created|exported|quelle|anmerkung|hinweis|stand|fuente|nota|actualizado|fonte|état au|mise à jour|bron|kilde|källa|źródło|uwaga|источник|примечание|出典|来源|資料";
/** How remarks below a table begin, in the languages that tables are mostly written in. */
export const REMARK: RegExp = new RegExp(`^([*#†‡©]|(${ORIGINS})(?![\\p{L}\\p{N}]))`, "iu");

const SUMS =
  "totals?|sums?|summe|gesamt|gesamtsumme|insgesamt|zwischensumme|somme|suma|totale|totaal|итого|всего|合計|总计";
const MEANS = "mean|average|avg\\.?|mittel|mittelwert|durchschnitt|moyenne|media|promedio|среднее";
/** How totals begin, in the languages that tables are mostly written in. */
export const TOTAL: RegExp = new RegExp(`^((grand|sub|overall|sous|zwischen)[ -]?)?(${SUMS})(?![\\p{L}\\p{N}])`, "iu");
const MEAN = new RegExp(`^(${MEANS})(?![\\p{L}\\p{N}])`, "iu");
/** The whole text: "Total Recall" is a film. */
const NAME_ALONE = new RegExp(`^((grand|sub|overall)[ -]?)?(${SUMS}|${MEANS}) ?:?$`, "iu");

/** The last row, when it is the sum (or, where it says so, the mean) of the others; with it rows of its name above. */
function totals(
  columns: readonly RawColumn[],
  numbers: readonly RawNumbers[],
  rows: number,
  gone: ReadonlySet<number>,
): OddRows[] {
  let last = rows - 1;
  while (last > FEW && gone.has(last)) last--;
  const label = columns.find(
    (column) => column.kind === "text" && [TOTAL, MEAN].some((name) => name.test(cellText(column, last))),
  ) as RawTexts | undefined;
  const name = label === undefined ? "" : cellText(label, last);
  const others = label === undefined ? new Set([...gone, last]) : new Set([...gone, ...named(label, rows), last]);
  const data = rows - others.size;
  if (data < FEW - 1) return [];
  const filled = numbers.filter(({ values }) => values[last] === values[last]);
  const mean = MEAN.test(name);
  const matches = ({ values }: RawNumbers): boolean => isTotal(values, last, rows, others, mean);
  const unnamed = columns.every((column) => column.kind === "number" || isMissing(column, last));
  if (label === undefined && !(unnamed && filled.length > 1 && filled.every(matches))) return [];
  const same = filled.filter(matches);
  if (same.length === 0) return [];
  const what = `the ${mean ? "mean" : "sum"} of the others in ${few(same.map((column) => column.name))}`;
  const above = [...others].filter((r) => !gone.has(r) && r !== last);
  const message = `the last record${name === "" ? "" : ` (${name})`} is ${what}${above.length > 0 ? `; with ${counted(above.length, "record")} above named likewise` : ""}`;
  return [{ rows: [...above, last], sure: label !== undefined, code: "totals-record", message }];
}

/** Rows named like totals, each the sum of the rows since the one before it; the last of all may be another. */
function subtotals(
  columns: readonly RawColumn[],
  numbers: readonly RawNumbers[],
  rows: number,
  gone: ReadonlySet<number>,
): OddRows[] {
  if (rows > REPORT_ROWS) return [];
  const found = columns.flatMap((column): OddRows[] => {
    if (column.kind === "number") return [];
    const texts = levelTexts(column.levels).map((text) => TOTAL.test(text));
    const ends = Array.from({ length: rows }, (_, r) => r).filter((r) => texts[column.codes[r]] && !gone.has(r));
    const inner = ends.at(-1) === rows - 1 ? ends.slice(0, -1) : ends;
    if (inner.length < 2 || ends.length > MOST * rows) return [];
    const sumsIn = (last: readonly number[]): readonly RawNumbers[] =>
      numbers.filter(({ values }) => last.every((end, i) => isSumSince(values, i === 0 ? 0 : last[i - 1] + 1, end)));
    const [all, some] = [sumsIn(ends), sumsIn(inner)];
    const [last, same] = all.length > 0 ? [ends, all] : [inner, some];
    if (same.length === 0) return [];
    const message = `${counted(last.length, "record")} (${quoted([...new Set(last.map((r) => cellText(column, r)))])}) are sums of those above them in ${few(same.map(({ name }) => name))}`;
    return [{ rows: last, sure: true, code: "totals-record", message }];
  });
  return found.slice(0, 1);
}

/** Whether a cell is the sum of the numbers in the rows from `from` on, of which there are some. */
function isSumSince(values: Float64Array, from: number, at: number): boolean {
  let [sum, size] = [0, 0];
  for (let r = from; r < at; r++) {
    if (values[r] !== values[r]) continue;
    sum += values[r];
    size += Math.abs(values[r]);
  }
  return size > 0 && Math.abs(values[at] - sum) <= 1e-9 * size;
}

/** Rows whose cell in a column names a total or a mean. */
function named({ codes, levels }: RawTexts, rows: number): number[] {
  const texts = levelTexts(levels).map((text) => NAME_ALONE.test(text));
  const found: number[] = [];
  for (let r = 0; r < rows; r++) if (codes[r] >= 0 && texts[codes[r]]) found.push(r);
  return found;
}

/** Whether a cell is the sum, or mean, of three or more numbers in the column's other rows, as far as rounding lets tell. */
function isTotal(values: Float64Array, at: number, rows: number, others: ReadonlySet<number>, mean: boolean): boolean {
  let sum = 0;
  let size = 0;
  let count = 0;
  let filled = 0;
  for (let r = 0; r < rows; r++) {
    const value = values[r];
    if (value !== value || r === at || others.has(r)) continue;
    sum += value;
    size += Math.abs(value);
    filled++;
    if (value !== 0) count++;
  }
  if (count < 3) return false;
  if (mean) return Math.abs(values[at] - sum / filled) <= 0.005 * (size / filled);
  return Math.abs(values[at] - sum) <= 1e-9 * size && values[at] !== 0;
}

function holdsNumber(columns: readonly RawColumn[], row: number): boolean {
  return columns.some((column) => column.kind === "number" && !isMissing(column, row));
}

function missingCells(column: RawColumn, rows: number, but: ReadonlySet<number>): number {
  let count = 0;
  for (let r = 0; r < rows; r++) if (isMissing(column, r) && !but.has(r)) count++;
  return count;
}

/** What is to be told of odd rows that were left out, or were not. */
export function oddWarning({ rows, code, message }: OddRows, out: boolean): Warning {
  const advice = out
    ? "left out (--odd-records keep reads such records as data)"
    : "read as data; --odd-records drop leaves such records out";
  return { code, message: `${message}: ${advice}`, count: rows.length };
}

/** The same columns without some rows and what only these held. O(rows). */
export function withoutRows(columns: readonly StoredColumn[], rows: number, gone: ReadonlySet<number>): StoredColumn[] {
  const kept = Array.from({ length: rows }, (_, r) => r).filter((r) => !gone.has(r));
  return columns.map((column) => {
    if (column.plan === NUMBER) {
      const values = sharedDoubles(kept.length);
      kept.forEach((r, i) => (values[i] = column.values[r]));
      return { ...column, values };
    }
    const texts = levelTexts(column.dictionary.levels());
    const dictionary = new ByteDictionary();
    const codes = sharedInts(kept.length);
    kept.forEach((r, i) => (codes[i] = column.codes[r] < 0 ? -1 : dictionary.addText(texts[column.codes[r]])));
    return { ...column, codes, dictionary };
  });
}
