import type { Estimator } from "./contract.ts";
import { boosting } from "./boosting/boosting.ts";
import { constant } from "./constant.ts";
import { forest } from "./forest/forest.ts";
import { tree } from "./tree/tree.ts";

/** Every estimator, plainest first: the ladder and the reports keep this order. */
export const estimators: readonly Estimator[] = [constant, tree, boosting, forest];
