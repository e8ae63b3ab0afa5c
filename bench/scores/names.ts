/** Which of our rungs answers to which model of the reference run, and how near it must come. */

/** How a score is judged against the reference. */
export type Rule =
  /** Equal to 1e-5 relative. */
  | "equal"
  /** At most 0.5 % worse, or 1e-6 of the target's standard deviation. */
  | "convex"
  /** At most half a reference standard deviation worse. */
  | "near";

export interface Namesake {
  readonly reference: string;
  readonly rung: string;
  readonly rule: Rule;
  /** Our names; those that the task or the reference lacks are passed over. */
  readonly metrics: readonly string[];
  /** The metric that the run is asked to serve; default: the task's own. */
  readonly metric?: string;
  /** Configurations tried; default: the rung's own number. 1: its defaults, as the reference has its own. */
  readonly trials?: number;
  /** The reference model reads the table's text column, which the others leave out. */
  readonly text?: true;
}

const PROBABLE = ["log_loss", "roc_auc", "rmse"];

/**
 * The reference tuned its trees for ROC AUC, and 1R is made for accuracy: a run that serves log loss is not held to
 * these, one that is asked to serve them is.
 */
export const namesakes: readonly Namesake[] = [
  { reference: "dummy_prior", rung: "constant", rule: "equal", metrics: ["log_loss", "accuracy", "roc_auc", "brier"] },
  { reference: "dummy_mean", rung: "constant", rule: "equal", metrics: ["rmse"] },
  { reference: "dummy_median", rung: "constant", rule: "equal", metrics: ["mae"], metric: "mae" },
  { reference: "persistence_one_step", rung: "last-value", rule: "near", metrics: ["accuracy", "rmse"] },
  { reference: "one_r", rung: "one-rule", rule: "near", metrics: ["accuracy"], metric: "accuracy" },
  { reference: "one_r", rung: "one-rule", rule: "near", metrics: ["log_loss"] },
  { reference: "one_r", rung: "one-rule", rule: "near", metrics: ["roc_auc"], metric: "roc_auc" },
  { reference: "gaussian_nb", rung: "naive-bayes", rule: "near", metrics: PROBABLE },
  { reference: "linear_ols", rung: "linear", rule: "convex", metrics: PROBABLE },
  { reference: "ridge_alpha1", rung: "linear", rule: "convex", metrics: PROBABLE },
  { reference: "logistic", rung: "logistic", rule: "convex", metrics: PROBABLE },
  { reference: "tree_depth_tuned", rung: "tree", rule: "near", metrics: ["log_loss", "rmse"] },
  { reference: "tree_depth_tuned", rung: "tree", rule: "near", metrics: ["roc_auc"], metric: "roc_auc" },
  { reference: "tree_ccp_tuned", rung: "tree", rule: "near", metrics: ["log_loss", "rmse"] },
  { reference: "tree_ccp_tuned", rung: "tree", rule: "near", metrics: ["roc_auc"], metric: "roc_auc" },
  { reference: "hist_gradient_boosting", rung: "boosting", rule: "near", metrics: PROBABLE, trials: 1 },
  { reference: "random_forest", rung: "forest", rule: "near", metrics: PROBABLE, trials: 1 },
  { reference: "tfidf_multinomial_nb", rung: "text-bayes", rule: "near", metrics: PROBABLE, text: true },
  { reference: "tfidf_logistic", rung: "logistic", rule: "convex", metrics: PROBABLE, text: true },
];

/** Reference names of metrics that differ from ours. */
export const METRIC_NAMES: Readonly<Record<string, readonly string[]>> = {
  roc_auc: ["roc_auc", "roc_auc_ovr_macro"],
};
