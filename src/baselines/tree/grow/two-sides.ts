/**
 * Rows of a node in order of their targets, divided into a left and a right side: the weighted median of either side
 * and the absolute loss around it, kept up while rows move from right to left. Fenwick trees (Fenwick, "A new data
 * structure for cumulative frequency tables", Software: Practice and Experience 24, 1994) over all rows and over the
 * left ones; the right ones are the difference. A move and a median are O(log rows).
 */
export interface TwoSides {
  size: number;
  /** Targets in ascending order, weights, and their products (rounded so that they add up exactly). */
  readonly y: Float64Array;
  readonly w: Float64Array;
  readonly wy: Float64Array;
  readonly allW: Float64Array;
  readonly allWY: Float64Array;
  readonly leftW: Float64Array;
  readonly leftWY: Float64Array;
  /** Sums over all rows and over the left ones. */
  weight: number;
  sum: number;
  leftWeight: number;
  leftSum: number;
}

export interface Side {
  median: number;
  /** Sum of w |y - median|. */
  loss: number;
}

/** Room for up to `most` rows. */
export function newTwoSides(most: number): TwoSides {
  const array = (length: number): Float64Array => new Float64Array(length);
  return {
    size: 0,
    y: array(most),
    w: array(most),
    wy: array(most),
    allW: array(most + 1),
    allWY: array(most + 1),
    leftW: array(most + 1),
    leftWY: array(most + 1),
    weight: 0,
    sum: 0,
    leftWeight: 0,
    leftSum: 0,
  };
}

/** Takes up the first `size` entries of y, w and wy, all on the right. O(size). */
export function fillSides(sides: TwoSides, size: number): void {
  const { w, wy, allW, allWY } = sides;
  sides.size = size;
  sides.weight = 0;
  sides.sum = 0;
  for (let i = 0; i < size; i++) {
    allW[i + 1] = w[i];
    allWY[i + 1] = wy[i];
    sides.weight += w[i];
    sides.sum += wy[i];
  }
  for (let k = 1; k <= size; k++) {
    const parent = k + (k & -k);
    if (parent > size) continue;
    allW[parent] += allW[k];
    allWY[parent] += allWY[k];
  }
  allMoveRight(sides);
}

/** Puts all rows on the right. */
export function allMoveRight(sides: TwoSides): void {
  sides.leftW.fill(0, 0, sides.size + 1);
  sides.leftWY.fill(0, 0, sides.size + 1);
  sides.leftWeight = 0;
  sides.leftSum = 0;
}

/** Moves the row at a place in the order of targets to the left. */
export function moveLeft(sides: TwoSides, place: number): void {
  const { size, leftW, leftWY } = sides;
  const weight = sides.w[place];
  const product = sides.wy[place];
  sides.leftWeight += weight;
  sides.leftSum += product;
  for (let k = place + 1; k <= size; k += k & -k) {
    leftW[k] += weight;
    leftWY[k] += product;
  }
}

/** Median and loss of a side that has rows. The median is the lowest target with half of the weight at or below it. */
export function measureSide(sides: TwoSides, left: boolean, out: Side): void {
  const { size, y, allW, allWY, leftW, leftWY } = sides;
  const weight = left ? sides.leftWeight : sides.weight - sides.leftWeight;
  const sum = left ? sides.leftSum : sides.sum - sides.leftSum;
  let place = 0;
  let below = 0;
  let belowSum = 0;
  for (let step = 1 << (31 - Math.clz32(size)); step > 0; step >>= 1) {
    const k = place + step;
    if (k > size) continue;
    const more = left ? leftW[k] : allW[k] - leftW[k];
    if (below + more >= weight / 2) continue;
    place = k;
    below += more;
    belowSum += left ? leftWY[k] : allWY[k] - leftWY[k];
  }
  out.median = y[place];
  out.loss = out.median * (2 * below - weight) + sum - 2 * belowSum;
}

/** The weighted median of all rows; the middle of two where half of the weight is reached exactly between them. */
export function wholeMedian({ y, w, size, weight }: TwoSides): number {
  let below = w[0];
  let i = 0;
  while (i + 1 < size && below < weight / 2) below += w[++i];
  return below === weight / 2 && i + 1 < size ? y[i] / 2 + y[i + 1] / 2 : y[i];
}
