/** The contrast of two models, row by row: the columns n and q of n - θq, and what θ means on the scale of the margin. */
import { mean } from "../numeric/moments.ts";
import { roundingOf } from "../numeric/ties.ts";
import type { MarginSpec } from "./margin.ts";
import type { Measured } from "./measure.ts";
import type { Known } from "./units.ts";

export interface Columns {
  readonly n: Float64Array;
  /** Absent: 1 for every row. */
  readonly q?: Float64Array;
  readonly known: Known;
  readonly toGain: (theta: number) => number;
  readonly toTheta: (gain: number) => number;
  /** n and q of a row on which the models lose b and c. @param at Its place; -1: an average row. */
  readonly nOf: (b: number, c: number, at: number) => number;
  readonly qOf: (b: number, at: number) => number;
}

export const same = (x: number): number => x;

/** @param scratch As many numbers as there are rows, for n. */
export function columnsOf(
  baseline: Measured,
  challenger: Measured,
  kind: MarginSpec["kind"],
  scratch: Float64Array = new Float64Array(baseline.losses.length),
): Columns {
  const { best, base } = baseline;
  const { kind: link } = baseline.link;
  const linear = link === "identity" || link === "complement" || (link === "root" && kind === "relative");
  const [lineB, lineC] = linear ? [same, same] : [tangentOf(baseline), tangentOf(challenger)];
  const b = linear ? baseline.losses : baseline.losses.map((loss, i) => lineB(loss, base?.[i] ?? 1));
  const c = linear ? challenger.losses : challenger.losses.map((loss, i) => lineC(loss, challenger.base?.[i] ?? 1));
  const [meanB, meanC] = [b, c].map(meanOf);
  const n = scratch;
  const known = { n: subtract(b, c, n), size: Math.abs(meanB) + Math.abs(meanC) };
  const meanBase = base === undefined ? 1 : meanOf(base);
  const baseOf = (at: number): number => (base === undefined ? 1 : at < 0 ? meanBase : base[at]);
  const nOf = (lossB: number, lossC: number, at: number): number => lineB(lossB, baseOf(at)) - lineC(lossC, baseOf(at));
  if (kind === "relative") {
    // What the baseline leaves to gain: its distance to the perfect score.
    const distance = best === 0 ? b : b.map((loss, i) => loss - best * (base?.[i] ?? 1));
    const q = perfectBeside(distance, best === 0 ? meanB : mean(distance), known.size);
    const qOf = (lossB: number, at: number): number => lineB(lossB, baseOf(at)) - best * baseOf(at);
    const toBase = { n, q, known: { ...known, q: q === b ? meanB : mean(q) }, nOf, qOf };
    return link === "root"
      ? { ...toBase, toGain: (theta) => 1 - Math.sqrt(Math.max(0, 1 - theta)), toTheta: (gain) => 1 - (1 - gain) ** 2 }
      : { ...toBase, toGain: same, toTheta: same };
  }
  const ratio = linear && base !== undefined;
  return {
    n,
    ...(ratio ? { q: base } : {}),
    known,
    toGain: same,
    toTheta: same,
    nOf,
    qOf: (_, at) => (ratio ? baseOf(at) : 1),
  };
}

/** A loss that rounding alone could have left, beside losses of this size, is none: there is nothing that a gain could be a share of. */
export function perfectBeside(losses: Float64Array, usual: number, size: number): Float64Array {
  return usual <= roundingOf(size) ? new Float64Array(losses.length) : losses;
}

/** Means of losses, which every pair of a model asks for again. */
const means = new WeakMap<Float64Array, number>();

function meanOf(values: Float64Array): number {
  const known = means.get(values);
  if (known !== undefined) return known;
  const fresh = mean(values);
  means.set(values, fresh);
  return fresh;
}

/** a - b into `out`; returns the mean, taken from the first difference so that equal ones give exactly that. */
function subtract(a: Float64Array, b: Float64Array, out: Float64Array): number {
  const origin = a[0] - b[0];
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = a[i] - b[i];
    out[i] = d;
    sum += d - origin;
  }
  return origin + sum / a.length;
}

/** Takes row losses to values whose mean is the metric itself (or its negative, where it falls with the loss): the tangent at the mean loss. */
function tangentOf({ losses, base, link }: Measured): (loss: number, base: number) => number {
  const baseMean = base === undefined ? 1 : base.reduce((sum, x) => sum + x, 0) / base.length;
  const centreLoss = losses.reduce((sum, x) => sum + x, 0) / losses.length / baseMean;
  const slope = link.slope(centreLoss);
  const sign = slope < 0 ? -1 : 1;
  const centre = sign * link.of(centreLoss);
  return (loss, rowBase) => centre + (sign * slope * (loss - centreLoss * rowBase)) / baseMean;
}
