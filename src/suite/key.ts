/** What a result depends on, as one digest: two results of one key are the same. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { FolderError, reason } from "../folder/folder.ts";
import type { SuiteChallenger, SuiteDataset } from "./contract.ts";
import type { Program } from "./program.ts";

/** SHA-256 of a file. @throws FolderError when it cannot be read. Cost: one pass. */
export async function fileDigest(path: string): Promise<string> {
  const digest = createHash("sha256");
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) digest.update(piece as Buffer);
  } catch (error) {
    throw new FolderError(`${path}: cannot be read (${reason(error)})`, { cause: error });
  }
  return digest.digest("hex");
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** @param data Digest of the table. @throws FolderError for files that options name and that cannot be read. */
export async function benchmarkKey(
  { train }: SuiteDataset,
  data: string,
  program: Program,
): Promise<{ readonly key: string; readonly options: string }> {
  const options = digestOf(await withDigests(train));
  return { key: digestOf({ what: "benchmark", program, data, options }), options };
}

/** @param benchmark Key of the benchmark that it is judged against. */
export async function challengerKey(
  { judge }: SuiteDataset,
  { expect: _expect, ...challenger }: SuiteChallenger,
  benchmark: string,
): Promise<string> {
  const parts = { challenger: await withDigests(challenger), options: await withDigests(judge) };
  return digestOf({ what: "challenger", benchmark, ...parts });
}

/** Options that name files, by what the files hold: where they lie changes nothing. */
const FILES = new Set(["test", "splits", "mustPass", "costMatrix", "predictions"]);

async function withDigests(options: object): Promise<object> {
  const out: [string, unknown][] = [];
  for (const [key, value] of Object.entries(options)) {
    const isFile = FILES.has(key) && typeof value === "string" && !value.includes("=");
    out.push([key, isFile ? { sha256: await fileDigest(value) } : value]);
  }
  return Object.fromEntries(out);
}

/** The same for members in any order. */
export function digestOf(value: unknown): string {
  return sha256(JSON.stringify(value, sorted));
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
