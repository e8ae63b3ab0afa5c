import type { Prediction } from "../../frame/prediction.ts";
import { sumOf, type Effort } from "../../numeric/effort.ts";
import type { Point } from "../../search/space.ts";
import { seeded } from "../../numeric/rng.ts";
import type { Fold } from "../splits/contract.ts";
import { dealPlan, foldsOf } from "../splits/plan.ts";
import { tune, type TuneSettings } from "../tune.ts";
import type { FoldJob } from "./contract.ts";
import { effortOfPlan } from "./effort-of-plan.ts";
import { merged } from "../../frame/rows.ts";
import type { Session } from "./session.ts";

/** Searches inside one fold's training rows, then predicts the fold: the score of the whole recipe, search included. */
export interface NestedJob extends FoldJob {
  readonly kind: "nested";
  readonly settings: TuneSettings;
}

export interface NestedResult {
  readonly prediction: Prediction;
  /** What the search inside this fold chose. */
  readonly point: Point;
  readonly foldFits: number;
  readonly trials: number;
  readonly effort: Effort;
}

/** Below this many inner folds the training rows are dealt afresh. */
const FEWEST_FOLDS = 3;
const FRESH_FOLDS = 5;

export async function nestedFold(session: Session, job: NestedJob): Promise<NestedResult> {
  const inner = innerFolds(session, job);
  const estimator = session.find(job.estimator);
  const rows = job.fold.train.reduce((sum, part) => sum + session.plan(job.plan).parts[part].length, 0);
  const tuned = await tune(
    estimator,
    { data: session.work.data, rows, folds: inner.folds.length },
    { ...job.settings, seed: `${job.settings.seed} inside ${session.plan(job.plan).name} ${job.fold.test}` },
    (points, k, course) => {
      const fold = { estimator: job.estimator, plan: inner.plan, fold: inner.folds[k] };
      return session.score({ kind: "score", ...fold, points, ...course });
    },
  );
  const { prediction, effort } = session.predict({ ...job, kind: "predict", point: tuned.point });
  const { search } = tuned;
  return {
    prediction,
    point: tuned.point,
    foldFits: 1 + (search?.foldFits.run ?? 0),
    trials: search?.trials.length ?? 0,
    effort: sumOf([
      effort,
      ...(search ? [search.effort] : []),
      ...(inner.plan === job.plan ? [] : [effortOfPlan(estimator, session.work.data, session.plan(inner.plan))]),
    ]),
  };
}

/**
 * The other folds of the same plan where there are enough of them, else a plan of the training rows' own. None where those
 * are of one group or time, which cannot be folded: the recipe then is its default.
 */
function innerFolds(session: Session, { plan, fold }: NestedJob): { plan: number; folds: readonly Fold[] } {
  const { name, scheme, parts } = session.plan(plan);
  const reused = foldsOf(fold.train, scheme);
  if (reused.length >= FEWEST_FOLDS) return { plan, folds: reused };
  const { data, seed } = session.work;
  const rows = merged(fold.train.map((part) => parts[part]));
  const folds = FRESH_FOLDS + (scheme === "expanding" ? 1 : 0);
  const own = `inner ${name} ${fold.test}`;
  const fresh = dealPlan(own, data, rows, folds, scheme, seeded(seed).split("inner").split(own));
  return { plan: session.adopt(fresh), folds: fresh.folds };
}
