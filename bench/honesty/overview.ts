/** All studies with a promise in one table. */
import type { Table } from "../answer.ts";
import type { CellResult } from "./cell.ts";

/** A line for each study and promise: how often answers were wrong in its cells, on average and at the most. @param promised Cells that have one. */
export function overview(promised: readonly CellResult[]): Table {
  const kinds = Array.from(new Set(promised.map(({ study, bound }) => JSON.stringify([study, bound]))));
  const rows = kinds.map((kind) => {
    const [study, bound] = JSON.parse(kind) as [string, number];
    const cells = promised.filter((r) => r.study === study && r.bound === bound);
    const errors = cells.map(({ error }) => error);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const exceeded = cells.filter((r) => r.exceeded).length;
    const promise = cells[0].kind === "coverage" ? (1 - bound).toFixed(2) : `${bound}`;
    return [study, String(cells.length), mean.toFixed(3), Math.max(...errors).toFixed(3), promise, String(exceeded)];
  });
  const head = ["study", "cells", "wrong, mean", "wrong, most", "promised", "beyond chance"];
  return { caption: "Share of wrong answers where a bound is promised:", head, rows };
}
