/** What a check is: it looks at a table and its schema and says what the owner should know. */
import type { RawColumn, Table } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
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
