/** One number for what a table says, however it was written. */
import { createHash } from "node:crypto";
import type { Table } from "./table.ts";

/**
 * SHA-256 of names, kinds and values, in the order of columns and rows. The same table gives the same fingerprint from
 * CSV, Parquet or memory, plain or compressed, as long as its columns are read as the same kinds; any other value,
 * order or name gives another. O(bytes), about 1 GB/s.
 */
export function fingerprint(table: Table): string {
  const hash = createHash("sha256");
  const text = (part: string): void => {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}:`).update(bytes);
  };
  text(`rows ${table.rows}`);
  for (const column of table.columns) {
    text(column.name);
    text(column.kind);
    if (column.kind === "number") {
      hash.update(bytesOf(column.values));
      continue;
    }
    hash.update(bytesOf(column.codes));
    hash.update(bytesOf(column.levels.ends));
    hash.update(column.levels.bytes);
  }
  return hash.digest("hex");
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
