/**
 * Losses of generalised linear models, as functions of the margins (linear predictors) of a run of rows. A loss knows
 * the rows' targets and weights; everything about the columns is the caller's.
 */
export interface Loss {
  /** Margins a row. */
  readonly outputs: number;
  /** Sum of the row weights: objectives are means over it. */
  readonly weight: number;
  /**
   * Replaces margins by weighted slopes and returns the sum of the weighted losses.
   * @param margins rows x outputs, row by row.
   * @param first Place of the first of these rows among all rows of the loss.
   */
  slopes(margins: Float64Array, first: number, rows: number): number;
  /** Turns margins, in place, into what `curvatures` reads: once for all pairs of outputs. Absent: it reads margins. */
  ready?(margins: Float64Array, rows: number): void;
  /**
   * Writes weighted second derivatives: of output a twice when a = b (>= 0), else the *negative* of the mixed one (>= 0).
   * @param out One number a row. `margins` (made ready) are left alone.
   */
  curvatures(margins: Float64Array, first: number, rows: number, a: number, b: number, out: Float64Array): void;
  /** The loss of the rows at these places alone, each counting `factors` times. */
  take(places: Int32Array, factors: Float64Array): Loss;
}

function picked<T extends Float64Array | Int32Array>(values: T, places: Int32Array): T {
  const out = new (values.constructor as new (length: number) => T)(places.length);
  for (let i = 0; i < places.length; i++) out[i] = values[places[i]];
  return out;
}

function scaledWeights(weights: Float64Array | undefined, places: Int32Array, factors: Float64Array): Float64Array {
  const out = factors.slice();
  if (weights !== undefined) for (let i = 0; i < places.length; i++) out[i] *= weights[places[i]];
  return out;
}

export function totalWeight(rows: number, weights: Float64Array | undefined): number {
  if (weights === undefined) return rows;
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}

/** Half the squared error. */
export function squaredLoss(truth: Float64Array, weights?: Float64Array): Loss {
  return {
    outputs: 1,
    weight: totalWeight(truth.length, weights),
    slopes: (margins, first, rows) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const weight = weights === undefined ? 1 : weights[first + i];
        const error = margins[i] - truth[first + i];
        sum += weight * error * error;
        margins[i] = weight * error;
      }
      return sum / 2;
    },
    curvatures: (_, first, rows, _a, _b, out) => {
      for (let i = 0; i < rows; i++) out[i] = weights === undefined ? 1 : weights[first + i];
    },
    take: (places, factors) => squaredLoss(picked(truth, places), scaledWeights(weights, places, factors)),
  };
}

/** Logistic loss, ln(1 + exp(-+margin)); the margin is the log odds of `positive` = 1. */
export function logisticLoss(positive: Int32Array, weights?: Float64Array): Loss {
  return {
    outputs: 1,
    weight: totalWeight(positive.length, weights),
    slopes: (margins, first, rows) =>
      weights === undefined
        ? logisticSlopes(margins, positive, first, rows)
        : weightedLogisticSlopes(margins, positive, weights, first, rows),
    curvatures: (margins, first, rows, _a, _b, out) => {
      for (let i = 0; i < rows; i++) {
        const tail = Math.exp(-Math.abs(margins[i]));
        const variance = tail / ((1 + tail) * (1 + tail));
        out[i] = weights === undefined ? variance : weights[first + i] * variance;
      }
    },
    take: (places, factors) => logisticLoss(picked(positive, places), scaledWeights(weights, places, factors)),
  };
}

function logisticSlopes(margins: Float64Array, positive: Int32Array, first: number, rows: number): number {
  let sum = 0;
  let product = 1; // of 1 + exp(-|margin|), each at most 2: one logarithm for a whole panel of up to 256 rows
  for (let i = 0; i < rows; i++) {
    const margin = margins[i];
    const tail = Math.exp(-Math.abs(margin));
    product *= 1 + tail;
    const above = margin > 0 ? 1 / (1 + tail) : tail / (1 + tail);
    if (positive[first + i] === 1) {
      if (margin < 0) sum -= margin;
      margins[i] = margin > 0 ? -tail / (1 + tail) : above - 1;
    } else {
      if (margin > 0) sum += margin;
      margins[i] = above;
    }
  }
  return sum + Math.log(product);
}

function weightedLogisticSlopes(
  margins: Float64Array,
  positive: Int32Array,
  weights: Float64Array,
  first: number,
  rows: number,
): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights[first + i];
    const towards = positive[first + i] === 1 ? margins[i] : -margins[i]; // large is right
    const tail = Math.exp(-Math.abs(towards));
    sum += weight * (Math.log1p(tail) + (towards < 0 ? -towards : 0));
    const miss = towards > 0 ? tail / (1 + tail) : 1 / (1 + tail);
    margins[i] = positive[first + i] === 1 ? -weight * miss : weight * miss;
  }
  return sum;
}

/** Cross entropy of softmax probabilities; one margin a class. */
export function softmaxLoss(classes: number, codes: Int32Array, weights?: Float64Array): Loss {
  return {
    outputs: classes,
    weight: totalWeight(codes.length, weights),
    slopes: (margins, first, rows) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const at = i * classes;
        const code = codes[first + i];
        const weight = weights === undefined ? 1 : weights[first + i];
        const own = margins[at + code];
        sum += weight * (softmaxInPlace(margins, at, classes) - own);
        margins[at + code] -= 1;
        if (weight !== 1) for (let k = 0; k < classes; k++) margins[at + k] *= weight;
      }
      return sum;
    },
    ready: (margins, rows) => {
      for (let i = 0; i < rows; i++) softmaxInPlace(margins, i * classes, classes);
    },
    curvatures: (shares, first, rows, a, b, out) => {
      for (let i = 0; i < rows; i++) {
        const share = shares[i * classes + a];
        out[i] = a === b ? share * (1 - share) : share * shares[i * classes + b];
        if (weights !== undefined) out[i] *= weights[first + i];
      }
    },
    take: (places, factors) => softmaxLoss(classes, picked(codes, places), scaledWeights(weights, places, factors)),
  };
}

/** Replaces margins by probabilities, in place; returns the log of the sum of their exponentials. */
export function softmaxInPlace(margins: Float64Array, at: number, classes: number): number {
  let top = 0;
  for (let k = 1; k < classes; k++) if (margins[at + k] > margins[at + top]) top = k;
  const most = margins[at + top];
  let sum = 1; // of the exponentials of differences from the largest, whose own is 1
  for (let k = 0; k < classes; k++) if (k !== top) sum += margins[at + k] = Math.exp(margins[at + k] - most);
  const factor = 1 / sum;
  margins[at + top] = 1;
  for (let k = 0; k < classes; k++) margins[at + k] *= factor;
  return most + Math.log(sum);
}
