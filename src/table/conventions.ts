/** What counts as missing, and how numbers are written, in one table. */
import { MISSING, MISSING_NUMBER } from "./markers.ts";
import type { ReadOptions } from "./options.ts";
import type { Origin } from "../frame/table.ts";

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
  /** Texts that are values, whatever they look like; and those of single columns only. */
  readonly kept: ReadonlySet<string>;
  readonly ownKept: ReadonlyMap<string, readonly string[]>;
  /** Columns that are not plain numbers stay texts: an earlier table says how they are read. */
  readonly plainOnly: boolean;
}

/**
 * @param names The table's columns: an entry `NAME=text` of `options.na` or `options.keepNa` speaks of that column alone.
 */
export function conventionsOf(options: ReadOptions, decimal: "." | ",", names: readonly string[]): Conventions {
  const known = new Set(names);
  const na = byColumn(options.na ?? [], known);
  const keep = byColumn(options.keepNa ?? [], known);
  const usual = options.defaultNa !== false;
  const kept = (texts: readonly string[]): string[] => texts.filter((text) => !keep.all.includes(text));
  return {
    missing: new Set([...(usual ? kept(MISSING) : []), ...na.all]),
    missingNumber: new Set([...(usual ? kept([...MISSING, ...MISSING_NUMBER]) : []), ...na.all]),
    sentinels: numbersIn(na.all),
    decimal,
    thousands: options.thousands ?? "",
    own: na.own,
    kept: new Set(keep.all),
    ownKept: keep.own,
    plainOnly: options.earlier !== undefined,
  };
}

/** Entries for all columns, and those of single ones. */
function byColumn(
  entries: readonly string[],
  known: ReadonlySet<string>,
): { readonly all: readonly string[]; readonly own: ReadonlyMap<string, readonly string[]> } {
  const all: string[] = [];
  const own = new Map<string, string[]>();
  for (const entry of entries) {
    const at = entry.lastIndexOf("=");
    const name = entry.slice(0, Math.max(0, at));
    if (at > 0 && known.has(name)) own.set(name, [...(own.get(name) ?? []), entry.slice(at + 1)]);
    else all.push(entry);
  }
  return { all, own };
}

/** The conventions of one column. */
export function conventionsFor(conventions: Conventions, name: string): Conventions {
  const own = conventions.own.get(name) ?? [];
  const kept = conventions.ownKept.get(name) ?? [];
  if (own.length === 0 && kept.length === 0) return conventions;
  const settled = (texts: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...[...texts].filter((text) => !kept.includes(text)), ...own]);
  return {
    ...conventions,
    missing: settled(conventions.missing),
    missingNumber: settled(conventions.missingNumber),
    sentinels: new Set([...conventions.sentinels, ...numbersIn(own)]),
    kept: new Set([...conventions.kept, ...kept]),
  };
}

function numbersIn(texts: readonly string[]): ReadonlySet<number> {
  const numbers = texts.filter((text) => text.trim() !== "").map((text) => Number(text.replace(",", ".")));
  return new Set(numbers.filter((number) => !Number.isNaN(number)));
}

/** The same, as a table tells them. @param found What its text showed, where it is a text. */
export function conventionFacts(
  { na = [], defaultNa = true, keepNa = [], thousands = "", decimal }: ReadOptions,
  found: Pick<Origin, "decimal" | "decimalSeen"> = { decimal: decimal ?? ".", decimalSeen: decimal !== undefined },
): Pick<Origin, "na" | "defaultNa" | "keepNa" | "thousands" | "decimal" | "decimalSeen"> {
  return { na, defaultNa, keepNa, thousands, decimal: found.decimal, decimalSeen: found.decimalSeen };
}
