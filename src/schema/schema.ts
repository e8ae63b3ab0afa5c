/**
 * What the columns of a table mean: kinds, roles, target, task. Plain JSON: it is part of the benchmark and of a model,
 * and applied to another table it gives the same columns again.
 */
import type { Task } from "../frame/dataset.ts";
import { typesOf, type GivenKinds, type Kind, type ReadOptions } from "../table/options.ts";
import type { Warning } from "../frame/warning.ts";
import type { Notation } from "../frame/table.ts";
import type { ColumnProfile } from "./training-profile.ts";
import type { DateFormat, DatePart } from "./dates.ts";

/**
 * What a column is used for. `feature`: to predict from. `id`: names rows or entities; left out, but known. `dropped`:
 * says nothing (constant, row number). `ignored`: left out because asked. The others as their names say.
 */
export type Role = "feature" | "target" | "id" | "group" | "weight" | "forecast" | "ignored" | "dropped";

export interface ColumnSchema {
  readonly name: string;
  readonly kind: Kind;
  readonly role: Role;
  /** Why this kind and role, in words. */
  readonly reason: string;
  /** How the table held it: numbers, or texts. */
  readonly storage: "number" | "text";
  readonly missing: number;
  /** Distinct values; when `exact` is false there are at least so many. */
  readonly distinct: number;
  readonly exact: boolean;
  /** How its numbers were written, where that was not plain. */
  readonly notation?: Notation;
  /** Of a category or boolean feature: all its values, numeric ones first in order, then the others by code unit. */
  readonly levels?: readonly string[];
  /** Of a date or time. */
  readonly format?: DateFormat;
  /** Of a date or time feature: the number columns made of it. */
  readonly parts?: readonly DatePart[];
  /** What it held in the rows that were trained on. Absent before training, and for columns that are neither used nor constant. */
  readonly profile?: ColumnProfile;
}

export interface TargetSchema {
  readonly name: string;
  /** Why this column. */
  readonly reason: string;
  /** Nobody asked for it, and its name does not say it either. */
  readonly guessed?: true;
  readonly task: Task;
  readonly taskReason: string;
  /** In order, the positive one last; empty for regression. */
  readonly classes: readonly string[];
  /** Rows without a target. */
  readonly missing: number;
  /** Why nothing can be learnt from it, in one sentence; absent when it can. */
  readonly problem?: string;
}

export interface Schema {
  readonly version: 1;
  readonly rows: number;
  /** How another table of this kind is to be read. */
  readonly reading: {
    readonly na: readonly string[];
    readonly defaultNa: boolean;
    /** Texts that are values though they would mean missing; absent: none. */
    readonly keepNa?: readonly string[];
    readonly decimal: "." | ",";
    readonly thousands: string;
    /** Absent: it was no text. */
    readonly header?: boolean;
  };
  /** All columns of the table, in its order. */
  readonly columns: readonly ColumnSchema[];
  readonly target: TargetSchema;
  /** What orders the rows in time: a column, or `@row` for their order in the file. */
  readonly time?: string;
  readonly warnings: readonly Warning[];
}

/** How a table is read of which all this is said: ids as they are written, columns to be left out as they come. */
export function readingOf(options: ReadOptions & SchemaOptions): ReadOptions {
  const types = new Map([...typesOf(options)].filter(([, kind]) => kind !== "ignore"));
  if (options.id !== undefined && !types.has(options.id)) types.set(options.id, "id");
  return { ...options, types };
}

/** What the user says of the columns; everything else is inferred. Names that the table does not have are an error. */
export interface SchemaOptions {
  readonly target?: string;
  readonly task?: Task;
  /** The class to put last. */
  readonly positive?: string;
  /** Names rows in outputs. */
  readonly id?: string;
  /** Rows with the same value stay together in splits. */
  readonly group?: string;
  /** A column, or `@row`. */
  readonly time?: string;
  readonly weight?: string;
  /** What the status quo says of each row. */
  readonly ruleColumn?: string;
  readonly ignore?: readonly string[];
  /** Kinds by column name. A column whose kind is given is used as a feature unless it has another role. */
  readonly types?: GivenKinds;
}
