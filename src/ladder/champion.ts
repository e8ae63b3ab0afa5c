/** Which rung becomes champion, and why. */
import type { Prediction } from "../frame/prediction.ts";
import { chooseChampion } from "../compare/champion.ts";
import { measureFolds, type FoldLayout } from "../compare/folds.ts";
import type { Metric } from "../metrics/contract.ts";
import type { Rng } from "../numeric/rng.ts";
import { championOptimism } from "../compare/optimism.ts";
import { gather } from "../numeric/gather.ts";
import { sameValues } from "../numeric/ties.ts";
import type { Champion } from "../report/artifact.ts";
import { CHAMPION_RULE, championSentence } from "../report/ladder-sentences.ts";
import type { Trained } from "./ladder.ts";

/** @param pooled Out-of-fold answers of every rung of the ladder, in its order. Rungs that failed or are no baselines cannot be champion. */
export function championOf(
  metric: Metric,
  trained: readonly Trained[],
  pooled: readonly Prediction[],
  layout: FoldLayout,
  rng: Rng,
): Champion {
  const eligible = trained
    .map((rung, k) => ({ rung, k }))
    .filter(({ rung }) => rung.estimator.role === "baseline" && rung.status === "ok");
  const { dependence } = layout.part;
  const plainestAlike = ({ values }: Prediction): Prediction =>
    pooled[eligible.find(({ k }) => sameValues(pooled[k].values, values))!.k];
  // Answers that differ by rounding only have the same losses.
  const measured = eligible.map(({ k }) => measureFolds(metric, layout, plainestAlike(pooled[k])).rows);
  const rows = measured.map(({ losses, base }, i) => ({
    name: eligible[i].rung.estimator.name,
    losses,
    ...(base && { base }),
  }));
  const { first } = layout.entries;
  const chosen = chooseChampion(rows, {
    ...(dependence?.groups && { groups: Int32Array.from(first, (i) => dependence.groups![i]) }),
    ...(dependence?.time && { time: gather(dependence.time, first) }),
  });
  const evidence = chosen.rungs.map(({ rung, difference, error, allowed, within }) => ({
    rung,
    difference: finite(difference),
    standardError: finite(error),
    ...(allowed > error && { allowed: finite(allowed) }),
    within,
  }));
  const place = rows.findIndex(({ name }) => name === chosen.rung);
  const flattery = championOptimism(rows, layout.rows, rng);
  const { link } = measured[place];
  const { loss } = chosen.rungs[place];
  const optimism = finite(Math.abs(link.of(loss + flattery) - link.of(loss)));
  const champion = { rung: chosen.rung, rule: CHAMPION_RULE, best: chosen.best, evidence, optimism };
  const sentence = championSentence(champion, {
    ...(link.kind === "root" && { unit: `${metric.name}²` }), // what is averaged over rows is a square
    others: eligible.length < trained.length,
  });
  return { ...champion, sentence };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
