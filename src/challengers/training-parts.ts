/** What a challenger is trained on and asked for: the benchmark's own parts, row by row. */
import type { Prediction } from "../frame/prediction.ts";
import type { Rows } from "../frame/dataset.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import { merged } from "../frame/rows.ts";
import { pooledOf } from "../intake/fold-part.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import type { TrainingOptions } from "./contract.ts";

/** Rows to train on, and rows to answer for. */
export interface TrainingPart {
  /** `holdout`, or the fold and repeat that is scored. */
  readonly kind: "holdout" | "fold";
  readonly repeat: number;
  readonly fold: number;
  readonly train: Rows;
  readonly asked: Rows;
  /** For messages: `holdout`, `fold 2 of 5`. */
  readonly title: string;
}

/** The parts to train on: the held-out rows where their truth is known, and the folds where asked for or nothing else is there. */
export function trainingParts(opened: OpenBenchmark, { folds = false }: TrainingOptions): readonly TrainingPart[] {
  const { holdout, held, plans, known } = opened;
  const parts: TrainingPart[] = [];
  if (holdout) parts.push({ ...whole(opened), asked: held });
  if (!folds && holdout) return parts;
  plans.forEach((plan, repeat) => {
    plan.folds.forEach(({ train, test }) => {
      const again = plans.length > 1 ? `, repeat ${repeat + 1} of ${plans.length}` : "";
      parts.push({
        kind: "fold",
        repeat,
        fold: known.splits.fold[repeat][plan.parts[test][0]],
        train: merged(train.map((part) => plan.parts[part])),
        asked: plan.parts[test],
        title: `fold ${test + 1} of ${plan.parts.length}${again}`,
      });
    });
  });
  return parts;
}

/** All training rows, and nothing to answer for. */
export function whole({ known }: OpenBenchmark): TrainingPart {
  const train = rowsOf(known.splits, "train");
  return { kind: "holdout", repeat: 0, fold: -1, train, asked: new Int32Array(0), title: "holdout" };
}

/** Answers of the parts of one seed, as a candidate has them. */
export function assembledParts(
  opened: OpenBenchmark,
  parts: readonly TrainingPart[],
  answers: readonly Prediction[],
): { readonly holdout?: Prediction; readonly folds?: Prediction } {
  const { data, plans, folded } = opened;
  const held = answers[parts.findIndex(({ kind }) => kind === "holdout")];
  const first = parts.findIndex(({ kind }) => kind === "fold");
  if (first < 0) return { ...(held && { holdout: held }) };
  const shape = answers[first];
  const width = shape.kind === "value" ? 1 : shape.classes;
  const outOfFold = plans.map(() => ({ ...shape, values: new Float64Array(data.rows * width).fill(Number.NaN) }));
  parts.forEach(({ kind, repeat, asked }, k) => {
    if (kind !== "fold") return;
    const to = outOfFold[repeat].values;
    const { values } = answers[k];
    asked.forEach((row, i) => to.set(values.subarray(i * width, (i + 1) * width), row * width));
  });
  return { ...(held && { holdout: held }), folds: pooledOf({ outOfFold }, folded) };
}
