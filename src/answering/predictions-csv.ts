import { csvCell, csvNumber, isFormula } from "../folder/table-file.ts";
import type { Predicted } from "./predict.ts";

/**
 * Predictions as CSV, in the form that `compare` takes: `row`, `prediction`, then `proba_<class>`.
 *
 * @param guarded Puts `'` before classes that a spreadsheet would run as formulas: a file for people then, not for `compare`.
 */
export function predictionsCsv({ prediction, answers, classes, table }: Predicted, guarded = false): string {
  const cell = (text: string): string => csvCell(guarded && isFormula(text) ? `'${text}` : text);
  const probabilities = prediction.kind === "probability" ? classes.map((name) => `proba_${name}`) : [];
  const lines = answers.map((answer, i) => {
    const shares = probabilities.map((_, k) => csvNumber(prediction.values[i * classes.length + k]));
    return [table.rowNumbers?.[i] ?? i, typeof answer === "number" ? csvNumber(answer) : cell(answer), ...shares].join(
      ",",
    );
  });
  return [["row", "prediction", ...probabilities].map(csvCell).join(","), ...lines, ""].join("\n");
}
