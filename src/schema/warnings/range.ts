import type { Warning } from "../../frame/warning.ts";
import { counted } from "../../words/numbers.ts";
import type { NumberProfile } from "../profile.ts";
import { columnsWith, type Check } from "./contract.ts";

/** Numbers that a dataset cannot hold as they are. */
export const range: Check = {
  codes: ["infinite-values", "clipped-values"],
  cost: "counts already made",
  find: (checked) =>
    columnsWith(checked, "feature", "target")
      .filter(({ profile, schema }) => profile.kind === "number" && schema.kind === "number")
      .flatMap(({ column: { name }, profile }) => found(name, profile as NumberProfile)),
};

function found(name: string, { infinite, clipped }: NumberProfile): Warning[] {
  const warnings: Warning[] = [];
  if (infinite > 0)
    warnings.push({
      code: "infinite-values",
      column: name,
      message: `${counted(infinite, "infinite cell")} of ${name} read as missing`,
      count: infinite,
    });
  if (clipped > 0)
    warnings.push({
      code: "clipped-values",
      column: name,
      message: `${counted(clipped, "value")} of ${name} beyond 1e100 clipped to it`,
      count: clipped,
    });
  return warnings;
}
