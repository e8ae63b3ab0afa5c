/** Delimited text of any dialect to a table: look at the head, read in one pass, read again what the head misjudged. */
import { DataError } from "../error.ts";
import type { Dialect, MarkerCount, RawColumn, Table } from "../table.ts";
import type { Warning } from "../warning.ts";
import { NUMBER, SKIP, STRING, type Layout } from "./block.ts";
import { CR, LF } from "./cell-scanner.ts";
import { readBlocks, type BlockTotals, type Misfit } from "./blocks.ts";
import { beyondMemory, type StoredColumn } from "./column-store.ts";
import { decodedText, detectEncoding, NotUtf8, startsAsUtf8, toUtf8, type Encoding } from "./encoding.ts";
import { conventionFacts, conventionsOf, type Conventions } from "./conventions.ts";
import { finishNumbers, finishTexts } from "./finish.ts";
import { defaultWorkers, mebibytes, type Limits } from "./limits.ts";
import { misfitError, misfitWarning } from "./misfit.ts";
import { LEADING_ZERO, NOT_INTEGER, SEEN, UNSAFE_INTEGER } from "./number.ts";
import { typesOf, type GivenKind, type ReadOptions } from "./options.ts";
import { inspectHead, looksNumeric, type Sample } from "./sample.ts";
import { head, skipping, tapped, type Source } from "./source.ts";
import { BLANKS, cutBy, squeezed } from "./squeeze.ts";
import { needsTranslation, PLAIN, translated, translatedRecord } from "./translate.ts";

const HEAD = 2 ** 18;
/** A byte that no text holds. */
const NONE = 256;

/** Everything that is settled before the first cell is read. */
interface Plan {
  /** Unpacked, in its own encoding. */
  readonly source: Source;
  readonly encoding: Encoding;
  readonly options: ReadOptions;
  readonly limits: Limits;
  readonly tuning: Tuning;
  readonly sample: Sample;
  /** By `csv-parse`. */
  readonly translate: boolean;
  readonly types: ReadonlyMap<string, GivenKind>;
  readonly conventions: Conventions;
}

/** How the work is done; the table is the same for all. */
export interface Tuning {
  /** Bytes of a block. */
  readonly blockBytes?: number;
  /** Have `csv-parse` cut the records even where the fast reader could. */
  readonly translate?: boolean;
}

/**
 * @param packed The bytes as they lie on the disk: what the checksum is of.
 * @param unpack Takes the compression off.
 * @throws DataError when it cannot be read as a table.
 */
export async function readDelimited(
  packed: Source,
  unpack: (source: Source) => Source,
  options: ReadOptions,
  limits: Limits,
  tuning: Tuning = {},
): Promise<Table> {
  const source = unpack(packed);
  const encoding = await detectEncoding(await head(source, HEAD), options.encoding);
  const readAs = async (taken: Encoding): Promise<Table> =>
    readPlanned(await plan(source, taken, options, limits, tuning), packed, unpack);
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

async function plan(
  source: Source,
  encoding: Encoding,
  options: ReadOptions,
  limits: Limits,
  tuning: Tuning,
): Promise<Plan> {
  const sample = await lookAtHead(source, encoding, options, limits);
  const columns = sample.names.length;
  if (columns > limits.columns)
    throw new DataError(
      `${source.label}: ${columns} columns, more than the limit of ${limits.columns} (the option limits.columns allows more)`,
    );
  const conventions = conventionsOf(options, sample.decimal, sample.names);
  const translate = tuning.translate === true || needsTranslation(sample.dialect);
  return { source, encoding, options, limits, tuning, sample, translate, types: typesOf(options), conventions };
}

/** Takes as much of the head as is needed to hold two records. */
async function lookAtHead(source: Source, encoding: Encoding, options: ReadOptions, limits: Limits): Promise<Sample> {
  for (let most = HEAD; ; most *= 8) {
    const bytes = await head(source, most);
    const whole = bytes.length < most;
    if (encoding.name === "utf8" && !startsAsUtf8(bytes, whole)) throw new NotUtf8(source.label);
    const text = await decodedText(bytes, encoding, whole);
    const sample = inspectHead(source.label, text, whole, encoding.name, options);
    if (sample !== undefined) return sample;
    if (most > limits.lineBytes)
      throw new DataError(
        `${source.label}: the first two records are longer than ${mebibytes(limits.lineBytes)}; is this a table? (the option limits.lineBytes allows more)`,
      );
  }
}

async function readPlanned(plan: Plan, packed: Source, unpack: (source: Source) => Source): Promise<Table> {
  const { source, encoding, sample, types, conventions, options } = plan;
  const tap = tapped(packed);
  const layout = layoutOf(plan, firstPlan(plan));
  const first = await pass(plan, unpack(tap.source), layout);
  const again = misjudged(first, conventions);
  const second =
    again.size === 0
      ? undefined
      : await pass(plan, source, { ...layout, plan: layout.plan.map((_, c) => (again.has(c) ? STRING : SKIP)) });
  const { store, misfits } = first;
  if (store.rows === 0) throw new DataError(`${source.label}: ${nothing(misfits.length, sample.dialect.header)}`);
  const warnings = [...readingWarnings(plan), ...sample.warnings];
  const columns = sample.names.map((name, c): RawColumn => {
    const column = again.has(c) ? (second as BlockTotals).store.columns[c] : store.columns[c];
    return finish(name, column, store.rows, conventions, layout.markers, types.get(name), (w) => warnings.push(w));
  });
  const trailing = emptyTrail(columns, sample.unnamed);
  if (trailing > 0) {
    columns.splice(columns.length - trailing);
    warnings.push({
      code: "trailing-delimiter",
      message: `${trailing === 1 ? "a column" : `${trailing} columns`} without name and values at the end left out: records end in delimiters`,
      count: trailing,
    });
  }
  if (first.padded > 0 && trailing === 0)
    warnings.push({
      code: "trailing-delimiter",
      message: `${first.padded} records have empty fields after the last column; they are left out`,
      count: first.padded,
    });
  if (first.strayQuotes > 0)
    warnings.push({
      code: "stray-quotes",
      message: `${first.strayQuotes} quoted cells go on after their closing quote; they are taken as they stand`,
      count: first.strayQuotes,
    });
  if (misfits.length > 0) warnings.push(misfitWarning(misfits, await lineOf(plan, misfits[0]), sample.names.length));
  return {
    rows: store.rows,
    columns,
    ...(misfits.length > 0 && { rowNumbers: rowNumbers(store.rows, misfits) }),
    origin: {
      name: options.name ?? source.name,
      format: "delimited",
      ...tap.facts(),
      compression: source === packed ? "none" : "gzip",
      dialect: sample.dialect,
      lineEnds: sample.lineEnds,
      reasons: { ...sample.reasons, encoding: encoding.reason },
      ...conventionFacts(options, sample.decimal),
      skipped: misfits.length,
    },
    warnings,
  };
}

function nothing(misfits: number, header: boolean): string {
  if (misfits > 0)
    return `none of its ${misfits} records fits the columns; say how they are cut (--delimiter, --quote)`;
  return header ? "there are no rows below the header" : "there are no rows";
}

/** One pass over the text by one plan for its columns. */
async function pass(plan: Plan, source: Source, layout: Layout): Promise<BlockTotals> {
  const { options, limits, sample } = plan;
  const size = source.size ?? plan.source.size;
  const expectedRows = size === undefined ? 2 ** 16 : 1.05 * (size / sample.recordLength) + 1000;
  const needed = 8 * expectedRows * sample.names.length;
  if (needed > limits.memory && size !== undefined)
    throw beyondMemory(source.label, expectedRows, sample.names.length, needed, limits.memory);
  return readBlocks(
    textOf(plan, source).open(),
    {
      layout,
      quote: layout.quote,
      expectedRows,
      workers: options.workers ?? defaultWorkers(),
      memory: limits.memory,
      lineBytes: limits.lineBytes,
      label: source.label,
      ...(plan.tuning.blockBytes !== undefined && { blockBytes: plan.tuning.blockBytes }),
    },
    async (misfit) => {
      if (options.skipBadLines !== true)
        throw misfitError(source.label, misfit, await lineOf(plan, misfit), sample.names);
    },
  );
}

/** The text behind the header, in UTF-8 and a dialect that the fast reader takes. */
function textOf({ encoding, sample, limits, translate }: Plan, source: Source): Source {
  const { dialect, header } = sample;
  const text = evened(toUtf8(source, encoding), dialect);
  if (translate) return translated(text, dialect, limits.lineBytes, dialect.header ? 1 : 0);
  return skipping(text, Buffer.byteLength(header));
}

function evened(utf8: Source, { delimiter, quote }: Dialect): Source {
  return delimiter === BLANKS ? squeezed(utf8, quote) : utf8;
}

/** The line of the file, from 1, on which a misfit starts. Reads the text again up to there. */
async function lineOf({ source, encoding, sample, limits, translate }: Plan, misfit: Misfit): Promise<number> {
  const { dialect, header } = sample;
  const text = evened(toUtf8(source, encoding), dialect);
  if (!translate) return (await linesBefore(text, Buffer.byteLength(header) + misfit.offset)).ends + 1;
  const number = misfit.record + (dialect.header ? 1 : 0);
  const { end, lines } = await translatedRecord(text, dialect, limits.lineBytes, number);
  const { ends, closed } = await linesBefore(text, end);
  return ends - lines + (closed ? 1 : 2);
}

/** Line ends in the first bytes of a text (CRLF is one), and whether one of them is the last byte. */
async function linesBefore(text: Source, upTo: number): Promise<{ ends: number; closed: boolean }> {
  let lines = 0;
  let at = 0;
  let previous = 0;
  for await (const chunk of text.open()) {
    for (let p = 0; p < chunk.length && at < upTo; p++, at++) {
      if (chunk[p] === CR || (chunk[p] === LF && previous !== CR)) lines++;
      previous = chunk[p];
    }
    if (at === upTo) break;
  }
  return { ends: lines, closed: previous === LF || previous === CR };
}

function layoutOf({ sample: { dialect, decimal }, conventions, translate }: Plan, plan: Uint8Array): Layout {
  const { delimiter, quote } = translate ? PLAIN : dialect;
  return {
    delimiter: cutBy(delimiter).charCodeAt(0),
    quote: quote === "" ? NONE : quote.charCodeAt(0),
    decimal: decimal === delimiter ? NONE : decimal.charCodeAt(0), // "2,6" in quotes: read as text, then as a number
    plan,
    markers: [...conventions.missingNumber],
  };
}

/** Columns whose head holds numbers, or nothing yet, are read as numbers, the others as text. */
function firstPlan({ sample, types, conventions }: Plan): Uint8Array {
  return Uint8Array.from(sample.names, (name, c) => {
    const kind = types.get(name);
    if (kind !== undefined && kind !== "number") return STRING;
    const texts = sample.records.map((record) => record[c] ?? "");
    const { decimal, dialect } = sample;
    const mark = decimal === dialect.delimiter ? undefined : decimal;
    return looksNumeric(texts, mark, conventions.missingNumber) ? NUMBER : STRING;
  });
}

/** Columns read as numbers that are none, or codes, or words that would mean missing only among numbers. */
function misjudged({ store, conflicts }: BlockTotals, { missing, missingNumber }: Conventions): ReadonlySet<number> {
  const again = new Set(conflicts);
  const words = [...missingNumber].map((text) => !missing.has(text));
  store.columns.forEach((column, c) => {
    if (column.plan !== NUMBER) return;
    const { shape } = column;
    if ((shape & NOT_INTEGER) === 0 && (shape & (LEADING_ZERO | UNSAFE_INTEGER)) !== 0) again.add(c);
    if ((shape & SEEN) === 0 && [...column.missing.keys()].some((marker) => words[marker])) again.add(c);
  });
  return again;
}

function finish(
  name: string,
  column: StoredColumn,
  rows: number,
  conventions: Conventions,
  markers: readonly string[],
  kind: GivenKind | undefined,
  warn: (warning: Warning) => void,
): RawColumn {
  if (column.plan === NUMBER) {
    const counts = [...column.missing].map(([m, count]): MarkerCount => ({ text: markers[m], count }));
    return finishNumbers(name, column.values.subarray(0, rows), counts, conventions);
  }
  return finishTexts(name, column.codes.subarray(0, rows), column.dictionary.levels(), conventions, kind, warn);
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

/** The file's number of each row when records were left out between them. */
function rowNumbers(rows: number, misfits: readonly Misfit[]): Int32Array {
  const numbers = new Int32Array(rows);
  let next = 0;
  let record = 0;
  for (let row = 0; row < rows; row++, record++) {
    while (next < misfits.length && misfits[next].record === record) {
      next++;
      record++;
    }
    numbers[row] = record;
  }
  return numbers;
}

function readingWarnings({ encoding }: Plan): Warning[] {
  if (!encoding.guessed) return [];
  return [
    {
      code: "encoding-guessed",
      message: `read as ${encoding.name} because it is ${encoding.reason}; if letters look wrong, say --encoding`,
      evidence: { encoding: encoding.name },
    },
  ];
}
