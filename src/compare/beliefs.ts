/**
 * The spread that the models' own probabilities lead one to expect. A mean of row losses is settled by its rarest and largest
 * ones, and a sample that happens to hold none of them looks safe. How rare and how large they may be is told by the answers:
 * of each row, both models say how probable every label is, and each label has its contrast. While the gain is in doubt, the
 * truth is taken to lie half-way between the two models; the second and third moments of the contrast under that mixture know
 * of mistakes that nobody has seen yet. Bounds are taken with moments between what was seen and these: all of the way gives
 * away power, none of it errs. A third of the way holds the bound that justifies; the one that rules a gain out takes half
 * (measured by `bench/honesty`, docs/error-rates.md).
 */
import type { Columns } from "./columns.ts";
import type { Measured } from "./measure.ts";
import { contrastAt, unitMoments, type UnitMoments } from "./units.ts";

const LOWER = 1 / 3;
const UPPER = 1 / 2;

type Reckon = (moments: UnitMoments) => UnitMoments;
type Spread = Pick<UnitMoments, "second" | "third">;

/**
 * What turns moments that were seen into those that the lower and the upper bound are taken with; undefined where no labels'
 * losses are averaged, or where the beliefs, at this gain, leave less spread than was seen.
 * Cost: O(rows x classes).
 */
export function believing(
  baseline: Measured,
  challenger: Measured,
  columns: Columns,
  theta: number,
): { readonly lower: Reckon; readonly upper: Reckon } | undefined {
  const seen = unitMoments(columns.n, columns.q, undefined, columns.known);
  const believed = believedSpread(baseline, challenger, columns, seen.about);
  if (believed === undefined) return undefined;
  if (!(contrastAt({ ...seen, ...believed }, theta).sd > contrastAt(seen, theta).sd)) return undefined;
  return { lower: towards(seen, believed, LOWER), upper: towards(seen, believed, UPPER) };
}

/** This share of the way from what was seen of rows to what is believed of them, carried over to units of rows. */
function towards(seen: UnitMoments, believed: Spread, share: number): Reckon {
  return (moments) => {
    const scale = moments.units / moments.rows;
    const second = (k: 0 | 1 | 2): number => moments.second[k] + share * scale * (believed.second[k] - seen.second[k]);
    const third = (k: 0 | 1 | 2 | 3): number =>
      moments.third[k] + share * scale ** 2 * (believed.third[k] - seen.third[k]);
    return {
      ...moments,
      second: [second(0), second(1), second(2)],
      third: [third(0), third(1), third(2), third(3)],
    };
  };
}

/** Second and third moments of a row's n - about x q and q about their means, the labels as probable as the two models say on average. */
function believedSpread(
  baseline: Measured,
  challenger: Measured,
  { n, nOf, qOf }: Columns,
  about: number,
): Spread | undefined {
  const [b, c] = [baseline.other, challenger.other];
  if (b?.kind !== "labels" || c?.kind !== "labels") return undefined;
  const sums = new Float64Array(9);
  for (let label = 0; label < b.classes; label++) {
    const [lossB, lossC] = [b.losses(label), c.losses(label)];
    const [chanceB, chanceC] = [b.chances(label), c.chances(label)];
    for (let i = 0; i < n.length; i++) {
      const q = qOf(lossB[i], i);
      addProducts(sums, (chanceB[i] + chanceC[i]) / 2, nOf(lossB[i], lossC[i], i) - about * q, q);
    }
  }
  const [u, v, rr, rq, qq, rrr, rrq, rqq, qqq] = sums.map((sum) => sum / n.length);
  return {
    second: [rr - u * u, rq - u * v, qq - v * v],
    third: [
      rrr - 3 * u * rr + 2 * u ** 3,
      rrq - 2 * u * rq - v * rr + 2 * u * u * v,
      rqq - 2 * v * rq - u * qq + 2 * u * v * v,
      qqq - 3 * v * qq + 2 * v ** 3,
    ],
  };
}

function addProducts(sums: Float64Array, chance: number, r: number, q: number): void {
  const [rr, rq, qq] = [r * r, r * q, q * q];
  sums[0] += chance * r;
  sums[1] += chance * q;
  sums[2] += chance * rr;
  sums[3] += chance * rq;
  sums[4] += chance * qq;
  sums[5] += chance * rr * r;
  sums[6] += chance * rr * q;
  sums[7] += chance * qq * r;
  sums[8] += chance * qq * q;
}
