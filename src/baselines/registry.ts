import type { Estimator } from "./contract.ts";
import { constant } from "./constant.ts";
import { linear } from "./linear/linear.ts";
import { logistic } from "./logistic/logistic.ts";
import { textBayes } from "./text-bayes.ts";

/** Every estimator, plainest first: the ladder and the reports keep this order. */
export const estimators: readonly Estimator[] = [constant, linear, logistic, textBayes];
