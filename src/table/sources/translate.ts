/**
 * The second reader: `csv-parse` cuts what the fast reader does not take (delimiters of several characters, an escape
 * of its own, comment lines) and its records go on as UTF-8 in one plain dialect, so that cells are typed in one place.
 */
import type { Options } from "csv-parse";
import type { Dialect } from "../../frame/table.ts";
import { DataError } from "../../frame/error.ts";
import { separatorOf } from "./squeeze.ts";
import { feed, type Source } from "./source.ts";

/** How translated text is cut: by the character made for it, which is no decimal mark either. */
export const PLAIN: { readonly delimiter: string; readonly quote: string } = { delimiter: "\u001f", quote: '"' };

const SPECIAL = new RegExp(`["${PLAIN.delimiter}\r\n]`);
const BATCH = 2 ** 20;

/** Does the fast reader need this dialect translated? It cuts by single bytes and knows no comments. */
export function needsTranslation({ delimiter, quote, escape, comment }: Dialect): boolean {
  const single = (text: string): boolean => text.length === 1 && text.charCodeAt(0) < 128;
  return !single(separatorOf(delimiter)) || (quote !== "" && (!single(quote) || escape !== quote)) || comment !== "";
}

/** The source's text in plain form, without its first `skip` records. Flat memory. @throws DataError while reading when a quote is never closed. */
export function translated(source: Source, dialect: Dialect, lineBytes: number, skip: number): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    let batch = "";
    let left = skip;
    for await (const { record } of records(source, dialect, lineBytes)) {
      if (left-- > 0) continue;
      batch += line(record);
      if (batch.length < BATCH) continue;
      yield Buffer.from(batch);
      batch = "";
    }
    if (batch !== "") yield Buffer.from(batch);
  };
  return { label: source.label, name: source.name, open: chunks };
}

/**
 * Where a record, by its number with the header as 0, ends in the source's bytes, and how many lines it takes. (The
 * lines that csv-parse counts itself drift: a CRLF in quotes is two.) Reads up to there.
 */
export async function translatedRecord(
  source: Source,
  dialect: Dialect,
  lineBytes: number,
  wanted: number,
): Promise<{ end: number; lines: number }> {
  let number = 0;
  for await (const { record, bytes } of records(source, dialect, lineBytes)) {
    if (number++ < wanted) continue;
    return { end: bytes, lines: 1 + record.reduce((sum, field) => sum + field.split(/\r\n|\n|\r/).length - 1, 0) };
  }
  throw new RangeError(`translatedRecord: there are ${number} records, no number ${wanted}`);
}

interface Parsed {
  readonly record: readonly string[];
  /** Bytes read when it was complete, its line end included. */
  readonly bytes: number;
}

async function* records(source: Source, dialect: Dialect, lineBytes: number): AsyncIterable<Parsed> {
  const { parse } = await import("csv-parse");
  const { delimiter, quote, escape, comment } = dialect;
  const options: Options = {
    delimiter: separatorOf(delimiter),
    quote: quote === "" ? null : quote,
    escape: quote === "" ? null : escape,
    comment: comment === "" ? null : comment,
    comment_no_infix: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    skip_empty_lines: true,
    relax_quotes: true,
    relax_column_count: true,
    trim: separatorOf(delimiter).trim() !== "",
    max_record_size: lineBytes,
    info: true,
  };
  const parser = parse(options);
  feed(source, parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { bytes: number } }>)
      yield { record, bytes: info.bytes };
  } catch (error) {
    throw explained(source.label, error as Error & { code?: string; lines?: number });
  }
}

const AFTER_QUOTE = "text follows a closing quote; double the quotes within, or say which character quotes (--quote)";
/** What csv-parse refuses, in our words. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "a quote is opened and never closed; close it, or say which character quotes (--quote)"],
  ["CSV_MAX_RECORD_SIZE", "a record is longer than the limit; is a quote opened that is never closed?"],
  ["CSV_INVALID_CLOSING_QUOTE", AFTER_QUOTE],
  ["CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE", AFTER_QUOTE],
]);

function explained(label: string, error: Error & { code?: string; lines?: number }): Error {
  const reason = REFUSALS.get(error.code ?? "");
  if (reason === undefined) return error;
  return new DataError(`${label}, ${error.lines === undefined ? "" : `about line ${error.lines}: `}${reason}`, {
    cause: error,
  });
}

function line(fields: readonly string[]): string {
  if (fields.length === 1 && fields[0].trim() === "") return '""\n';
  let text = "";
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    text += (i > 0 ? PLAIN.delimiter : "") + (SPECIAL.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  }
  return `${text}\n`;
}
