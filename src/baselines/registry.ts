import type { Estimator } from "./contract.ts";
import { constant } from "./constant.ts";
import { linear } from "./linear/linear.ts";

/** Every estimator, plainest first: the ladder and the reports keep this order. */
export const estimators: readonly Estimator[] = [constant, linear];
