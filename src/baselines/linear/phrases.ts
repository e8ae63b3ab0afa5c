import type { Dataset } from "../../frame/dataset.ts";
import { firstColumns } from "../../encode/encoding.ts";
import { termLabels } from "../../encode/text/labels.ts";
import type { Output, Phrase, WeightedSums } from "../../models/linear/weighted-sums.ts";
import type { TrainingSet } from "./training-set.ts";

/** Phrases kept with a model. */
const MOST = 40;

/** Makes the weighted sums of a training set from outputs; where it has texts, their telling terms are named. */
export function sumsOf(data: Dataset, set: TrainingSet): (outputs: readonly Output[]) => WeightedSums {
  const { encoding } = set;
  if (encoding.texts.length === 0) return (outputs) => ({ encoding, outputs });
  return (outputs) => ({ encoding, phrases: outputs.length > 0 ? phrasesOf(data, set, outputs) : [], outputs });
}

/** The text terms with the largest coefficients, named. */
function phrasesOf(data: Dataset, { encoding, rows }: TrainingSet, outputs: readonly Output[]): Phrase[] {
  const { texts } = encoding;
  const first = firstColumns(encoding).texts[0];
  const count = texts.reduce((sum, { buckets }) => sum + buckets.length, 0);
  const sizes = new Float64Array(count);
  for (const { coefficients } of outputs)
    for (let i = 0; i < count; i++) sizes[i] = Math.max(sizes[i], Math.abs(coefficients[first + i]));
  const least = sizes.toSorted()[Math.max(0, count - MOST)];
  const largest = [...sizes.keys()]
    .filter((i) => sizes[i] >= least)
    .sort((a, b) => sizes[b] - sizes[a] || a - b)
    .slice(0, MOST);
  const labels = termLabels(data, rows(), texts, largest);
  return largest.map((i, place) => ({ column: first + i, term: labels[place] }));
}
