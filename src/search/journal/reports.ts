/** A fold's scores, block losses and effort as text, for what a single number cannot hold. */
import { NO_EFFORT, type Effort } from "../../numeric/effort.ts";
import type { Report } from "../trial.ts";
import { JournalError } from "./records.ts";

/** Does the report need more than its one score? */
export function needsPayload({ scores, blocks, effort }: Report): boolean {
  return scores.length > 1 || blocks !== undefined || effort !== undefined;
}

/** Scores in full precision, null for NaN; blocks as base64 of little-endian float64. */
export function encodeReport({ scores, blocks, effort }: Report): string {
  const list = scores.map((score) => (Number.isNaN(score) ? null : score));
  return JSON.stringify({ scores: list, ...(blocks && { blocks: blocks.map(toBase64) }), ...(effort && { effort }) });
}

/** @throws JournalError (`corrupt`) when the text is not what `encodeReport` writes. */
export function decodeReport(fold: number, text: string): Report {
  const value = JSON.parse(text) as { scores?: unknown; blocks?: unknown; effort?: unknown };
  const numbers = (list: unknown): list is (number | null)[] =>
    Array.isArray(list) && list.every((v) => v === null || typeof v === "number");
  const strings = (list: unknown): list is string[] => Array.isArray(list) && list.every((v) => typeof v === "string");
  const { scores, blocks, effort } = value;
  if (!numbers(scores) || !(blocks === undefined || strings(blocks)) || !(effort === undefined || isEffort(effort)))
    throw new JournalError("corrupt", `journal: the scores of fold ${fold} cannot be read: ${text.slice(0, 60)}`);
  return {
    fold,
    scores: scores.map((score) => score ?? Number.NaN),
    ...(blocks && { blocks: blocks.map(fromBase64) }),
    ...(effort && { effort }),
  };
}

function isEffort(value: unknown): value is Effort {
  if (typeof value !== "object" || value === null) return false;
  const counts = value as Record<string, unknown>;
  return Object.keys(NO_EFFORT).every((name) => Number.isSafeInteger(counts[name]) && (counts[name] as number) >= 0);
}

function toBase64(values: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) bytes.setFloat64(i * 8, values[i], true);
  return Buffer.from(bytes.buffer).toString("base64");
}

function fromBase64(text: string): Float64Array {
  const bytes = Buffer.from(text, "base64");
  return Float64Array.from({ length: bytes.length >> 3 }, (_, i) => bytes.readDoubleLE(i * 8));
}
