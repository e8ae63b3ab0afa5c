/** What a benchmark and its models remember of the rows they were made of: what later rows and answers are held against. */
import type { Rows, Target } from "../frame/dataset.ts";
import { profiledColumns } from "../schema/dataset/profiled.ts";
import type { ColumnSchema, Schema } from "../schema/schema.ts";
import { numbersProfile, profilesOf, redactedProfile, type ColumnProfile } from "../schema/training-profile.ts";
import type { Metric } from "../metrics/contract.ts";
import { probabilityOf } from "../metrics/scored.ts";
import type { Design } from "../evaluate/rung.ts";
import { targetAt } from "../frame/take.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { AnswersProfile } from "../report/artifact.ts";
import { pooledOf } from "../intake/fold-part.ts";
import type { Judged } from "../ladder/judge.ts";
import type { Loaded } from "../intake/load.ts";
import type { TrainOptions } from "../intake/options.ts";

/** The schema with the profiles of some rows. @param redact Leave out all but counts. */
export type Profiler = (rows: Rows) => Schema;

/** Cost of each call: a sort of each number column. */
export function profiler({ schema, data, table, testTable }: Loaded, redact: boolean): Profiler {
  const columns = profiledColumns(schema, data, testTable === undefined ? [table] : [table, testTable]);
  return (rows) => {
    const profiles = profilesOf(columns, rows);
    return {
      ...schema,
      columns: schema.columns.map((column, c): ColumnSchema => {
        const profile = profiles[c];
        return profile === undefined ? column : { ...column, profile: redact ? redactedProfile(profile) : profile };
      }),
    };
  };
}

/** What the champion answered for rows it had not been fitted on: the held-out rows where there are any and they are not sealed, or else all rows in folds. */
export function championProfile(
  { loaded, splits, design, metric }: { loaded: Loaded; splits: Splits; design: Design; metric: Metric },
  { champion, answers, foldPart }: Judged,
  { redact, sealHoldout }: Pick<TrainOptions, "redact" | "sealHoldout">,
): AnswersProfile {
  const own = answers.find(({ rung }) => rung === champion.rung)!;
  const { held } = design;
  const part = held.length === 0 || sealHoldout ? "folds" : splits.part[held[0]] === "test" ? "test" : "holdout";
  const folds = Array.from({ length: splits.repeats }, (_, repeat) =>
    foldPart.row.filter((_row, i) => foldPart.repeat[i] === repeat),
  );
  const prediction = part === "folds" ? pooledOf(own, { rows: folds }) : own.held;
  const truth = part === "folds" ? foldPart.truth : targetAt(loaded.data.target, held);
  const shown = (profile: ColumnProfile): ColumnProfile => (redact ? redactedProfile(profile) : profile);
  const losses = metric.losses?.({ truth, prediction });
  return {
    part,
    rows: part === "folds" ? foldPart.row.length : held.length,
    predictions: outputsOf(prediction, truth).map(({ name, values }) => ({
      name,
      profile: shown(numbersProfile(values)),
    })),
    losses: losses === undefined ? null : shown(numbersProfile(losses)),
  };
}

function outputsOf(prediction: Prediction, target: Target): readonly { name: string; values: Float64Array }[] {
  if (prediction.kind === "value" || target.task === "regression")
    return [{ name: target.name, values: prediction.values }];
  const { values, classes: width } = prediction;
  return target.classes.map((name, k) => ({ name, values: probabilityOf(values, width, k) }));
}
