/** Rows that training has too: a model may remember them, so the gain on the others is looked at by itself. */
import type { Detail } from "../detail.ts";
import { gather } from "../../numeric/gather.ts";
import { independence } from "../independence.ts";
import { LEAST_ROWS } from "../guards.ts";
import type { Margin } from "../margin.ts";
import { measure } from "../measure.ts";
import { pairOf } from "../paired.ts";
import { predictionAt, targetAt } from "../../frame/take.ts";
import { rowCount } from "../subset.ts";
import { finiteOrNull, type Caveat, type Challenger, type Question } from "./contract.ts";

export interface TwinGains {
  /** Rows with an identical one in training, and the gain on them. */
  readonly rows: number;
  readonly twins: number;
  /** The others, the gain on them, and its lower bound. */
  readonly otherRows: number;
  readonly others: number;
  readonly lower: number;
}

/**
 * The gain over one baseline on held-out rows with a twin in training and on those without, with the first seed's answers.
 * @returns Undefined where no row has a twin. Cost: as two pairs.
 */
export function twinGains(
  { metric, holdout, baselines }: Question,
  challenger: Challenger,
  baseline: string,
  margin: Margin,
  alpha: number,
): TwinGains | undefined {
  const [own] = challenger.holdout ?? [];
  const [other] = baselines.find(({ name }) => name === baseline)?.holdout ?? [];
  const { twins } = holdout ?? {};
  if (holdout === undefined || twins === undefined || own === undefined || other === undefined) return undefined;
  const all = Int32Array.from({ length: rowCount(holdout.truth) }, (_, i) => i);
  const [known, fresh] = [1, 0].map((wanted) => all.filter((row) => twins[row] === wanted));
  if (known.length === 0) return undefined;
  const on = (rows: Int32Array): { gain: number; lower: number } => {
    if (rows.length < LEAST_ROWS) return { gain: Number.NaN, lower: -Infinity };
    const truth = targetAt(holdout.truth, rows);
    const [b, c] = [other, own].map((prediction) =>
      measure(metric, { truth, prediction: predictionAt(prediction, rows) }),
    );
    const { groups, time } = holdout.dependence ?? {};
    const units = independence(rows.length, {
      ...(groups === undefined ? {} : { groups: rows.map((row) => groups[row]) }),
      ...(time === undefined ? {} : { time: gather(time, rows) }),
    });
    return pairOf(b, c, { margin, rows: units, unseen: true }).at(alpha);
  };
  const [seen, unseen] = [on(known), on(fresh)];
  return {
    rows: known.length,
    twins: seen.gain,
    otherRows: fresh.length,
    others: unseen.gain,
    lower: unseen.lower,
  };
}

/** Where the gains differ in sign or by the margin, the rows without a twin decide: why they leave it open, or nothing. */
export function openByTwins(gains: TwinGains | undefined, margin: Margin): Detail | undefined {
  if (gains === undefined || gains.lower > margin.value) return undefined;
  const { rows, twins, otherRows, others } = gains;
  const alike = twins * others > 0 && Math.abs(twins - others) <= margin.value;
  if (alike) return undefined;
  return { kind: "twins", rows, others: otherRows };
}

export function twinCaveat({ rows, twins, others }: TwinGains, { kind }: Margin): Caveat {
  return { code: "twins", rows, gain: finiteOrNull(twins), others: finiteOrNull(others), kind };
}
