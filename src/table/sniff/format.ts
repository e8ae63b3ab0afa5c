/** Files that are no text, told by their first bytes. Formats of text: `foreign.ts`. */

/** `at`: where the bytes stand, if not at the start. */
const SIGNATURES: readonly { readonly bytes: string; readonly at?: number; readonly format: string }[] = [
  { bytes: "\x1f\x8b", format: "gzip" },
  { bytes: "PAR1", format: "parquet" },
  {
    bytes: "PK\x03\x04",
    format: "a ZIP archive or Excel workbook, not a text table; unpack it, or save the sheet as CSV",
  },
  { bytes: "\xd0\xcf\x11\xe0", format: "an old Excel workbook, not a text table; save the sheet as CSV" },
  { bytes: "(\xb5/\xfd", format: "compressed with zstd; unpack it first, or use gzip" },
  { bytes: "BZh", format: "compressed with bzip2; unpack it first, or use gzip" },
  { bytes: "\xfd7zXZ", format: "compressed with xz; unpack it first, or use gzip" },
  { bytes: "%PDF-", format: "a PDF document, not a table" },
  { bytes: "\x89PNG", format: "a picture, not a table" },
  { bytes: "\xff\xd8\xff", format: "a picture, not a table" },
  { bytes: "GIF8", format: "a picture, not a table" },
  { bytes: "SQLite format 3", format: "an SQLite database; export the table as CSV" },
  { bytes: "ARROW1", format: "an Arrow file; save it as Parquet or CSV" },
  { bytes: "FEA1", format: "a Feather file; save it as Parquet or CSV" },
  { bytes: "ORC", format: "an ORC file; save it as Parquet or CSV" },
  { bytes: "Obj\x01", format: "an Avro file; save it as Parquet or CSV" },
  { bytes: "\x89HDF", format: "an HDF5 file; save the table as Parquet or CSV" },
  { bytes: "\x93NUMPY", format: "a NumPy array; save it as CSV" },
  { bytes: "\x80\x04\x95", format: "a Python pickle; save the table as Parquet or CSV" },
  { bytes: "\x80\x05\x95", format: "a Python pickle; save the table as Parquet or CSV" },
  { bytes: "RDX", format: "an R data file; save the table as CSV" },
  { bytes: "X\n\0\0\0", format: "an R data file; save the table as CSV" },
  { bytes: "\xc2\xea\x81\x60", at: 12, format: "a SAS file; save the table as CSV" },
  { bytes: "HEADER RECORD*******LIBRARY", format: "a SAS transport file; save the table as CSV" },
  { bytes: "<stata_dta>", format: "a Stata file; save the table as CSV" },
  { bytes: "$FL2", format: "an SPSS file; save the table as CSV" },
  { bytes: "MATLAB", format: "a MATLAB file; save the table as CSV" },
  { bytes: "ustar", at: 257, format: "a tar archive; unpack it first" },
  { bytes: "\x1f\x9d", format: "compressed with compress (.Z); unpack it first, or use gzip" },
  { bytes: "7z\xbc\xaf", format: "a 7z archive; unpack it first" },
  { bytes: "Rar!", format: "a RAR archive; unpack it first" },
  { bytes: "\x04\x22\x4d\x18", format: "compressed with lz4; unpack it first, or use gzip" },
  { bytes: "\x7fELF", format: "a program, not a table" },
];

/** Bytes of a file that tell what it is. */
export const SIGNED = 512;

/** `gzip`, `parquet`, a sentence about another format, or undefined when it may be text. */
export function foreignFormat(head: Buffer): string | undefined {
  const start = head.toString("latin1", 0, SIGNED);
  return SIGNATURES.find(({ bytes, at = 0 }) => start.startsWith(bytes, at))?.format;
}

/** The same of what was packed with gzip, where only text is read. */
export function foreignWithin(head: Buffer): string | undefined {
  const format = foreignFormat(head);
  if (format === "gzip") return "packed with gzip twice; unpack it once";
  return format === "parquet" ? "a Parquet file packed with gzip; unpack it first" : format;
}
