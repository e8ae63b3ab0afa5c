/**
 * The search journal, line by line: Optuna's journal format (JSON records, one a line), so that Optuna and its dashboard
 * open it. Pure text in, records out, and back. Source: optuna/storages/journal/_storage.py, 5.0.0.
 */
import type { ParameterJSON } from "./distributions.ts";
import { StatedError } from "../../error.ts";

/** Of our own attributes in the journal; others are refused. 2: reports say what they took. */
export const JOURNAL_VERSION = 2;

export interface CreateStudy {
  readonly op_code: 0;
  readonly worker_id: string;
  readonly study_name: string;
  /** [1] minimize, [2] maximize. */
  readonly directions: readonly [1 | 2];
}

/** One study attribute a record; the last one of a name counts. */
export interface StudyAttribute {
  readonly op_code: 2;
  readonly worker_id: string;
  readonly study_id: 0;
  readonly user_attr: Readonly<Record<string, string>>;
}

export interface StudySystemAttribute {
  readonly op_code: 3;
  readonly worker_id: string;
  readonly study_id: 0;
  readonly system_attr: Readonly<Record<string, unknown>>;
}

export interface CreateTrial extends ParameterJSON {
  readonly op_code: 4;
  readonly worker_id: string;
  readonly study_id: 0;
  readonly datetime_start: string;
  readonly state: 0;
  readonly user_attrs: Readonly<Record<string, string>>;
  readonly system_attrs: Readonly<Record<string, never>>;
  readonly intermediate_values: Readonly<Record<string, never>>;
}

/** 1 complete, 2 pruned, 3 failed. */
export interface EndTrial {
  readonly op_code: 6;
  readonly worker_id: string;
  readonly trial_id: number;
  readonly state: 1 | 2 | 3;
  readonly values: readonly [number] | null;
  /** Repeated: Optuna's browser loader forgets it otherwise. */
  readonly datetime_start: string;
  readonly datetime_complete: string;
}

export interface Intermediate {
  readonly op_code: 7;
  readonly worker_id: string;
  readonly trial_id: number;
  readonly step: number;
  readonly intermediate_value: number;
}

export interface TrialAttribute {
  readonly op_code: 8;
  readonly worker_id: string;
  readonly trial_id: number;
  readonly user_attr: Readonly<Record<string, string>>;
}

export type JournalRecord =
  | CreateStudy
  | StudyAttribute
  | StudySystemAttribute
  | CreateTrial
  | EndTrial
  | Intermediate
  | TrialAttribute;

/** A journal that cannot be used: `kind` says in which way. */
export class JournalError extends StatedError {
  override readonly name = "JournalError";
  override readonly code = "journal";
  /**
   * `corrupt`: a line is not a record; `foreign`: another study's, or written by another program; `newer`, `older`: of a
   * version that this one does not read; `conflict`: somebody else is writing it; `unwritable`: the disk says no.
   */
  readonly kind: "corrupt" | "foreign" | "newer" | "older" | "conflict" | "unwritable";
  constructor(kind: JournalError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** One line, newline included. @throws JournalError when a number is not finite: JSON has no word for it. */
export function formatRecord(record: JournalRecord): string {
  return `${JSON.stringify(record, refuseNonFinite)}\n`;
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new JournalError("corrupt", `journal: ${key} must be finite, got ${value}`);
  return value;
}

export interface ParsedJournal {
  readonly records: readonly JournalRecord[];
  /** The text up to and including the last whole line. */
  readonly whole: string;
  /** What a killed writer left after it; empty when nothing. */
  readonly dropped: string;
}

/**
 * Reads a journal. A last line without its newline was cut off in writing and is dropped.
 * @throws JournalError (`corrupt`) that names the line when any other line is not a record.
 */
export function parseJournal(text: string): ParsedJournal {
  const end = text.lastIndexOf("\n") + 1;
  const whole = text.slice(0, end);
  const lines = whole
    .replace(/^\uFEFF/, "")
    .split("\n")
    .slice(0, -1); // a mark that editors put in
  return { records: lines.map(parseLine), whole, dropped: text.slice(end) };
}

function parseLine(line: string, index: number): JournalRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new JournalError("corrupt", `journal: line ${index + 1} is not JSON: ${line.slice(0, 60)}`);
  }
  if (typeof value !== "object" || value === null || !("op_code" in value) || typeof value.op_code !== "number")
    throw new JournalError("corrupt", `journal: line ${index + 1} is not a record: ${line.slice(0, 60)}`);
  return value as JournalRecord;
}
