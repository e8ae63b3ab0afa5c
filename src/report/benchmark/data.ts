/** What is wrong with the data: findings first, then every column. */
import type { Artifact, ColumnEntry } from "../artifact.ts";
import { paragraph, type Block, type Section, type Text } from "../document/document.ts";
import { counted, percent, whole } from "../../words/numbers.ts";
import { told } from "../findings/told.ts";
import { findingsOf } from "./muted.ts";
import { sharesOf } from "./shares.ts";

/** Columns of a table that people can look through; the artifact has the others. */
const MOST_COLUMNS = 200;
const NOTHING =
  "Looked for leaks of the target, identical rows on both sides of a split, groups and order in time, rare classes, odd cells and columns of no use: nothing to tell.";

export function dataSection(artifact: Artifact): Section {
  const { columns, dataset } = artifact;
  const { shown, muted } = findingsOf(artifact);
  const findings = told(shown);
  const found = findings.length === 0 ? "nothing found" : counted(findings.length, "finding");
  return {
    id: "data",
    title: `The data: ${found}${muted === 0 ? "" : ` (${muted} muted)`}`,
    serves: "Is there something in the table that makes these scores wrong?",
    depth: "first",
    blocks: [
      ...(findings.length === 0 ? [paragraph(NOTHING)] : []),
      ...findings.map(({ id, text }): Block => ({ kind: "finding", code: id, text })),
      {
        kind: "details",
        summary: `${counted(columns.length, "column")} as they were read`,
        blocks: [columnTable(columns, dataset.rows)],
      },
    ],
  };
}

function columnTable(columns: readonly ColumnEntry[], rows: number): Block {
  const shown = columns.slice(0, MOST_COLUMNS);
  const more = columns.length - shown.length;
  const cells = shown.map((column): readonly Text[] => [
    column.name,
    column.kind,
    column.role,
    sharesOf(column),
    column.missing === 0 ? "0" : `${whole(column.missing)} (${percent(column.missing / Math.max(1, rows))})`,
    whole(column.distinct),
    column.reason,
  ]);
  if (more > 0)
    cells.push([`... and ${counted(more, "more column", "more columns")} in benchmark.json`, "", "", "", "", "", ""]);
  return {
    kind: "table",
    columns: [
      { head: "name" },
      { head: "kind" },
      { head: "role" },
      { head: "training rows" },
      { head: "missing", numeric: true },
      { head: "distinct", numeric: true },
      { head: "why", drop: 1 },
    ],
    rows: cells,
  };
}
