import { encodedDesign } from "../../encode/row-design.ts";
import { encodedWidth, type Encoding } from "../../encode/encoding.ts";
import type { Rows, View } from "../../frame/dataset.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { FitError } from "../contract.ts";
import { prepareParts } from "../linear/training-set.ts";
import { evenlySpaced, trainingRows } from "../training-rows.ts";
import { repeatedRows } from "./repeated-rows.ts";

/** Rows for a package that takes no weights: a row of weight 2 comes twice. At most `most`, evenly spaced. */
export interface PlainRows {
  /** With repeats. */
  readonly rows: Rows;
  /** Distinct training rows among them, ascending. */
  readonly distinct: Rows;
  /** For the model's notes. */
  readonly notes: Readonly<Record<string, number>>;
}

/** @throws FitError as `trainingRows`. */
export function plainRows(name: string, view: View, most: number): PlainRows {
  const all = trainingRows(name, view);
  const training = evenlySpaced(all, most);
  const places = repeatedRows(training, most);
  const cut = all.rows.length > training.rows.length;
  return {
    rows: places.map((place) => training.rows[place]),
    distinct: training.rows,
    notes: cut ? { rowsUsed: training.rows.length, rowsGiven: all.rows.length } : {},
  };
}

export interface EncodedRows {
  readonly encoding: Encoding;
  /** One array a row: a 1, then the encoded columns. */
  readonly rows: readonly number[][];
}

/**
 * Rows encoded as for `linear` and `logistic` (medians and flags for gaps, standardised, a column a level), without
 * texts. @throws FitError when nothing varies, or for more than `widest` encoded columns: the packages take minutes.
 */
export function encodedRows(name: string, { data }: View, { rows, distinct }: PlainRows, widest: number): EncodedRows {
  const encoding = { ...prepareParts(name, data, [distinct]).trainingSet([0]).encoding, texts: [] };
  const width = encodedWidth(encoding);
  if (width === 0) throw new FitError(`${name}: needs a number or category column that varies, found none`);
  if (width > widest) throw new FitError(`${name}: takes at most ${widest} encoded columns, these are ${width}`);
  return { encoding, rows: laidOut(encodedDesign(data, rows, encoding)) };
}

function laidOut(design: Design): number[][] {
  const { width, dense, panels } = design;
  const out: number[][] = [];
  for (let p = 0; p < panels; p++) {
    const { rows, numbers, stride, numbersAt, codes, codeWidth, codesAt } = design.panel(p);
    for (let i = 0; i < rows; i++) {
      const row = Array.from<number>({ length: width }).fill(0);
      for (let j = 0; j < dense; j++) row[j] = numbers[numbersAt + i * stride + j];
      for (let c = 0; c < codeWidth; c++) {
        const column = codes[codesAt + i * codeWidth + c];
        if (column < width) row[column] = 1;
      }
      out.push(row);
    }
  }
  return out;
}
