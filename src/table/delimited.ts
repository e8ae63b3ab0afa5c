/** Delimited text of any dialect to a table: look at the head, read in one pass, read again what the head misjudged. */
import { DataError } from "../frame/error.ts";
import type { MarkerCount, RawColumn, Table } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { counted } from "../words/numbers.ts";
import { NUMBER, SKIP, STRING, type Layout } from "./scan/block.ts";
import { readBlocks, type BlockTotals, type Misfit } from "./scan/blocks.ts";
import { beyondMemory, type StoredColumn } from "./scan/column-store.ts";
import { conventionFacts, type Conventions } from "./conventions.ts";
import { detectEncoding, NotUtf8, type Encoding } from "./sources/encoding.ts";
import { finishNumbers, finishTexts } from "./finish.ts";
import { defaultWorkers, type Limits } from "./limits.ts";
import { BARE_EXPONENT, LEADING_ZERO, NOT_INTEGER, SEEN, UNSAFE_INTEGER } from "./scan/number.ts";
import { oddRows, oddWarning, withoutRows } from "./odd-records.ts";
import type { ReadOptions } from "./options.ts";
import { HEAD, layoutOf, planFor, type Plan, type Tuning } from "./plan.ts";
import type { Peeked, Tap } from "./sources/source.ts";
import { lineOf, textOf } from "./sources/text.ts";

/**
 * @param source The bytes, unpacked.
 * @param raw The bytes as they lie on the disk: what the checksum is of.
 * @throws DataError when it cannot be read as a table.
 */
export async function readDelimited(
  source: Peeked,
  compression: Table["origin"]["compression"],
  raw: Tap,
  options: ReadOptions,
  limits: Limits,
  tuning: Tuning = {},
): Promise<Table> {
  const encoding = await detectEncoding(await source.head(HEAD), options.encoding);
  const readAs = async (taken: Encoding): Promise<Table> =>
    readPlanned(await planFor(source, taken, options, limits, tuning), compression, raw);
  try {
    return await readAs(encoding);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    if (options.encoding !== undefined || encoding.mark > 0)
      throw new DataError(`${source.label}: not valid UTF-8; say what it is, such as --encoding windows-1252`, {
        cause: error,
      });
    return readAs({ name: "windows-1252", mark: 0, reason: "not valid UTF-8", guessed: true });
  }
}

/** What to say of records that do not fit; most tables have none. */
const words = async (): Promise<typeof import("./misfit.ts")> => import("./misfit.ts");
const underneath = async (): Promise<typeof import("./below.ts")> => import("./below.ts");

async function readPlanned(plan: Plan, compression: Table["origin"]["compression"], raw: Tap): Promise<Table> {
  const { source, encoding, sample, conventions, options } = plan;
  const layout = layoutOf(plan);
  const first = await pass(plan, layout);
  const file = raw.facts();
  const below = await linesOf(plan, first);
  const again = misjudged(first, conventions);
  const { store, misfits, repeats } = first;
  if (misfits.length > store.rows)
    throw (await words()).mostlyMisfits(source.label, first, await lineOf(plan, misfits[0]), sample.names);
  if (store.rows === 0)
    throw new DataError(`${source.label}: there are no rows${sample.dialect.header ? " below the header" : ""}`);
  const second = layout.plan.map((_, c) => (again.has(c) ? STRING : SKIP));
  const reread = again.size === 0 ? store : (await pass(plan, { ...layout, plan: second })).store;
  const stored = store.columns.map((column, c) => (again.has(c) ? reread.columns[c] : column));
  const { columns, gone, warnings } = columnsOf(plan, stored, store.rows);
  const trailing = emptyTrail(columns, sample.unnamed);
  columns.splice(columns.length - trailing, trailing);
  warnings.unshift(...encodingWarnings(encoding), ...sample.warnings);
  warnings.push(...shapeWarnings(first, trailing));
  if (repeats.length > 0) warnings.push((await words()).repeatWarning(repeats, await lineOf(plan, repeats[0])));
  if (below.length > 0) warnings.push((await underneath()).belowWarning(below));
  else if (misfits.length > 0)
    warnings.push((await words()).misfitWarning(misfits, await lineOf(plan, misfits[0]), sample.names.length));
  const unfit = leftOutOf(first, sample.leftOut);
  const leftOut = gone.size === 0 ? unfit : withNumbersOf(gone, rowNumbers(store.rows, unfit), unfit);
  const rows = store.rows - gone.size;
  return {
    rows,
    columns,
    ...(leftOut.length > 0 && { rowNumbers: rowNumbers(rows, leftOut) }),
    origin: {
      name: options.name ?? source.name,
      format: "delimited",
      ...file,
      compression,
      dialect: sample.dialect,
      lineEnds: sample.lineEnds,
      reasons: { ...sample.reasons, encoding: encoding.reason },
      ...conventionFacts(options, sample),
      skipped: leftOut.length,
    },
    warnings,
  };
}

/** The lines below the table, if records that do not fit are such. @throws DataError when they are not, and not to be skipped. */
async function linesOf(plan: Plan, totals: BlockTotals): Promise<readonly string[]> {
  const { source, options, sample } = plan;
  const { misfits } = totals;
  if (misfits.length === 0 || options.skipBadLines === true) return [];
  const lines = await (await underneath()).linesBelow(plan, totals);
  if (lines !== undefined) return lines;
  throw (await words()).misfitError(source.label, misfits[0], await lineOf(plan, misfits[0]), sample.names);
}

/** What the records' own shape has to tell. */
function shapeWarnings({ padded, strayQuotes }: BlockTotals, trailing: number): Warning[] {
  const warnings: Warning[] = [];
  if (trailing > 0)
    warnings.push({
      code: "trailing-delimiter",
      message: `${counted(trailing, "column")} without name and values at the end left out: records end in delimiters`,
      count: trailing,
    });
  else if (padded > 0)
    warnings.push({
      code: "trailing-delimiter",
      message: `${counted(padded, "record")} with empty fields after the last column, which are left out`,
      count: padded,
    });
  if (strayQuotes > 0)
    warnings.push({
      code: "stray-quotes",
      message: `${counted(strayQuotes, "quoted cell")} going on after the closing quote, taken as they stand`,
      count: strayQuotes,
    });
  return warnings;
}

/** One pass over the text by one plan for its columns. */
async function pass(plan: Plan, layout: Layout): Promise<BlockTotals> {
  const { source, options, limits, sample } = plan;
  const { size } = source;
  const expectedRows = size === undefined ? 2 ** 16 : 1.05 * (size / sample.recordLength) + 16;
  const needed = 8 * expectedRows * sample.names.length;
  if (needed > limits.memory && size !== undefined)
    throw beyondMemory(source.label, expectedRows, sample.names.length, needed, limits.memory);
  const held: Misfit[] = [];
  return readBlocks(
    textOf(plan).open(),
    {
      layout,
      quote: layout.quote,
      expectedRows,
      recordBytes: sample.recordLength,
      workers: options.workers ?? defaultWorkers(),
      memory: () => limits.memory - (source.held?.() ?? 0),
      lineBytes: limits.lineBytes,
      label: source.label,
      ...(plan.tuning.blockBytes !== undefined && { blockBytes: plan.tuning.blockBytes }),
    },
    async (misfit) => {
      if (options.skipBadLines === true) return;
      const { mayStandBelow } = await underneath();
      const bears = options.oddRecords !== "keep" && mayStandBelow(misfit, held.length, sample.names.length);
      held.push(misfit);
      if (bears) return;
      throw (await words()).misfitError(source.label, held[0], await lineOf(plan, held[0]), sample.names);
    },
  );
}

/** Columns read as numbers that are none, or codes, or words that would mean missing only among numbers. */
function misjudged({ store, conflicts }: BlockTotals, { missing, missingNumber }: Conventions): ReadonlySet<number> {
  const again = new Set(conflicts);
  const words = [...missingNumber].map((text) => !missing.has(text));
  store.columns.forEach((column, c) => {
    if (column.plan !== NUMBER) return;
    const { shape } = column;
    if ((shape & NOT_INTEGER) === 0 && (shape & (LEADING_ZERO | UNSAFE_INTEGER | BARE_EXPONENT)) !== 0) again.add(c);
    if ((shape & SEEN) === 0 && [...column.missing.keys()].some((marker) => words[marker])) again.add(c);
  });
  return again;
}

/** The columns of the table, without the records that turn out to be no data. */
function columnsOf(
  plan: Plan,
  stored: readonly StoredColumn[],
  rows: number,
): { columns: RawColumn[]; gone: ReadonlySet<number>; warnings: Warning[] } {
  const { oddRecords } = plan.options;
  const whole = finished(plan, stored, rows);
  const odd = oddRecords === "keep" ? [] : oddRows(whole.columns, stored, rows);
  const out = odd.filter(({ sure }) => sure || oddRecords === "drop");
  const gone = new Set(out.flatMap((one) => one.rows));
  const { columns, warnings } =
    gone.size === 0 ? whole : finished(plan, withoutRows(stored, rows, gone), rows - gone.size);
  return { columns, gone, warnings: [...warnings, ...odd.map((one) => oddWarning(one, out.includes(one)))] };
}

function finished(
  { sample, types, conventions }: Plan,
  stored: readonly StoredColumn[],
  rows: number,
): { columns: RawColumn[]; warnings: Warning[] } {
  const markers = [...conventions.missingNumber];
  const warnings: Warning[] = [];
  const columns = sample.names.map((name, c) => {
    const column = stored[c];
    if (column.plan === NUMBER) {
      const counts = [...column.missing].map(([m, count]): MarkerCount => ({ text: markers[m], count }));
      return finishNumbers(name, column.values.subarray(0, rows), counts, conventions);
    }
    const codes = column.codes.subarray(0, rows);
    return finishTexts(name, codes, column.dictionary.levels(), conventions, types.get(name), (w) => warnings.push(w));
  });
  return { columns, warnings };
}

/** How many of the last columns are only trailing delimiters: no name, no cell. */
function emptyTrail(columns: readonly RawColumn[], unnamed: number): number {
  let count = 0;
  while (count < unnamed && count < columns.length - 1) {
    const column = columns[columns.length - 1 - count];
    if (column.markers.length > 0) break;
    const filled = column.kind === "number" ? column.values.some((x) => x === x) : column.codes.some((x) => x >= 0);
    if (filled) break;
    count++;
  }
  return count;
}

/** The file's numbers of the records that were left out: those below the header first. */
function leftOutOf({ misfits, repeats }: BlockTotals, below: number): readonly number[] {
  const later = [...misfits, ...repeats].map(({ record }) => below + record).toSorted((a, b) => a - b);
  return [...Array.from({ length: below }, (_, i) => i), ...later];
}

function withNumbersOf(rows: ReadonlySet<number>, numbers: Int32Array, leftOut: readonly number[]): readonly number[] {
  return [...leftOut, ...[...rows].map((row) => numbers[row])].toSorted((a, b) => a - b);
}

/** The file's number of each row when records were left out between them. */
function rowNumbers(rows: number, leftOut: readonly number[]): Int32Array {
  const numbers = new Int32Array(rows);
  let next = 0;
  let record = 0;
  for (let row = 0; row < rows; row++, record++) {
    while (next < leftOut.length && leftOut[next] === record) {
      next++;
      record++;
    }
    numbers[row] = record;
  }
  return numbers;
}

function encodingWarnings(encoding: Encoding): Warning[] {
  if (!encoding.guessed) return [];
  return [
    {
      code: "encoding-guessed",
      message: `read as ${encoding.name} (${encoding.reason}); if letters look wrong, say --encoding`,
      evidence: { encoding: encoding.name },
    },
  ];
}
