/** A card for a table: what is known of it, and what only its owner knows. */
import type { Document, Section } from "./document/document.ts";
import type { Inspection } from "./inspection.ts";
import { classWords } from "./wording.ts";
import { counted, whole } from "../words/numbers.ts";

export function cardDocument({ source, target, columns, warnings }: Inspection, generated: string): Document {
  const features = columns.filter(({ role }) => role === "feature");
  const section = (id: string, title: string, blocks: Section["blocks"]): Section => ({
    id,
    title,
    serves: title,
    depth: "first",
    blocks,
  });
  return {
    title: source.name,
    answer: `${counted(source.rows, "row")}, ${counted(features.length, "feature")}; the target is ${target.name} (${target.task}${target.classes.length > 0 ? `: ${classWords(target.classes, 10)}` : ""}). The questions are for whoever knows the data; write the answers below them.`,
    sections: [
      section("rows", "Rows", [
        {
          kind: "list",
          items: [
            "What is one row, and who or what is it about?",
            "Can several rows be about the same person, machine or place? Which column says so?",
            "From when to when, and from where, were they collected? Who is missing?",
            "May the rows be used for this, and who may see them?",
          ],
        },
      ]),
      section("target", `Target: ${target.name}`, [
        {
          kind: "list",
          items: [
            `How is ${target.name} measured, how long after the row, and how often is it wrong?`,
            ...(target.missing > 0 ? [`Why is it missing in ${counted(target.missing, "row")}?`] : []),
            "What is done with a prediction, and what does a wrong one cost, in each direction?",
            "How large must a gain be to be worth a more complex model?",
          ],
        },
      ]),
      section("columns", "Columns", [
        {
          kind: "table",
          columns: [
            { head: "column" },
            { head: "kind" },
            { head: "used as" },
            { head: "missing", numeric: true },
            { head: "known before the prediction is needed?" },
          ],
          rows: columns.map(({ name, kind, role, missing }) => [name, kind, role, whole(missing), ""]),
        },
      ]),
      ...(warnings.length > 0
        ? [
            section("doubts", "Is this as it should be?", [
              { kind: "list", items: warnings.map(({ message }) => message) },
            ]),
          ]
        : []),
    ],
    provenance: [["made by", generated]],
  };
}
