import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";

/** SHA-256 of a file, in chunks; empty for what is no plain file (standard input, none there). */
export function fileDigest(path: string): string {
  if (path === "-" || !existsSync(path) || !statSync(path).isFile()) return "";
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(1 << 22);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
