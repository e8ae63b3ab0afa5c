/** Predictions of many prunings of one grown tree: each row is walked once, to where it ends in the whole tree. */
import type { Dataset, Rows } from "../../frame/dataset.ts";
import type { Prediction } from "../../frame/prediction.ts";
import type { Model } from "../../models/contract.ts";
import type { Cart, Pruning } from "./cart.ts";
import { treePrediction } from "../../models/tree/flat-tree.ts";

/** What models that were fitted here are prunings of. */
const origins = new WeakMap<Model, { readonly cart: Cart; readonly pruning: Pruning }>();

/** Notes that the model is a pruning of the grown tree, and returns it. */
export function grownTogether(cart: Cart, pruning: Pruning, model: Model): Model {
  origins.set(model, { cart, pruning });
  return model;
}

/** As each model's `predict`. O(rows x depth + models x (rows + nodes)) for prunings of one tree. */
export function* predictTogether(models: readonly Model[], data: Dataset, rows: Rows): Generator<Prediction> {
  let walked: { readonly cart: Cart; readonly ends: Float64Array } | undefined;
  for (const model of models) {
    const origin = origins.get(model);
    const values = origin?.cart.valuesAt?.(origin.pruning);
    if (origin === undefined || values === undefined) {
      yield model.predict(data, rows);
      continue;
    }
    const { cart } = origin;
    if (walked?.cart !== cart) walked = { cart, ends: cart.endsOf(data, rows) };
    yield treePrediction(picked(values, cart.width, walked.ends), cart.classes);
  }
}

/** The `width` numbers of each entry. */
function picked(values: Float64Array, width: number, entries: Float64Array): Float64Array {
  const out = new Float64Array(entries.length * width);
  for (let i = 0; i < entries.length; i++) {
    const from = entries[i] * width;
    for (let k = 0; k < width; k++) out[i * width + k] = values[from + k];
  }
  return out;
}
