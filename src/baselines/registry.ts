import type { Estimator } from "./contract.ts";
import { boosting } from "./boosting/boosting.ts";
import { constant } from "./constant.ts";
import { curve } from "./curve/curve.ts";
import { forest } from "./forest/forest.ts";
import { groupMean } from "./group-mean.ts";
import { lastValue } from "./last-value/last-value.ts";
import { linear } from "./linear/linear.ts";
import { logistic } from "./logistic/logistic.ts";
import { mljsCart } from "./mljs/cart.ts";
import { mljsLogistic } from "./mljs/logistic.ts";
import { mljsRegression } from "./mljs/regression.ts";
import { naiveBayes } from "./naive-bayes/naive-bayes.ts";
import { ruleList } from "./rules/list/rule-list.ts";
import { oneRule } from "./rules/one-rule.ts";
import { statusQuo } from "./status-quo.ts";
import { textBayes } from "./text-bayes.ts";
import { tree } from "./tree/tree.ts";

/** Every estimator, plainest first: the ladder and the reports keep this order. */
export const estimators: readonly Estimator[] = [
  constant,
  statusQuo,
  lastValue,
  groupMean,
  oneRule,
  ruleList,
  curve,
  naiveBayes,
  textBayes,
  linear,
  logistic,
  tree,
  boosting,
  forest,
  mljsCart,
  mljsLogistic,
  mljsRegression,
];
