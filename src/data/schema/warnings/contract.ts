/** What a check is: it looks at a table and its schema and says what the owner should know. */
import type { Table } from "../../table.ts";
import type { Warning } from "../../warning.ts";
import type { Profile } from "../profile.ts";
import type { Schema } from "../schema.ts";

export interface Checked {
  readonly table: Table;
  /** Without its warnings. */
  readonly schema: Schema;
  /** Of the table's columns, in order. */
  readonly profiles: readonly Profile[];
}

export interface Check {
  /** The codes of the warnings it gives. */
  readonly codes: readonly string[];
  /** What it costs: passes over rows, samples. */
  readonly cost: string;
  find(checked: Checked): Warning[];
}
