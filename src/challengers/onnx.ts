/** A challenger from an ONNX file, run by `onnxruntime-node` where the user has installed it. */
import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Loaded } from "../intake/load.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { latencies, openChampion, sizeOf } from "./champion-cost.ts";
import type { Entrant } from "./contract.ts";
import { answersOf, type Answers } from "./given-answers.ts";
import type { AskedCases } from "./must-pass.ts";
import { feederOf } from "./onnx-inputs.ts";
import { outputOf } from "./onnx-outputs.ts";
import { installedRuntime, messageOf, type OnnxRuntime, type OnnxSession } from "./onnx-runtime.ts";
import { rawRows, type RawRows } from "./raw-rows.ts";
import type { Answered } from "./read-answers.ts";
import { ChallengerError } from "./source.ts";

export interface OnnxOptions {
  readonly path: string;
  /** Default: the file's name without `.onnx`. */
  readonly name?: string;
  /** Columns of a matrix input, in its order; default: the benchmark's features. */
  readonly columns?: readonly string[];
  /** Classes in the order of the probabilities; default: sorted, numbers by value, as scikit-learn has them. */
  readonly classes?: readonly string[];
  /** Must-pass cases: asked before the held-out rows. */
  readonly cases?: AskedCases;
  /** Default: `onnxruntime-node`, imported. */
  readonly runtime?: OnnxRuntime;
}

/**
 * Runs a model on the held-out rows. It takes one matrix of numbers (a column a feature, NaN missing), or one input a column,
 * called as the column is, numbers or texts. It answers with a matrix of probabilities, the positive class's probability, a
 * number, or labels. Latency is measured in turn with the champion's.
 *
 * @throws ChallengerError when the runtime or the file is not there, inputs or outputs do not fit, or the benchmark holds no
 *   rows out: a file is one trained model, and cannot be trained again on folds.
 */
export async function onnxChallenger(opened: OpenBenchmark, loaded: Loaded, options: OnnxOptions): Promise<Entrant> {
  const { path, cases } = options;
  const name = options.name ?? basename(path).replace(/\.onnx$/i, "");
  if (!opened.holdout)
    throw new ChallengerError(
      `${path}: an ONNX file is one trained model, so it can only be judged on held-out rows, and the benchmark ${opened.sealed ? "has them sealed; give --sealed" : "has none; train it with --holdout, or use --command"}`,
    );
  if (!existsSync(path)) throw new ChallengerError(`${path}: no such file; wanted an ONNX model`);
  const runtime = options.runtime ?? (await installedRuntime());
  const session = await runtime.InferenceSession.create(path).catch((error: unknown) => {
    throw new ChallengerError(`${path}: cannot be opened as an ONNX model: ${messageOf(error)}`, { cause: error });
  });
  try {
    const asker = askerOf(session, runtime, opened, loaded, options);
    const ask = async (block: RawRows): Promise<Answered> => {
      const given = await asker.ask(block);
      return answersOf(given, path, opened.artifact, block.rows.length, (i) => `row ${block.number(block.rows[i])}`);
    };
    if (cases) {
      const { prediction, labelsOnly } = await ask(cases.rows(0));
      const failures = cases.failures(prediction, labelsOnly);
      if (failures.length > 0) return { challenger: { name, failures }, notes: asker.notes, labelsOnly };
    }
    const { prediction, labelsOnly } = await ask(rawRows(loaded, opened.held));
    const champion = await openChampion(opened, loaded);
    const [own, other] = await latencies(opened, [
      (rows) => asker.ask(rawRows(loaded, rows)),
      (rows) => champion.model.predict(loaded.data, rows),
    ]);
    return {
      challenger: {
        name,
        holdout: [prediction],
        ...(cases && { failures: [] }),
        cost: { ...own, size: statSync(path).size },
      },
      champion: { ...other, size: sizeOf(champion.file.model) },
      notes: [...asker.notes, "it was trained elsewhere: that it never saw the held-out rows is taken on trust"],
      labelsOnly,
    };
  } finally {
    await session.release();
  }
}

interface Asker {
  readonly ask: (block: RawRows) => Promise<Answers>;
  readonly notes: readonly string[];
}

function askerOf(
  session: OnnxSession,
  runtime: OnnxRuntime,
  opened: OpenBenchmark,
  loaded: Loaded,
  options: OnnxOptions,
): Asker {
  const { inputMetadata: inputs, outputMetadata: outputs } = session;
  if (!inputs || !outputs)
    throw new ChallengerError(
      `onnx: onnxruntime-node is too old to tell a model's inputs; wanted version 1.22 or newer`,
    );
  const feed = feederOf(inputs, runtime, loaded, options);
  const output = outputOf(outputs, opened.artifact, options);
  return {
    ask: async (block) => {
      const results = await session.run(feed(block), [output.name]).catch((error: unknown) => {
        throw new ChallengerError(`${options.path}: the model failed: ${messageOf(error)}`, { cause: error });
      });
      return output.read(results[output.name].data, block.rows.length);
    },
    notes: output.notes,
  };
}
