/** Which character marks decimals in the plain numbers of a file. */
import { counted } from "../../words/numbers.ts";
import { isCommaNumber } from "./cell-kind.ts";
import type { Found } from "./delimiter.ts";

const POINT = /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/;
const GROUPS = /^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/;

export interface FoundDecimal extends Found<"." | ","> {
  /** Cells show this mark, and none shows the other. */
  readonly seen: boolean;
}

/**
 * A comma when cells have decimal commas and more of them than decimal points. Groups of three digits (1,234) are no
 * evidence either way, nor are cells with two marks.
 *
 * @param records Cells of data records. @param otherwise Taken where no cell tells.
 */
export function detectDecimal(records: readonly (readonly string[])[], otherwise: "." | "," = "."): FoundDecimal {
  let commas = 0;
  let points = 0;
  let example = "";
  for (const record of records)
    for (const cell of record) {
      if (GROUPS.test(cell)) continue;
      if (POINT.test(cell)) points++;
      else if (cell.includes(",") && isCommaNumber(cell)) {
        commas++;
        example ||= cell;
      }
    }
  const seen = commas === 0 || points === 0;
  if (commas > points) return { value: ",", reason: `${counted(commas, "cell")} of the head such as ${example}`, seen };
  if (points > 0) return { value: ".", reason: `${counted(points, "cell")} of the head`, seen };
  return { value: otherwise, reason: "no decimals in the head", seen: false };
}
