import { allRows } from "../../frame/dataset.ts";
import { rowDesign } from "../../encode/row-design.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { rowSpace } from "../../numeric/glm/row-space.ts";

/** A design for models whose penalty is a sum of squares, and the way back from its coefficients to the encoded columns. */
export interface Compact {
  readonly design: Design;
  /** From one output's coefficients, intercept first, to those of the encoded columns. */
  readonly lift: (x: Float64Array) => Float64Array;
}

/** Row products take rows^2 numbers: up to this many rows. */
const MOST_ROWS = 1024;
/** With fewer columns than this, there is nothing to gain. */
const LEAST_COLUMNS = 256;

/** Whether rows are so few beside columns that as many coordinates as rows cost less. */
export function outnumbered(rows: number, columns: number): boolean {
  return rows <= MOST_ROWS && columns > rows && columns >= LEAST_COLUMNS;
}

/** The design itself, or where columns outnumber rows, its rows in as many coordinates as there are rows. */
export function compact(design: Design): Compact {
  if (!outnumbered(design.rows, design.width)) return { design, lift: (x) => x };
  const { columns, lift } = rowSpace(design);
  const { rows } = design;
  const dense = columns.map((values) => ({ values, centre: 0, factor: 1, gap: 0 }));
  return {
    design: rowDesign(allRows(rows), { dense, codes: [], indicators: 0 }),
    lift: (x) => {
      const out = lift(x.subarray(1));
      out[0] = x[0];
      return out;
    },
  };
}
