import { spend } from "../effort.ts";
import type { Differentiable } from "../lbfgs.ts";
import type { Loss } from "./loss.ts";
import { cellsOf, panelRows, type Design } from "./panel.ts";
import { addGradient, margins } from "./row-pass.ts";

/**
 * The mean loss of a design's rows plus half of `l2` times the sum of squared coefficients (intercepts free).
 * Variables are the coefficients output by output, each beginning with its intercept: outputs x design.width.
 * Cost of a call: one pass over the rows for margins and gradient together, 2 x rows x columns x outputs.
 */
export function penalisedLoss(design: Design, loss: Loss, l2: number): Differentiable {
  const { width } = design;
  const { outputs } = loss;
  const row = width + 1; // the extra entry stays 0: it is what codes that are nowhere add
  const coefficients = new Float64Array(outputs * row);
  const sums = new Float64Array(outputs * row);
  const buffer = new Float64Array(panelRows(design.dense) * outputs);
  return (x, gradient) => {
    for (let k = 0; k < outputs; k++) coefficients.set(x.subarray(k * width, (k + 1) * width), k * row);
    sums.fill(0);
    let value = 0;
    for (let i = 0; i < design.panels; i++) value += panelPass(design, loss, i, coefficients, buffer, sums);
    value /= loss.weight;
    for (let k = 0; k < outputs; k++)
      for (let j = 0; j < width; j++) {
        const at = k * width + j;
        const penalty = j === 0 ? 0 : l2 * x[at];
        value += (penalty * x[at]) / 2;
        gradient[at] = sums[k * row + j] / loss.weight + penalty;
      }
    return value;
  };
}

function panelPass(
  design: Design,
  loss: Loss,
  index: number,
  coefficients: Float64Array,
  buffer: Float64Array,
  sums: Float64Array,
): number {
  const panel = design.panel(index);
  spend("cells", cellsOf(design, panel));
  const row = design.width + 1;
  const { outputs } = loss;
  for (let k = 0; k < outputs; k++) margins(design, panel, coefficients, k * row, buffer, k, outputs);
  const value = loss.slopes(buffer, panel.first, panel.rows);
  for (let k = 0; k < outputs; k++) addGradient(design, panel, buffer, k, outputs, sums, k * row);
  return value;
}
