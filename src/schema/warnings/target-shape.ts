import type { RawNumbers } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { encodeTarget } from "../dataset/target.ts";
import { counted, percent, whole } from "../../words/numbers.ts";
import { inList, some } from "../../words/texts.ts";
import { targetOf, type Check, type Checked } from "./contract.ts";
import { edgesOf } from "./edges.ts";

const RARE_SHARE = 0.05;
const RARE_ROWS = 10;

/** A target that is harder to learn, or to score, than it seems. */
export const targetShape: Check = {
  codes: ["rare-class", "capped-target"],
  cost: "one pass over the target",
  find: (checked) => {
    if (checked.schema.target.problem !== undefined) return [];
    return checked.schema.target.task === "regression" ? capped(checked) : rare(checked);
  },
};

function rare(checked: Checked): Warning[] {
  const { table, schema } = checked;
  const target = encodeTarget(targetOf(checked).column, schema.target, table.rows, () => undefined);
  if (target.task === "regression") return [];
  const counts = new Int32Array(target.classes.length);
  for (const code of target.codes) if (code >= 0) counts[code]++;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const few = target.classes
    .map((name, code) => ({ name, count: counts[code] }))
    .filter(({ count }) => count < RARE_ROWS || count < RARE_SHARE * total)
    .toSorted((a, b) => a.count - b.count);
  if (few.length === 0) return [];
  const told = few.map(({ name, count }) => `${inList(name)} (${whole(count)}, ${percent(count / total)})`);
  return [
    {
      code: "rare-class",
      column: schema.target.name,
      message: `${few.length === 1 ? "a class has" : `${few.length} classes have`} few rows: ${some(told)}`,
      count: few.length,
      evidence: { classes: few.slice(0, 20).map(({ name }) => name), smallest: few[0].count },
    },
  ];
}

/** A continuous target that has one value at its end far too often: measured or recorded only up to there. */
function capped(checked: Checked): Warning[] {
  const { column, profile } = targetOf(checked);
  if (column.kind !== "number" || profile.distinct < 100) return [];
  const { values, name }: RawNumbers = column;
  const { min, minCount, max, maxCount } = edgesOf(values);
  const held = values.length - profile.missing;
  const usual = held / profile.distinct;
  const often = (count: number): boolean => count >= 0.005 * held && count >= 10 * usual;
  const found: Warning[] = [];
  const add = (value: number, count: number, end: string): void =>
    void found.push({
      code: "capped-target",
      column: name,
      message: `${counted(count, "row")} (${percent(count / held)}) with the ${end} target, ${value}: it seems to be cut off there, and models cannot see beyond`,
      count,
      evidence: { value, end },
    });
  if (often(maxCount)) add(max, maxCount, "largest");
  if (min !== 0 && often(minCount)) add(min, minCount, "smallest");
  return found;
}
