/** The rows that a benchmark was made from are answered by models that have not seen them. */
import { join } from "node:path";
import { shapeOf } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Artifact } from "../report/artifact.ts";
import { FolderError } from "../folder/folder.ts";
import { openModel } from "../folder/open-model.ts";
import { openArtifact } from "../folder/open.ts";
import { loadModel } from "./load-model.ts";
import { answersOf, type Predicted } from "./predict.ts";

/**
 * What the model for use, which was fitted on all rows, must not say of them: on the benchmark's own table the held-out rows get
 * the answers of `model.json`, the training rows those of the folds, averaged over repeats. Another table is left as it is.
 * @param predicted By the model for use. @throws FolderError, ArtifactError when the folder cannot be read.
 */
export async function unseenAnswers(path: string, predicted: Predicted): Promise<Predicted> {
  const { folder, artifact } = openArtifact(path);
  const table = tableOf(artifact, predicted);
  if (table === undefined) return predicted;
  const { data } = predicted;
  const { model } = openModel(join(folder, "model.json"));
  const trained = (await loadModel(model, shapeOf(data))).predict(data);
  const folds = table === "own" ? await withFolds(path, trained) : undefined;
  const prediction = folds ?? trained;
  const trainingRows = folds ? "training rows by the folds" : "training rows too, which that model has seen";
  const who =
    table === "own"
      ? `held-out rows are answered by model.json, ${trainingRows}`
      : "model.json answers, which has not seen it";
  const message = `${predicted.table.origin.name} is ${table === "own" ? "the" : "the test"} table of this benchmark: ${who}; ${join(folder, "model-final.json")} is the model for use`;
  return {
    ...predicted,
    prediction,
    answers: answersOf(prediction, data),
    warnings: [{ code: "own-rows", message, count: data.rows }, ...predicted.warnings],
  };
}

/** Which of a benchmark's tables it is, by the bytes of the file. */
function tableOf({ dataset }: Artifact, { table }: Predicted): "own" | "test" | undefined {
  const { sha256 } = table.origin;
  if (sha256 === "") return undefined;
  if (sha256 === dataset.sha256) return "own";
  return sha256 === dataset.test?.sha256 ? "test" : undefined;
}

/** The out-of-fold answers where the folder holds them; undefined where it holds none (`--redact`). */
async function withFolds(path: string, trained: Prediction): Promise<Prediction | undefined> {
  const { openBenchmark } = await import("../intake/opened.ts"); // only a benchmark's own table is worth loading what compares
  try {
    const { artifact, baselines, folded } = await openBenchmark(path);
    const [said] = baselines.find(({ name }) => name === artifact.champion.rung)?.folds ?? [];
    if (said === undefined) return undefined;
    const { row } = folded.part;
    const width = said.values.length / row.length;
    const counts = new Map<number, number>();
    for (const one of row) counts.set(one, (counts.get(one) ?? 0) + 1);
    const values = trained.values.slice();
    for (const one of counts.keys()) values.fill(0, one * width, (one + 1) * width);
    row.forEach((one, i) => {
      for (let k = 0; k < width; k++) values[one * width + k] += said.values[i * width + k] / counts.get(one)!;
    });
    return { ...trained, values };
  } catch (error) {
    if (error instanceof FolderError) return undefined;
    throw error;
  }
}
