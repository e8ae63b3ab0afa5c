/** The forecast of a status quo that is a rule. */
import type { Dataset } from "../frame/dataset.ts";
import type { Source } from "../expression/references.ts";
import { levelTexts, type RawColumn, type Table } from "../frame/table.ts";

/** What the status quo's rule says of each row, where there is a rule; only then its language is loaded (9 MB). */
export async function withRule(data: Dataset, table: Table, rule: string | undefined): Promise<Dataset> {
  if (rule === undefined) return data;
  const { evaluateExpression } = await import("../expression/evaluate.ts");
  return { ...data, forecast: evaluateExpression(rule, table.columns.map(sourceOf), table.rows).column };
}

/** A column as read, for an expression. Texts of levels are made only when they are asked for. */
function sourceOf(column: RawColumn): Source {
  if (column.kind === "number") return { kind: "number", name: column.name, values: column.values };
  const { name, codes, levels } = column;
  let texts: readonly string[] | undefined;
  return {
    kind: "category",
    name,
    codes,
    get levels() {
      return (texts ??= levelTexts(levels));
    },
  };
}
