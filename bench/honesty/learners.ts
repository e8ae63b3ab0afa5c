/** Small learners of one feature, for cross-validation worlds in which two recipes are exchangeable. */

/** Fits on the given rows and predicts the others. */
export interface Learner {
  readonly name: string;
  /** Predicted numbers, or probabilities of class 1. */
  predict(x: Float64Array, y: Float64Array, train: Int32Array, test: Int32Array): Float64Array;
}

/** The mean, or the share of class 1. */
export const constant: Learner = {
  name: "constant",
  predict: (_, y, train, test) => new Float64Array(test.length).fill(sumOver(train, (i) => y[i]) / train.length),
};

const sumOver = (rows: Int32Array, f: (i: number) => number): number => rows.reduce((sum, i) => sum + f(i), 0);

export const leastSquares: Learner = {
  name: "least squares",
  predict: (x, y, train, test) => {
    const [mx, my] = [sumOver(train, (i) => x[i]) / train.length, sumOver(train, (i) => y[i]) / train.length];
    const slope = sumOver(train, (i) => (x[i] - mx) * (y[i] - my)) / sumOver(train, (i) => (x[i] - mx) ** 2);
    return Float64Array.from(test, (i) => my + slope * (x[i] - mx));
  },
};

/** Newton's method with a touch of ridge, so that separable samples stay finite. */
export const logistic: Learner = {
  name: "logistic regression",
  predict: (x, y, train, test) => {
    let [a, b] = [0, 0];
    for (let step = 0; step < 12; step++) {
      let [ga, gb, haa, hab, hbb] = [0, -1e-3 * b, 0, 0, 1e-3];
      for (const i of train) {
        const p = 1 / (1 + Math.exp(-(a + b * x[i])));
        const w = Math.max(p * (1 - p), 1e-9);
        ga += y[i] - p;
        gb += (y[i] - p) * x[i];
        haa += w;
        hab += w * x[i];
        hbb += w * x[i] * x[i];
      }
      const det = haa * hbb - hab * hab;
      a += (hbb * ga - hab * gb) / det;
      b += (haa * gb - hab * ga) / det;
    }
    return Float64Array.from(test, (i) => 1 / (1 + Math.exp(-(a + b * x[i]))));
  },
};

export const nearest: Learner = {
  name: "1 nearest neighbour",
  predict: (x, y, train, test) =>
    Float64Array.from(test, (i) => {
      let best = train[0];
      for (const j of train) if (Math.abs(x[j] - x[i]) < Math.abs(x[best] - x[i])) best = j;
      return y[best];
    }),
};

/** A regression tree on one feature: splits while both sides keep 5 rows and the squared error falls by 5 %. */
export const tree: Learner = {
  name: "tree",
  predict: (x, y, train, test) => {
    const sorted = train.slice().sort((i, j) => x[i] - x[j]);
    const cuts: number[] = [];
    const values: number[] = [];
    const grow = (from: number, to: number): void => {
      const split = bestSplit(x, y, sorted, from, to);
      if (split === undefined) {
        values.push(sumOver(sorted.subarray(from, to), (i) => y[i]) / (to - from));
        return;
      }
      grow(from, split);
      cuts.push((x[sorted[split - 1]] + x[sorted[split]]) / 2);
      grow(split, to);
    };
    grow(0, sorted.length);
    return Float64Array.from(test, (i) => values[cuts.filter((cut) => cut < x[i]).length]);
  },
};

function bestSplit(x: Float64Array, y: Float64Array, sorted: Int32Array, from: number, to: number): number | undefined {
  const part = sorted.subarray(from, to);
  const [n, total] = [part.length, sumOver(part, (i) => y[i])];
  const spread = sumOver(part, (i) => (y[i] - total / n) ** 2);
  let left = 0;
  let best: number | undefined;
  let gain = 0.05 * spread;
  for (let k = 1; k < n; k++) {
    left += y[part[k - 1]];
    if (k < 5 || n - k < 5 || x[part[k]] === x[part[k - 1]]) continue;
    const now = (left * left) / k + (total - left) ** 2 / (n - k) - (total * total) / n;
    if (now > gain) [gain, best] = [now, from + k];
  }
  return best;
}
