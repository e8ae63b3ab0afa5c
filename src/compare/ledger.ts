/**
 * The gate's ledger: which predictions were judged on a holdout, in order, each entry hashed with the one before. Pure
 * functions from text to text; locking and files are somebody else's.
 *
 * Why it is honest (strict mode): before the first pass every answer was "no pass", so along that branch the k-th challenger is
 * a function of k and the training data alone, however its developer adapts. A union bound over H runs at alpha / H then keeps
 * P(ever a false pass) <= alpha (the idea of ease.ml/ci and of the Ladder). It protects against what this tool says; whoever can
 * read the holdout's labels is on their honour.
 */
import { createHash } from "node:crypto";
import { seeded } from "../numeric/rng.ts";
import type { MarginSpec } from "./margin.ts";
import { rowsBy } from "./subset.ts";
import { StatedError } from "../error.ts";

/**
 * `strict`: one bit a run, until the first pass. `open`: everything is shown and the guarantee disclaimed. `shard`: fresh rows
 * every run, everything is shown.
 */
export type GateMode = "strict" | "open" | "shard";

/** What is fixed before the first run. Another holdout, metric, margin or set of baselines is another ledger. */
export interface Terms {
  /** Fingerprint of the holdout's rows and truth. */
  readonly holdout: string;
  /** Fingerprint of the baselines' predictions on it. */
  readonly baselines: string;
  readonly metric: string;
  readonly margin: MarginSpec;
  /** Of the whole series of runs (in shard mode: of each run). */
  readonly alpha: number;
  /** Runs that the holdout has room for. */
  readonly budget: number;
  readonly mode: GateMode;
}

export const BUDGET = 20;

export interface Entry {
  /** 1, 2, ... */
  readonly run: number;
  /** Fingerprint of the predictions that were judged. */
  readonly predictions: string;
  /** One-sided level of this run. */
  readonly alpha: number;
  readonly passed: boolean;
  /** The answer as it was shown, any JSON; null in strict mode, where only `passed` leaves the ledger. */
  readonly detail: unknown;
  readonly previous: string;
  readonly hash: string;
}

export interface Ledger {
  readonly terms: Terms;
  readonly entries: readonly Entry[];
  /** Hash of the last line. Kept elsewhere, it also betrays lines that were cut off at the end. */
  readonly head: string;
}

/** The ledger is not what it was: the message names the line. */
export class LedgerError extends StatedError {
  override readonly name = "LedgerError";
  override readonly code = "ledger";
}

/** SHA-256 of a text, in hexadecimal. */
export function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Level of one run. */
export function runAlpha({ alpha, budget, mode }: Terms): number {
  return mode === "shard" ? alpha : alpha / budget;
}

/** A new ledger and its first line. @throws RangeError for a level or a budget that is none. */
export function openLedger(terms: Terms): { readonly ledger: Ledger; readonly line: string } {
  if (!(terms.alpha > 0 && terms.alpha < 0.5))
    throw new RangeError(`ledger: alpha must be between 0 and 0.5, got ${terms.alpha}`);
  if (!(Number.isInteger(terms.budget) && terms.budget >= 1)) {
    throw new RangeError(`ledger: budget must be a whole number of runs, got ${terms.budget}`);
  }
  const { holdout, baselines, metric, margin, alpha, budget, mode } = terms;
  const { value, kind } = margin;
  const kept: Terms = { holdout, baselines, metric, margin: { value, kind }, alpha, budget, mode };
  const body = { ledger: 1, terms: kept };
  const hash = fingerprint(JSON.stringify(body));
  return { ledger: { terms: kept, entries: [], head: hash }, line: `${JSON.stringify({ ...body, hash })}\n` };
}

export type Request =
  | { readonly kind: "run"; readonly run: number; readonly alpha: number; readonly shard: number | null }
  /** Judged before: the same answer, no charge. */
  | { readonly kind: "cached"; readonly entry: Entry }
  /** INCONCLUSIVE, reason `holdout-spent`: the run that passed, or none, and all are used. */
  | { readonly kind: "spent"; readonly passed: number | null };

/** May these predictions be judged, and at which level? */
export function requestRun(ledger: Ledger, predictions: string): Request {
  const { terms, entries } = ledger;
  const entry = entries.find((e) => e.predictions === predictions);
  if (entry !== undefined) return { kind: "cached", entry };
  const pass = entries.find((e) => e.passed);
  if (terms.mode === "strict" && pass !== undefined) return { kind: "spent", passed: pass.run };
  if (entries.length >= terms.budget) return { kind: "spent", passed: null };
  const run = entries.length + 1;
  return { kind: "run", run, alpha: runAlpha(terms), shard: terms.mode === "shard" ? entries.length : null };
}

/**
 * Enters the answer of a run that `requestRun` allowed.
 * @param detail What was shown, as JSON data; not kept in strict mode.
 * @returns The ledger with the entry, and the line to append.
 * @throws LedgerError when the run was not allowed.
 */
export function recordRun(
  ledger: Ledger,
  predictions: string,
  passed: boolean,
  detail: unknown = null,
): { readonly ledger: Ledger; readonly entry: Entry; readonly line: string } {
  const request = requestRun(ledger, predictions);
  if (request.kind !== "run") throw new LedgerError(`ledger: no run is open for these predictions (${request.kind})`);
  const { terms, entries, head } = ledger;
  const kept = terms.mode === "strict" ? null : detail;
  const { run, alpha } = request;
  const entry = sealed({ run, predictions, alpha, passed, detail: kept, previous: head });
  return {
    ledger: { terms, entries: [...entries, entry], head: entry.hash },
    entry,
    line: `${JSON.stringify(entry)}\n`,
  };
}

function sealed(body: Omit<Entry, "hash">): Entry {
  const { run, predictions, alpha, passed, detail, previous } = body;
  const ordered = { run, predictions, alpha, passed, detail, previous };
  return { ...ordered, hash: fingerprint(JSON.stringify(ordered)) };
}

/**
 * Reads a ledger and checks every link.
 *
 * @param expected `head`: hash of the last line as it was known elsewhere; `terms`: those of the gate that is being run.
 * @throws LedgerError for a line that is cut off, changed, out of order, repeated, against the ledger's own rules, or that does not
 *   lead to the expected head; and for other terms.
 */
export function parseLedger(
  written: string,
  expected: { readonly head?: string; readonly terms?: Terms } = {},
): Ledger {
  const text = written.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n"); // editors and git put these in
  if (!text.endsWith("\n")) throw new LedgerError(`ledger: line ${text.split("\n").length} is cut off`);
  const [first, ...rest] = text.slice(0, -1).split("\n");
  let ledger = parseTerms(first);
  if (expected.terms !== undefined) requireTerms(ledger.terms, openLedger(expected.terms).ledger.terms);
  rest.forEach((line, i) => {
    ledger = { ...ledger, ...append(ledger, line, i + 2) };
  });
  if (expected.head !== undefined && expected.head !== ledger.head) {
    throw new LedgerError(
      `ledger: line ${rest.length + 1} should end in ${expected.head.slice(0, 12)}..., lines are missing or changed`,
    );
  }
  return ledger;
}

function parseTerms(line: string): Ledger {
  const parsed = parseLine(line, 1) as { ledger?: unknown; terms?: Terms };
  if (parsed.ledger !== 1 || typeof parsed.terms !== "object") {
    throw new LedgerError("ledger: line 1 is not the beginning of a ledger, version 1");
  }
  let opened: ReturnType<typeof openLedger>;
  try {
    opened = openLedger(parsed.terms);
  } catch (cause) {
    throw new LedgerError("ledger: line 1 has impossible terms", { cause });
  }
  if (opened.line !== `${line}\n`) throw new LedgerError("ledger: line 1 was changed");
  return opened.ledger;
}

/** The ledger with one more line. What the rules would not have written was not written by them. */
function append(ledger: Ledger, line: string, number: number): Pick<Ledger, "entries" | "head"> {
  const parsed = parseLine(line, number) as Entry;
  if (parsed.previous !== ledger.head)
    throw new LedgerError(`ledger: line ${number} does not follow line ${number - 1}`);
  const entry = sealed(parsed);
  if (JSON.stringify(entry) !== line) throw new LedgerError(`ledger: line ${number} was changed`);
  const request = requestRun(ledger, entry.predictions);
  if (request.kind !== "run" || request.run !== entry.run || request.alpha !== entry.alpha) {
    throw new LedgerError(`ledger: line ${number} is a run that was not allowed`);
  }
  return { entries: [...ledger.entries, entry], head: entry.hash };
}

function parseLine(line: string, number: number): object {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch (cause) {
    throw new LedgerError(`ledger: line ${number} is not JSON`, { cause });
  }
  throw new LedgerError(`ledger: line ${number} is not a record`);
}

function requireTerms(kept: Terms, wanted: Terms): void {
  for (const key of ["holdout", "baselines", "metric", "margin", "alpha", "budget", "mode"] as const) {
    const [was, is] = [kept[key], wanted[key]].map((value) => JSON.stringify(value));
    if (was !== is)
      throw new LedgerError(`ledger: it was opened with ${key} ${was}, this run has ${is}: start a new one`);
  }
}

/**
 * The rows of one shard: a fixed random part of the holdout, classes dealt evenly, groups kept whole.
 *
 * @param seed The holdout's fingerprint. @throws RangeError for a shard that does not exist.
 * @returns Row numbers, ascending; the shards are disjoint and cover all rows. Cost: O(rows).
 */
export function shardRows(
  rows: number,
  shards: number,
  shard: number,
  seed: string,
  { strata, groups }: { readonly strata?: Int32Array; readonly groups?: Int32Array } = {},
): Int32Array {
  if (!(Number.isInteger(shard) && shard >= 0 && shard < shards)) {
    throw new RangeError(`shardRows: shard must be 0 to ${shards - 1}, got ${shard}`);
  }
  const rng = seeded(`shards of ${seed}`);
  const units = rowsBy((row) => (groups === undefined || groups[row] < 0 ? -1 - row : groups[row]), rows);
  const order = rng.shuffle(Int32Array.from(units, (_, i) => i));
  // Dealing like cards, class after class, keeps both the sizes and the classes of the shards within one of each other.
  const dealt =
    groups === undefined && strata !== undefined
      ? order.sort((i, j) => strata[units[i][0]] - strata[units[j][0]])
      : order;
  const chosen: number[] = [];
  dealt.forEach((unit, place) => {
    if (place % shards === shard) chosen.push(...units[unit]);
  });
  return Int32Array.from(chosen).sort();
}
