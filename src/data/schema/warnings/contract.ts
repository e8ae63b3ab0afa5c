/** What a check is: it looks at a table and its schema and says what the owner should know. */
import type { RawColumn, Table } from "../../table.ts";
import type { Warning } from "../../warning.ts";
import type { Profile } from "../profile.ts";
import type { ColumnSchema, Role, Schema } from "../schema.ts";

export interface Checked {
  readonly table: Table;
  /** Without its warnings. */
  readonly schema: Schema;
  /** Of the table's columns, in order. */
  readonly profiles: readonly Profile[];
}

/** A column with all that is known of it. */
export interface Known {
  readonly column: RawColumn;
  readonly schema: ColumnSchema;
  readonly profile: Profile;
}

export interface Check {
  /** The codes of the warnings it gives. */
  readonly codes: readonly string[];
  /** What it looks at, and how often. */
  readonly cost: string;
  find(checked: Checked): Warning[];
}

/** The columns with one of these roles, in order. */
export function columnsWith({ table, schema, profiles }: Checked, ...roles: readonly Role[]): Known[] {
  return table.columns
    .map((column, c) => ({ column, schema: schema.columns[c], profile: profiles[c] }))
    .filter((known) => roles.includes(known.schema.role));
}

/** The target's column. */
export function targetOf(checked: Checked): Known {
  return columnsWith(checked, "target")[0];
}

/** Names for a sentence: at most four of them. */
export function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A share in words. Neither little nor nearly all is rounded to nothing or all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "less than 0.1 %";
  if (share < 1 && share > 0.999) return "more than 99.9 %";
  return `${(100 * share).toFixed(share < 0.1 || (share > 0.9 && share < 1) ? 1 : 0)} %`;
}
