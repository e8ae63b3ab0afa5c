import { levelTexts } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { columnsWith, type Check, type Known } from "./contract.ts";

/** Levels, classes, groups and ids that people would take for one. They are kept apart. */
export const lookAlikes: Check = {
  codes: ["similar-levels"],
  cost: "levels of up to 100,000 a column",
  find: (checked) => columnsWith(checked, "feature", "target", "group", "id").filter(isNamed).flatMap(similar),
};

const MOST = 100_000;
/** What texts may differ in and look alike, in words, and how to even it out. In this order. */
const WAYS: readonly (readonly [string, (text: string) => string])[] = [
  ["Unicode form", (text) => text.normalize("NFKC")],
  ["characters that cannot be seen", (text) => text.replace(/[\p{Cf}\p{Variation_Selector}]/gu, "")],
  ["case", (text) => text.toLowerCase()],
  ["blanks", (text) => text.replace(/\s+/g, " ").trim()],
  ["a dot at the end", (text) => text.replace(/(?<=.)\.$/, "")],
];

/** Categories; and of ids those that the user named: the others are left out. */
function isNamed({ column, schema }: Known): boolean {
  if (column.kind !== "text" || schema.distinct > MOST) return false;
  if (schema.role === "feature" || schema.role === "target") return schema.kind === "category";
  return schema.role === "group" || schema.reason === "as asked";
}

const WHAT = { feature: "levels", target: "classes", group: "groups", id: "ids" } as const;

function similar({ column, schema }: Known): Warning[] {
  if (column.kind !== "text") return [];
  const seen = new Map<string, string[]>();
  for (const text of levelTexts(column.levels)) {
    const key = evened(text);
    const twins = seen.get(key);
    if (twins === undefined) seen.set(key, [text]);
    else twins.push(text);
  }
  const twins = [...seen.values()].filter((texts) => texts.length > 1);
  if (twins.length === 0) return [];
  const [first] = twins;
  const shown = first.slice(0, 4).map(visible).join(" and ");
  return [
    {
      code: "similar-levels",
      column: column.name,
      message: `${WHAT[schema.role as keyof typeof WHAT]} of ${column.name} differ in ${differences(first)} alone: ${shown}${twins.length > 1 ? `, and ${twins.length - 1} more` : ""}; they are kept apart`,
      count: twins.length,
      evidence: { levels: first.slice(0, 20) },
    },
  ];
}

function evened(text: string, without = -1): string {
  return WAYS.reduce((so, [, even], i) => (i === without ? so : even(so)), text);
}

/** The ways in which some texts differ: those without which they would still. */
function differences(texts: readonly string[]): string {
  const ways = WAYS.flatMap(([way], i) => (new Set(texts.map((text) => evened(text, i))).size > 1 ? [way] : []));
  return ways.join(" and ");
}

/** In quotes, with codes for what cannot be seen. */
function visible(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cf}\p{Variation_Selector}]|[^\S ]/gu,
    (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
