/** What an answer of their own gains for rows of one side of a question, and for every cut of a column's bins. */

/** Bins of a column, the missing ones aside. */
export const MOST_BINS = 64;

/** `x log x`, 0 at 0: of whole numbers from a table, as logarithms are most of the work; absent: reckoned. */
export function timesLog(table: Float64Array | undefined, x: number): number {
  if (table !== undefined) return table[x];
  return x > 0 ? x * Math.log(x) : 0;
}

/** The sum of squares about the mean, from weight, sum and sum of squares. */
export function squaresAbout(weight: number, sum: number, squares: number): number {
  return weight > 0 ? Math.max(0, squares - sum ** 2 / weight) : 0;
}

/** Billionths of `before`: whole, so that rounding makes and breaks no ties. */
function billionths(before: number, after: number): number {
  return Math.round(((before - after) / before) * 1e9);
}

/** See `Evidence.gain`: of rows with these sums of a quantity. */
export function valueGain(
  weight: number,
  sum: number,
  squares: number,
  whole: Float64Array,
  before: number,
  cover: number,
): number {
  const rest = whole[0] - weight;
  if (weight < cover || rest < cover) return 0;
  const own = squaresAbout(weight, sum, squares);
  return billionths(before, own + squaresAbout(rest, whole[1] - sum, whole[2] - squares));
}

/** See `Evidence.gain`: of rows with these weights of the classes. */
export function classGain(
  table: Float64Array | undefined,
  inside: Float64Array,
  whole: Float64Array,
  before: number,
  cover: number,
): number {
  let own = 0;
  let rest = 0;
  for (let k = 0; k < inside.length; k++) {
    own += inside[k];
    rest += whole[k] - inside[k];
  }
  if (own < cover || rest < cover) return 0;
  let ownLoss = timesLog(table, own);
  let restLoss = timesLog(table, rest);
  for (let k = 0; k < inside.length; k++) {
    ownLoss -= timesLog(table, inside[k]);
    restLoss -= timesLog(table, whole[k] - inside[k]);
  }
  return billionths(before, ownLoss + restLoss);
}

/** See `Evidence.mostGain`. */
export function valueMost(sums: Float64Array, bins: number, whole: Float64Array, before: number): number {
  let [weight, sum, squares] = whole; // less those that are asked about
  let after = 0;
  for (let b = 0; b < 3 * bins; b += 3) {
    after += squaresAbout(sums[b], sums[b + 1], sums[b + 2]);
    weight -= sums[b];
    sum -= sums[b + 1];
    squares -= sums[b + 2];
  }
  return billionths(before, after + squaresAbout(weight, sum, squares)) + 1; // whatever rounding does
}

/** See `Evidence.mostGain`. */
export function classMost(
  table: Float64Array | undefined,
  sums: Float64Array,
  bins: number,
  whole: Float64Array,
  before: number,
): number {
  const classes = whole.length;
  let after = 0;
  let asked = 0;
  for (let i = 0; i < bins * classes; i += classes) {
    let weight = 0;
    for (let k = i; k < i + classes; k++) {
      if (sums[k] === 0) continue;
      weight += sums[k];
      after -= timesLog(table, sums[k]);
    }
    if (weight > 0) after += timesLog(table, weight);
    asked += weight;
  }
  let beyond = -asked;
  for (let k = 0; k < classes; k++) {
    let own = whole[k];
    for (let i = k; i < bins * classes; i += classes) own -= sums[i];
    beyond += whole[k];
    after -= timesLog(table, own);
  }
  return billionths(before, after + timesLog(table, beyond)) + 1; // whatever rounding does
}

/** See `Evidence.cutGains`; writes them to `out`. */
export function valueCuts(
  out: Int32Array,
  sums: Float64Array,
  bins: number,
  whole: Float64Array,
  before: number,
  cover: number,
): void {
  let w = 0;
  let s = 0;
  let q = 0;
  for (let b = 0; b < 3 * bins; b += 3) {
    w += sums[b];
    s += sums[b + 1];
    q += sums[b + 2];
  }
  let below = 0;
  let belowSum = 0;
  let belowSquares = 0;
  for (let b = 0; b + 1 < bins; b++) {
    const from = 3 * b;
    const weight = sums[from];
    if (b > 0 && weight === 0) {
      out[2 * b] = out[2 * b - 2];
      out[2 * b + 1] = out[2 * b - 1];
      continue;
    }
    w -= weight;
    s -= sums[from + 1];
    q -= sums[from + 2];
    below += weight;
    belowSum += sums[from + 1];
    belowSquares += sums[from + 2];
    out[2 * b] = valueGain(below, belowSum, belowSquares, whole, before, cover);
    out[2 * b + 1] = valueGain(w, s, q, whole, before, cover);
  }
}

/**
 * See `Evidence.cutGains`; writes them to `out`. What each side costs is kept, and changed by the classes that a bin has.
 */
export function classCuts(
  out: Int32Array,
  table: Float64Array | undefined,
  sums: Float64Array,
  bins: number,
  whole: Float64Array,
  before: number,
  cover: number,
): void {
  const classes = whole.length;
  const below = new Float64Array(classes);
  const above = new Float64Array(classes);
  for (let i = 0; i < bins * classes; i += classes) for (let k = 0; k < classes; k++) above[k] += sums[i + k];
  // Sums over the classes: the weight, and x log x, of those below, those above, and what the whole has beyond either.
  let total = 0;
  let aboveWeight = 0;
  let belowLogs = 0;
  let beyondBelow = 0;
  let aboveLogs = 0;
  let beyondAbove = 0;
  for (let k = 0; k < classes; k++) {
    total += whole[k];
    aboveWeight += above[k];
    beyondBelow += timesLog(table, whole[k]);
    aboveLogs += timesLog(table, above[k]);
    beyondAbove += timesLog(table, whole[k] - above[k]);
  }
  const gain = (own: number, ownLogs: number, restLogs: number): number => {
    const rest = total - own;
    if (own < cover || rest < cover) return 0;
    return billionths(before, timesLog(table, own) + timesLog(table, rest) - ownLogs - restLogs);
  };
  let belowWeight = 0;
  for (let b = 0; b + 1 < bins; b++) {
    for (let k = 0, i = b * classes; k < classes; k++, i++) {
      const more = sums[i];
      if (more === 0) continue;
      belowLogs -= timesLog(table, below[k]);
      beyondBelow -= timesLog(table, whole[k] - below[k]);
      aboveLogs -= timesLog(table, above[k]);
      beyondAbove -= timesLog(table, whole[k] - above[k]);
      below[k] += more;
      above[k] -= more;
      belowWeight += more;
      aboveWeight -= more;
      belowLogs += timesLog(table, below[k]);
      beyondBelow += timesLog(table, whole[k] - below[k]);
      aboveLogs += timesLog(table, above[k]);
      beyondAbove += timesLog(table, whole[k] - above[k]);
    }
    out[2 * b] = gain(belowWeight, belowLogs, beyondBelow);
    out[2 * b + 1] = gain(aboveWeight, aboveLogs, beyondAbove);
  }
}
