/** From a model file to a model that predicts. */
import type { Estimator } from "../baselines/contract.ts";
import type { Shape } from "../frame/dataset.ts";
import type { Model } from "../models/contract.ts";
import { readerOf } from "../models/model.ts";
import { kinds } from "../models/registry.ts";
import type { ModelFile } from "../report/model-file.ts";
import { ArtifactError } from "../report/schema/check.ts";

/**
 * @param own Estimators of your own that the model may be of.
 * @throws ArtifactError when the kind is unknown, or what was saved is damaged or does not fit the table.
 */
export async function loadModel({ model }: ModelFile, shape: Shape, own: readonly Estimator[] = []): Promise<Model> {
  const kind = await kinds.get(model.kind)?.();
  const estimator = own.find(({ name }) => name === model.kind);
  if (kind === undefined && estimator === undefined)
    throw new ArtifactError(
      `model: there is no kind ${JSON.stringify(model.kind)} here; it was made with an estimator of someone's own`,
    );
  try {
    return kind === undefined ? estimator!.fromJSON(model, shape) : readerOf(kind)(model, shape);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new ArtifactError(`model: ${error.message}`, { cause: error });
    throw error;
  }
}
