/** Pieces that the kinds' schemas share. Numbers are finite: JSON cannot hold the others. */
import * as v from "valibot";
import type { Fault, Notes } from "./contract.ts";

export const finite: v.GenericSchema<number> = v.pipe(v.number(), v.finite());
export const positive: v.GenericSchema<number> = v.pipe(finite, v.gtValue(0));
export const share: v.GenericSchema<number> = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Of rows, or a place: 0, 1, ... */
export const count: v.GenericSchema<number> = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const notes: v.GenericSchema<Notes> = v.pipe(
  v.custom<Notes>(areNotes, "wanted notes by name: texts, finite numbers, true or false"),
  v.metadata({ type: "object", additionalProperties: { type: ["string", "number", "boolean"] } }),
);

function areNotes(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (note) => typeof note === "string" || typeof note === "boolean" || Number.isFinite(note),
  );
}

/** What each number of a list must be. */
export interface Range {
  readonly low?: number;
  readonly high?: number;
  /** Whole numbers; default: any. */
  readonly whole?: true;
  /** Each larger than the one before. */
  readonly ascending?: true;
}

/** A list of numbers, checked in one go: models hold millions. */
export function numbers(range: Range = {}): v.GenericSchema<readonly number[]> {
  const { low, high, whole } = range;
  return v.pipe(
    v.custom<readonly number[]>(
      (list) => Array.isArray(list) && faultyPlace(list, range) < 0,
      ({ input }) => wanted(input, range),
    ),
    v.metadata({
      type: "array",
      items: {
        type: whole ? "integer" : "number",
        ...(low !== undefined && { minimum: low }),
        ...(high !== undefined && { maximum: high }),
      },
    }),
  );
}

/** The same as doubles. */
export function doubles(range: Range = {}): v.GenericSchema<readonly number[], Float64Array> {
  return v.pipe(
    numbers(range),
    v.transform((list) => Float64Array.from(list)),
  );
}

const LARGEST = 2 ** 31 - 1;

/** The same as 32-bit whole numbers. */
export function integers(range: Omit<Range, "whole"> = {}): v.GenericSchema<readonly number[], Int32Array> {
  return v.pipe(
    numbers({ low: -LARGEST, high: LARGEST, ...range, whole: true }),
    v.transform((list) => Int32Array.from(list)),
  );
}

function faultyPlace(list: readonly unknown[], { low, high, whole, ascending }: Range): number {
  const from = low ?? -Number.MAX_VALUE;
  const to = high ?? Number.MAX_VALUE;
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value !== "number" || !(value >= from && value <= to)) return i;
    if ((whole && !Number.isInteger(value)) || (ascending && i > 0 && value <= (list[i - 1] as number))) return i;
  }
  return -1;
}

function wanted(list: unknown, range: Range): string {
  const { low, high, whole, ascending } = range;
  const bounds = `${low === undefined ? "" : ` from ${low}`}${high === undefined ? "" : ` to ${high}`}`;
  const what = `wanted ${ascending ? "ascending " : ""}${whole ? "whole" : "finite"} numbers${bounds}`;
  if (!Array.isArray(list)) return `${what}, got ${shown(list)}`;
  const place = faultyPlace(list, range);
  return `${what}, got ${shown(list[place])} at place ${place}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 40 ? text : `${text.slice(0, 40)}...`;
}

/** A list must have so many entries. */
export function lengthFault(what: string, list: ArrayLike<unknown>, wanted: number): Fault {
  return list.length === wanted ? undefined : `${what}: wanted ${wanted} entries, got ${list.length}`;
}

/** The first fault of entries that are checked one by one. */
export function firstFault<T>(entries: Iterable<T>, faultIn: (entry: T, place: number) => Fault): Fault {
  let place = 0;
  for (const entry of entries) {
    const fault = faultIn(entry, place++);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
