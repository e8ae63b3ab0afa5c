import { spend } from "../effort.ts";
import type { Differentiable } from "../lbfgs.ts";
import type { Loss } from "./loss.ts";
import { cellsOf, panelRows, type Design, type Panel } from "./panel.ts";
import { addDenseGradient, addGradient, denseMargins, margins } from "./row-pass.ts";
import { addGradients, addMargins, fours } from "./side-by-side.ts";

/**
 * The mean loss of a design's rows plus half of `l2` times the sum of squared coefficients (intercepts free).
 * Variables are the coefficients output by output, each beginning with its intercept: outputs x design.width.
 * Cost of a call: one pass over the rows for margins and gradient together, 2 x rows x columns x outputs.
 */
export function penalisedLoss(design: Design, loss: Loss, l2: number): Differentiable {
  const { width, dense } = design;
  const { outputs } = loss;
  const passes = outputs > 1 && width > dense ? sideBySide(design, outputs) : outputByOutput(design, outputs);
  const buffer = new Float64Array(panelRows(dense) * outputs + 3);
  return (x, gradient) => {
    passes.begin(x);
    let value = 0;
    for (let i = 0; i < design.panels; i++) {
      const panel = design.panel(i);
      spend("cells", cellsOf(design, panel));
      passes.margins(panel, buffer);
      value += loss.slopes(buffer, panel.first, panel.rows);
      passes.addGradient(panel, buffer);
    }
    passes.end(gradient);
    value /= loss.weight;
    for (let k = 0; k < outputs; k++)
      for (let j = 0; j < width; j++) {
        const at = k * width + j;
        const penalty = j === 0 ? 0 : l2 * x[at];
        value += (penalty * x[at]) / 2;
        gradient[at] = gradient[at] / loss.weight + penalty;
      }
    return value;
  };
}

/** Passes over panels with the coefficients of one call. */
interface Passes {
  readonly begin: (x: Float64Array) => void;
  /** Output k of row i goes to `i * outputs + k`. */
  readonly margins: (panel: Panel, out: Float64Array) => void;
  readonly addGradient: (panel: Panel, slopes: Float64Array) => void;
  /** Writes the sums of the gradient over the panels since the beginning. */
  readonly end: (gradient: Float64Array) => void;
}

function outputByOutput(design: Design, outputs: number): Passes {
  const { width } = design;
  const row = width + 1; // the extra entry stays 0: it is what codes that are nowhere add
  const coefficients = new Float64Array(outputs * row);
  const sums = new Float64Array(outputs * row);
  return {
    begin: (x) => {
      for (let k = 0; k < outputs; k++) coefficients.set(x.subarray(k * width, (k + 1) * width), k * row);
      sums.fill(0);
    },
    margins: (panel, out) => {
      for (let k = 0; k < outputs; k++) margins(design, panel, coefficients, k * row, out, k, outputs);
    },
    addGradient: (panel, slopes) => {
      for (let k = 0; k < outputs; k++) addGradient(design, panel, slopes, k, outputs, sums, k * row);
    },
    end: (gradient) => {
      for (let k = 0; k < outputs; k++) gradient.set(sums.subarray(k * row, k * row + width), k * width);
    },
  };
}

/** Dense columns output by output, all others for several outputs at a time. */
function sideBySide(design: Design, outputs: number): Passes {
  const { width, dense } = design;
  const stride = fours(outputs);
  const coefficients = new Float64Array(outputs * dense);
  const sums = new Float64Array(outputs * dense);
  const beside = new Float64Array((width + 1) * stride);
  const besideSums = new Float64Array((width + 1) * stride);
  return {
    begin: (x) => {
      for (let k = 0; k < outputs; k++) {
        coefficients.set(x.subarray(k * width, k * width + dense), k * dense);
        for (let j = dense; j < width; j++) beside[j * stride + k] = x[k * width + j];
      }
      sums.fill(0);
      besideSums.fill(0);
    },
    margins: (panel, out) => {
      for (let k = 0; k < outputs; k++) denseMargins(dense, panel, coefficients, k * dense, out, k, outputs);
      addMargins(design, panel, beside, out, outputs);
    },
    addGradient: (panel, slopes) => {
      for (let k = 0; k < outputs; k++) addDenseGradient(dense, panel, slopes, k, outputs, sums, k * dense);
      addGradients(design, panel, slopes, besideSums, outputs);
    },
    end: (gradient) => {
      for (let k = 0; k < outputs; k++) {
        gradient.set(sums.subarray(k * dense, (k + 1) * dense), k * width);
        for (let j = dense; j < width; j++) gradient[k * width + j] = besideSums[j * stride + k];
      }
    },
  };
}
