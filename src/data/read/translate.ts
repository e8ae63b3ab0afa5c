/**
 * The second reader: `csv-parse` cuts what the fast reader does not take (delimiters of several characters, an escape
 * of its own, comment lines) and its records go on as plain comma-separated UTF-8, so that cells are typed in one place.
 */
import type { Options } from "csv-parse";
import type { Dialect } from "../table.ts";
import { DataError } from "../error.ts";
import type { Source } from "./source.ts";

/** How translated text is cut. */
export const PLAIN: { readonly delimiter: string; readonly quote: string } = { delimiter: ",", quote: '"' };

const SPECIAL = /[",\r\n]/;
const BATCH = 2 ** 20;

/** Does the fast reader need this dialect translated? It cuts by single bytes and knows no comments. */
export function needsTranslation({ delimiter, quote, escape, comment }: Dialect): boolean {
  const single = (text: string): boolean => text.length === 1 && text.charCodeAt(0) < 128;
  return !single(delimiter) || (quote !== "" && (!single(quote) || escape !== quote)) || comment !== "";
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

/** The line of the file on which a record, by its number with the header as 0, starts. Reads up to there. */
export async function translatedLine(
  source: Source,
  dialect: Dialect,
  lineBytes: number,
  wanted: number,
): Promise<number> {
  let number = 0;
  let line = 1;
  for await (const { lines } of records(source, dialect, lineBytes)) {
    if (number++ === wanted) return line;
    line = lines + 1;
  }
  return line;
}

interface Parsed {
  readonly record: readonly string[];
  /** Lines up to the record's last. */
  readonly lines: number;
}

async function* records(source: Source, dialect: Dialect, lineBytes: number): AsyncIterable<Parsed> {
  const { parse } = await import("csv-parse");
  const { delimiter, quote, escape, comment } = dialect;
  const options: Options = {
    delimiter,
    quote: quote === "" ? null : quote,
    escape: quote === "" ? null : escape,
    comment: comment === "" ? null : comment,
    comment_no_infix: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    skip_empty_lines: true,
    relax_quotes: true,
    relax_column_count: true,
    trim: delimiter.trim() !== "",
    max_record_size: lineBytes,
    info: true,
  };
  const parser = parse(options);
  const feed = async (): Promise<void> => {
    for await (const chunk of source.open())
      if (!parser.write(Uint8Array.from(chunk))) await new Promise((resume) => parser.once("drain", resume));
    parser.end();
  };
  const feeding = feed().catch((error: Error) => parser.destroy(error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { record, lines: info.lines };
    await feeding;
  } catch (error) {
    throw explained(source.label, error as Error & { code?: string; lines?: number });
  } finally {
    parser.destroy();
  }
}

function explained(label: string, error: Error & { code?: string; lines?: number }): Error {
  const line = error.lines === undefined ? "" : `, line ${error.lines}`;
  if (error.code === "CSV_QUOTE_NOT_CLOSED")
    return new DataError(
      `${label}${line}: a quote is opened and never closed; close it, or say which character quotes (--quote)`,
    );
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return new DataError(`${label}${line}: a record is longer than the limit; is a quote opened that is never closed?`);
  return error;
}

function line(fields: readonly string[]): string {
  if (fields.length === 1 && fields[0] === "") return '""\n';
  let text = "";
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    text += (i > 0 ? "," : "") + (SPECIAL.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  }
  return `${text}\n`;
}
