/** All findings. A new one: a record in its group, with the next number of the group; numbers are never used again. */
import { challengers } from "./challengers.ts";
import { columns } from "./columns.ts";
import type { Finding, FindingGroup } from "./contract.ts";
import { newRows } from "./new-rows.ts";
import { reading } from "./reading.ts";
import { scores } from "./scores.ts";
import { splits } from "./splits.ts";
import { target } from "./target.ts";

export const findingGroups: readonly FindingGroup[] = [reading, columns, target, splits, scores, challengers, newRows];

const all: readonly Finding[] = findingGroups.flatMap(({ findings }) => findings);
const byCode: ReadonlyMap<string, Finding> = new Map(all.map((finding) => [finding.code, finding]));

/** What bears on the scores first, then splits, target, columns and reading; within these in their order. */
export function byBearing<T extends { readonly code: string }>(found: readonly T[]): readonly T[] {
  const bearing = ({ code }: T): number => groupOf.get(code) ?? -1;
  return found.toSorted((a, b) => bearing(b) - bearing(a));
}

/** The place of a finding's group. */
const groupOf: ReadonlyMap<string, number> = new Map(
  findingGroups.flatMap(({ findings }, group) => findings.map(({ code }) => [code, group] as const)),
);

/** The number of a finding; its code where it has none, as those of other versions may. */
export function findingId(code: string): string {
  return byCode.get(code)?.id ?? code;
}

/** What findings are called. */
export const findingCodes: readonly string[] = all.map(({ code }) => code);

/** The finding of that number or code, in any case. */
export function findFinding(name: string): Finding | undefined {
  const wanted = name.toLowerCase();
  return all.find(({ id, code }) => id.toLowerCase() === wanted || code === wanted);
}
