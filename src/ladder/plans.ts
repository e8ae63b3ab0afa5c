/** From splits to the partitions that jobs run on. */
import type { Dataset, Rows } from "../frame/dataset.ts";
import { seeded } from "../numeric/rng.ts";
import type { FoldPlan, Splits } from "../evaluate/splits/contract.ts";
import { countUnits, dealFolds } from "../evaluate/splits/deal.ts";
import { dealPlan, foldPlan, foldsOf, rowsDealt, rowsOf } from "../evaluate/splits/plan.ts";
import type { Design } from "../evaluate/rung.ts";

/** A search inside every fold up to this many cells (training rows x feature columns): a count, so that it is reproducible. */
export const NESTED_CELLS = 100_000;
/** Most models have parameters for each class: nor is searched inside folds beyond so many cells x classes. */
const NESTED_CLASS_CELLS = 1_000_000;
/** Searches run on at most this many training rows; what they choose is then cross-validated on all rows. */
export const SEARCH_ROWS = 50_000;
/** Nothing is searched for where the answers for the rows it would run on, rows x classes, are more numbers than this. */
export const SEARCH_ANSWERS = 1_000_000;
/** Searches run on the folds of at most this many repeats: further ones measure, and choose nothing. */
const SEARCH_REPEATS = 2;

/** @param trials As many as the user asks for: then there is a search, whatever it costs. */
export function designOf(data: Dataset, splits: Splits, nested: "always" | "never" | "auto", trials?: number): Design {
  const repeats = Array.from({ length: splits.repeats }, (_, repeat) => foldPlan(splits, repeat));
  const train = rowsOf(splits, "train");
  const held = splits.part.includes("test") ? rowsOf(splits, "test") : rowsOf(splits, "holdout");
  const classes = data.target.task === "regression" ? 1 : data.target.classes.length;
  const answers = Math.min(train.length, SEARCH_ROWS) * classes;
  const isSearched = answers <= SEARCH_ANSWERS || trials !== undefined || nested === "always";
  const isSampled = isSearched && train.length > SEARCH_ROWS;
  const searches = isSampled ? [sampledPlan(data, repeats[0], train.length, splits.seed)] : [];
  const cells = train.length * data.columns.length;
  const isCheap = cells <= NESTED_CELLS && cells * classes <= NESTED_CLASS_CELLS;
  const isNested = nested === "always" || (nested === "auto" && isCheap);
  const fresh = splits.repeats > 1 || isNested || !isSearched ? undefined : freshPlan(data, splits, train);
  return {
    data,
    plans: [...repeats, ...searches, ...(fresh ? [fresh] : [])],
    repeats: splits.repeats,
    searchPlans: isSampled ? [repeats.length] : [...repeats.keys()].slice(0, isSearched ? SEARCH_REPEATS : 0),
    ...(fresh && { freshPlan: repeats.length + searches.length }),
    nested: isNested,
    train,
    held,
  };
}

/**
 * Other folds of the same rows. None where there are no others, in order of time or where each fold is one row or group, or where the user dealt the folds, whose
 * reasons are not known. Searches that are judged from inside have none either: there they would have to be run inside every fold.
 */
function freshPlan(data: Dataset, splits: Splits, train: Rows): FoldPlan | undefined {
  if (splits.kind !== "kfold" && splits.kind !== "group") return undefined;
  if (countUnits(data, train, splits.scheme) <= splits.folds) return undefined;
  const rng = seeded(splits.seed).split("fresh folds");
  const plan = dealPlan("fresh folds", data, train, splits.folds, splits.scheme, rng);
  return train.length > SEARCH_ROWS
    ? { ...sampledPlan(data, plan, train.length, `${splits.seed} fresh`), name: "fresh sample" }
    : plan;
}

/** A sample of every fold's rows, spread over the target like the folds themselves; runs of time are thinned evenly. */
function sampledPlan(data: Dataset, whole: FoldPlan, rows: number, seed: string): FoldPlan {
  const keep = Math.ceil(rows / SEARCH_ROWS);
  const parts = whole.parts.map((part, k) => {
    const rng = seeded(seed).split("search sample").split(k);
    if (whole.scheme === "expanding") return part.filter((_, i) => i % keep === 0);
    return rowsDealt(part, dealFolds(data, part, keep, "exchange", rng), 0);
  });
  return { name: "search sample", scheme: whole.scheme, parts, folds: foldsOf([...parts.keys()], whole.scheme) };
}

/** Is any row scored by a model that has seen other rows of its group? O(rows x folds). */
export function groupsRecur({ data, plans, repeats, train, held }: Design): boolean {
  const { groups } = data;
  if (groups === undefined) return false;
  const recurs = (training: readonly Rows[], scored: Rows): boolean => {
    const seen = new Set<number>();
    for (const rows of training) for (const row of rows) if (groups[row] >= 0) seen.add(groups[row]);
    return scored.some((row) => seen.has(groups[row]));
  };
  if (recurs([train], held)) return true;
  return plans.slice(0, repeats).some(({ parts, folds }) =>
    folds.some((fold) =>
      recurs(
        fold.train.map((part) => parts[part]),
        parts[fold.test],
      ),
    ),
  );
}
