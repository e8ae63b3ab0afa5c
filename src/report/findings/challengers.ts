import type { FindingGroup } from "./contract.ts";

export const challengers: FindingGroup = {
  title: "Challengers",
  findings: [
    {
      id: "B601",
      code: "repeats-column",
      means: "Predictions repeat a column that the benchmark left out.",
      todo: "Find out whether that column is known when a prediction is needed.",
    },
    {
      id: "B602",
      code: "almost-perfect",
      means: "Predictions are almost perfect where no baseline comes near.",
      todo: "Look for the target among what the model was given.",
    },
    {
      id: "B603",
      code: "same-in-every-repeat",
      means:
        "Out-of-fold predictions are the same in every repeat, as of a model that learnt from the rows it answers for.",
      todo: "Train once for each fold of each repeat.",
    },
    {
      id: "B604",
      code: "folds-above-holdout",
      means:
        "Predictions are far better in folds than on held-out rows, as of a model that learnt from the rows it answers for.",
      todo: "Train each fold's model without the fold.",
    },
    {
      id: "B605",
      code: "few-rows",
      means: "Fewer than 100 rows judge: where losses are skewed the error rate can be above the stated one.",
      todo: "Hold out more rows.",
    },
    { id: "B606", code: "few-groups", means: "Few groups judge.", todo: "Hold out more groups." },
    { id: "B607", code: "single-run", means: "One repeat of cross-validation.", todo: "`--repeats`." },
    {
      id: "B608",
      code: "single-seed",
      means: "One training of the challenger: its luck is not told from its merit.",
      todo: "`--seeds`, for a command or a built-in.",
    },
    {
      id: "B609",
      code: "own-rows",
      means: "Rows of the benchmark's own table were predicted with the model that did not see the held-out ones.",
      todo: "Nothing.",
    },
    {
      id: "B610",
      code: "certain-answers",
      means:
        "The challenger is certain (a probability of exactly 0 or 1) where one mistake costs as much as many rows.",
      todo: "Smooth its probabilities: more rows in a leaf, a prior, or calibration.",
    },
    {
      id: "B611",
      code: "twins",
      means: "Held-out rows have an identical row in training; the gain on them and on the others is told.",
      todo: "`--group-duplicates` keeps identical rows together.",
    },
    {
      id: "B612",
      code: "folds-alone",
      means:
        "Rows are held out, but predictions are of rows in folds only: a model that learnt from them looks good there.",
      todo: "Give predictions for the rows that splits.csv calls `holdout`.",
    },
    {
      id: "B613",
      code: "misplaced-classes",
      means: "Probabilities of one class are high where another is true, far worse than any baseline.",
      todo: "Check which column is of which class.",
    },
    {
      id: "B614",
      code: "other-scale",
      means: "Predictions go with the target or against it, yet are far worse than any baseline.",
      todo: "Predict the target itself, in its unit; no logarithm, no share of it.",
    },
  ],
};
