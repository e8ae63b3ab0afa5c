/**
 * Saved models are data: one kind of model is a schema for its data and functions that read them. Fitting (`src/baselines`)
 * produces the data; predicting and explaining need nothing else.
 */
import type { GenericSchema } from "valibot";
import type { Prediction } from "../frame/prediction.ts";
import type { Dataset, Rows, Shape } from "../frame/dataset.ts";
import type { Warning } from "../frame/warning.ts";
import type { Drawing } from "./drawing.ts";

/** How a model explains itself to people. Lines are plain text without markup. */
export interface Explanation {
  /** One sentence. */
  readonly summary: string;
  /** The whole model in readable form (coefficients, rules, tree), most important first, cut where it gets long. */
  readonly lines: readonly string[];
  /** Share of the model's effect by column, largest first, summing to 1; absent where it means nothing. */
  readonly importance?: readonly { readonly column: string; readonly share: number }[];
  /** The model for a figure; absent where none would show it. */
  readonly drawing?: Drawing;
}

/** Why one row gets its answer. */
export interface Reasons {
  /** What decided, in order: the rule that fired, the path through the tree, what the trees say. Plain text without markup. */
  readonly steps: readonly string[];
  /** What the rule, leaf or lookup that decided answers: a value, or a share for each class. */
  readonly answer?: readonly number[];
  /** Where the answer is a sum: what is added up. One of `answer` and `sum` is there. */
  readonly sum?: Sum;
}

/** `start` and the amounts of the columns add up to the answer, or to what `scale` says of it. */
export interface Sum {
  /** `value`: the answer; `log`: its logarithm; `probability`: that of `class`; `log-odds`: of `class` against `against`. */
  readonly scale: "value" | "log" | "probability" | "log-odds";
  readonly class?: number;
  readonly against?: number;
  /** Where no column adds anything; what it is, in words. */
  readonly start: number;
  readonly startIs: string;
  /** By column of the table, largest first; columns that add nothing are left out. */
  readonly parts: readonly { readonly column: number; readonly amount: number }[];
}

/** Size in the family's own unit: coefficients, rules, leaves. */
export interface Complexity {
  readonly count: number;
  readonly unit: string;
}

/** What fitting has to tell: iterations, why it stopped, rows used where fewer than given. */
export type Notes = Readonly<Record<string, string | number | boolean>>;

/** A fitted model: frozen data and the sums that turn rows into predictions. */
export interface Model {
  readonly complexity: Complexity;
  readonly notes: Notes;
  /**
   * Predicts the given rows (default: all) of a dataset with the shape it was fitted on. Never reads a target, but for
   * those of strictly earlier rows where the estimator `looksBack`. Every call fills an array of its own.
   */
  predict(data: Dataset, rows?: Rows): Prediction;
  explain(shape: Shape): Explanation;
  /** Why a row gets its answer; absent for estimators of one's own. */
  reasons?(data: Dataset, row: number): Reasons;
  /** As `Kind.turns`. */
  turns?(data: Dataset, row: number, column: number): readonly number[] | undefined;
  /** What it cannot know of a table's rows beyond their columns, counted: groups it has never seen. */
  strangers?(data: Dataset): readonly Warning[];
  /** Data only: JSON values, finite numbers, columns and levels by index. */
  toJSON(): ModelJSON;
}

export interface ModelJSON {
  /** The kind of model: the name of the estimator that fitted it. */
  readonly kind: string;
  readonly version: number;
  readonly [member: string]: unknown;
}

/** What is wrong with saved data, as the end of a sentence that begins "the saved model's"; nothing when all is well. */
export type Fault = string | undefined;

/** Predicts the given rows of a dataset. */
export type Predictor = (data: Dataset, rows: Rows) => Prediction;

/** One kind of saved model. `D`: its data as they are used, with typed arrays where JSON has lists of numbers. */
export interface Kind<D extends object = object> {
  readonly name: string;
  /** Of the saved form. */
  readonly version: number;
  /** The saved members besides `kind` and `version`, in the order in which they are written. */
  readonly schema: GenericSchema<unknown, D>;
  /** What the schema cannot say (lengths that belong together, columns, levels, classes): the first fault, or nothing. */
  faultIn(data: D, shape: Shape): Fault;
  complexity(data: D): Complexity;
  notes(data: D): Notes;
  /** Called once a model; what it returns is called for every table. */
  predictor(data: D, shape: Shape): Predictor;
  explain(data: D, shape: Shape): Explanation;
  /** Why a row of a table gets its answer. */
  reasons(data: D, shape: Shape, table: Dataset, row: number): Reasons;
  /**
   * All values of a number column at which the row's class may change when only that column does: between two of them, or
   * beyond, it stays what it is. Undefined where they are not known; no member: no column's are.
   */
  turns?(data: D, shape: Shape, table: Dataset, row: number, column: number): readonly number[] | undefined;
  strangers?(data: D, table: Dataset): readonly Warning[];
}
