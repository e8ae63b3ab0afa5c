/**
 * What is compared: the same work here and by a peer, on the generated tables S, M, L and XL. `goal` is the most that our
 * CPU seconds may be of the peer's. `encoding`: the peer's encoding of the columns counts (ours always does). `memory`: the
 * most that the peak memory of our whole process may be of the peer's. `folds`: no times, but scores on five splits.
 */
const trees = { work: "cart", task: "binary", peer: "scikit", against: "DecisionTree" };
const linear = { task: "regression", peer: "scikit" };
const logistic = { work: "logistic", task: "binary", peer: "scikit", encoding: true };
const path = { ...logistic, work: "logistic-path", encoding: false, against: "LogisticRegressionCV" };
const bayes = { ...logistic, work: "naive-bayes", against: "encoding + GaussianNB" };
const boosting = { work: "boosting", task: "binary", peer: "scikit", against: "HistGradientBoosting" };
const timed = [
  { name: "cart-L", size: "L", ...trees, goal: 0.08, memory: 0.5 },
  { name: "cart-XL", size: "XL", ...trees, goal: 0.04, memory: 0.5 },
  { name: "cart-L-rpart", size: "L", ...trees, peer: "rpart", against: "R rpart", goal: 0.25 },
  { name: "cart-S-npm", size: "S", ...trees, peer: "npm", against: "ml-cart", goal: 0.1 },
  { name: "cart-L-reg", size: "L", ...trees, task: "regression" },
  { name: "cart-cv-L", size: "L", ...trees, work: "cart-cv", against: "cross_val_score", goal: 0.1 },
  { name: "ridge-L", size: "L", ...linear, work: "ridge", against: "5 Ridge fits", goal: 1 },
  { name: "lasso-L", size: "L", ...linear, work: "lasso", against: "LassoCV", goal: 0.5 },
  { name: "logistic-XL", size: "XL", ...logistic, against: "encoding + LogisticRegression", goal: 0.3, memory: 0.5 },
  { name: "logistic-L", size: "L", ...logistic, against: "encoding + LogisticRegression", goal: 0.5, memory: 0.5 },
  { name: "logistic-path-M", size: "M", ...path, goal: 0.5 },
  { name: "boosting-M", size: "M", ...boosting, goal: 0.9 },
  { name: "boosting-L", size: "L", ...boosting, goal: 0.9, memory: 0.5 },
  { name: "boosting-M-reg", size: "M", ...boosting, task: "regression", goal: 1.2 },
  { name: "boosting-L-reg", size: "L", ...boosting, task: "regression", goal: 1.2 },
  { name: "boosting-cv-M", size: "M", ...boosting, work: "boosting-cv", against: "cross_val_score", goal: 0.7 },
  { name: "forest-M", size: "M", ...trees, work: "forest", against: "RandomForest", goal: 0.4 },
  { name: "naive-bayes-XL", size: "XL", ...bayes, goal: 1 },
  { name: "one-rule-XL", size: "XL", ...trees, work: "one-rule", against: "DecisionTree depth 1", goal: 0.3 },
];
const scored = [
  ["cart", "binary"],
  ["cart", "regression"],
  ["boosting", "binary"],
  ["boosting", "regression"],
  ["forest", "binary"],
].map(([work, task]) => {
  const name = `${work}-M-splits${task === "binary" ? "" : "-reg"}`;
  return { name, size: "M", work, task, peer: "scikit", against: "on five splits", folds: true };
});

export const ROWS = [...timed, ...scored];

/** How much worse a score of trees may be: 0.003 of accuracy, 0.5 % of an error. */
export const SLACK = { accuracy: 0.003, rmse: 0.005 };
