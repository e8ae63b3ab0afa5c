/** What counts as missing, and how numbers are written, in one table. */
import { MISSING, MISSING_NUMBER } from "./markers.ts";
import type { ReadOptions } from "./options.ts";
import type { Origin } from "../table.ts";

export interface Conventions {
  /** Texts that mean missing in every column. */
  readonly missing: ReadonlySet<string>;
  /** Texts that mean missing among numbers: those above and more. */
  readonly missingNumber: ReadonlySet<string>;
  /** Numbers that mean missing. */
  readonly sentinels: ReadonlySet<number>;
  readonly decimal: "." | ",";
  /** Empty: found out column by column. */
  readonly thousands: string;
  /** What means missing in single columns only. */
  readonly own: ReadonlyMap<string, readonly string[]>;
  /** Columns that are not plain numbers stay texts: an earlier table says how they are read. */
  readonly plainOnly: boolean;
}

/**
 * @param names The table's columns: an entry `NAME=text` of `options.na` speaks of that column alone.
 */
export function conventionsOf(options: ReadOptions, decimal: "." | ",", names: readonly string[]): Conventions {
  const known = new Set(names);
  const all: string[] = [];
  const own = new Map<string, string[]>();
  for (const entry of options.na ?? []) {
    const at = entry.lastIndexOf("=");
    const name = entry.slice(0, Math.max(0, at));
    if (at > 0 && known.has(name)) own.set(name, [...(own.get(name) ?? []), entry.slice(at + 1)]);
    else all.push(entry);
  }
  const usual = options.defaultNa !== false;
  return {
    missing: new Set([...(usual ? MISSING : []), ...all]),
    missingNumber: new Set([...(usual ? [...MISSING, ...MISSING_NUMBER] : []), ...all]),
    sentinels: numbersIn(all),
    decimal,
    thousands: options.thousands ?? "",
    own,
    plainOnly: options.earlier !== undefined,
  };
}

/** The conventions of one column. */
export function conventionsFor(conventions: Conventions, name: string): Conventions {
  const own = conventions.own.get(name);
  if (own === undefined) return conventions;
  return {
    ...conventions,
    missing: new Set([...conventions.missing, ...own]),
    missingNumber: new Set([...conventions.missingNumber, ...own]),
    sentinels: new Set([...conventions.sentinels, ...numbersIn(own)]),
  };
}

function numbersIn(texts: readonly string[]): ReadonlySet<number> {
  const numbers = texts.filter((text) => text.trim() !== "").map((text) => Number(text.replace(",", ".")));
  return new Set(numbers.filter((number) => !Number.isNaN(number)));
}

/** The same, as a table tells them. @param found What its text showed, where it is a text. */
export function conventionFacts(
  { na = [], defaultNa = true, thousands = "", decimal }: ReadOptions,
  found: Pick<Origin, "decimal" | "decimalSeen"> = { decimal: decimal ?? ".", decimalSeen: decimal !== undefined },
): Pick<Origin, "na" | "defaultNa" | "thousands" | "decimal" | "decimalSeen"> {
  return { na, defaultNa, thousands, decimal: found.decimal, decimalSeen: found.decimalSeen };
}
