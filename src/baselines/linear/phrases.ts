import type { Dataset } from "../../frame/dataset.ts";
import { firstColumns } from "../../encode/encoding.ts";
import { termLabels } from "../../encode/text/labels.ts";
import type { Output, Phrase, WeightedSums } from "../../models/linear/weighted-sums.ts";
import type { TrainingSet } from "./training-set.ts";

/** Phrases kept with a model. */
const MOST = 40;

/** Makes the weighted sums of a training set from outputs; where it has texts, their telling terms are named. */
export function sumsOf(data: Dataset, set: TrainingSet): (outputs: readonly Output[]) => WeightedSums {
  const { encoding, text } = set;
  if (text === undefined) return (outputs) => ({ encoding, outputs });
  const phrases = phraseFinder(data, set);
  return (outputs) => ({ encoding, phrases: outputs.length > 0 ? phrases(outputs) : [], outputs });
}

/** Names the text terms with the largest coefficients; the texts are read when first asked. */
function phraseFinder(data: Dataset, { encoding, rows }: TrainingSet): (outputs: readonly Output[]) => Phrase[] {
  const { texts } = encoding;
  const first = firstColumns(encoding).texts[0];
  let labels: readonly string[] | undefined;
  return (outputs) => {
    const known = (labels ??= termLabels(data, rows(), texts));
    const size = (i: number): number =>
      Math.max(...outputs.map(({ coefficients }) => Math.abs(coefficients[first + i])));
    const sizes = known.map((_, i) => size(i));
    return [...known.keys()]
      .sort((a, b) => sizes[b] - sizes[a] || a - b)
      .slice(0, MOST)
      .map((i) => ({ column: first + i, term: known[i] }));
  };
}
