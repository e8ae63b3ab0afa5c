/** Bins of training sets made of parts, made once and shared by all learners and trials that ask for them. */
import type { Dataset, Rows } from "../../frame/dataset.ts";
import { merged } from "../../frame/rows.ts";
import { trainingOf, type Training } from "./training.ts";
import { binRows, type Bins } from "../../bins/bins.ts";

/** A training set, checked and binned. */
export interface BinnedTraining {
  readonly training: Training;
  readonly bins: Bins;
}

/** Most bytes that one dataset's kept training sets may take. */
const MOST_BYTES = 256 * 2 ** 20;

/** From dataset and parts (the same objects, as shared code hands them to one learner after the other) to what is kept. */
const shelves = new WeakMap<Dataset, WeakMap<readonly Rows[], Shelf>>();

interface Shelf {
  /** By the numbers of the parts, ascending. */
  readonly kept: Map<string, BinnedTraining>;
  bytes: number;
  /** What did not fit: only the last such training set is at hand. */
  last: { readonly key: string; readonly made: BinnedTraining } | undefined;
}

/**
 * The training set of the named parts, binned from their rows and from nothing else. Results are kept, up to 256 MiB
 * for a dataset; what is kept changes no result. Training sets beyond that are made anew when they are asked for
 * after another: keeping the first ones serves a search that goes round the folds better than keeping the last ones.
 *
 * @param name Of the estimator, for errors. @throws FitError as `trainingOf`.
 */
export function sharedBins(
  name: string,
  data: Dataset,
  parts: readonly Rows[],
  train: readonly number[],
): BinnedTraining {
  const shelf = shelfOf(data, parts);
  const chosen = train.toSorted((a, b) => a - b);
  const key = chosen.join();
  const known = shelf.last?.key === key ? shelf.last.made : shelf.kept.get(key);
  if (known !== undefined) return known;
  const made = binTraining(name, data, merged(chosen.map((part) => parts[part])));
  const bytes = made.bins.words.byteLength + made.bins.rows.byteLength + made.training.weights.byteLength;
  if (shelf.bytes + bytes <= MOST_BYTES) {
    shelf.kept.set(key, made);
    shelf.bytes += bytes;
  } else shelf.last = { key, made };
  return made;
}

/** The same for any rows, kept nowhere. */
export function binTraining(name: string, data: Dataset, rows: Rows): BinnedTraining {
  const training = trainingOf(name, { data, rows });
  return { training, bins: binRows(data, training.rows, training.plain ? undefined : training.weights) };
}

function shelfOf(data: Dataset, parts: readonly Rows[]): Shelf {
  let byParts = shelves.get(data);
  if (byParts === undefined) shelves.set(data, (byParts = new WeakMap()));
  let shelf = byParts.get(parts);
  if (shelf === undefined) byParts.set(parts, (shelf = { kept: new Map(), bytes: 0, last: undefined }));
  return shelf;
}
