import type { Kind } from "./contract.ts";

/** Every kind of model by its name. Each is loaded when a model of it is: to predict, one is enough. */
export const kinds: ReadonlyMap<string, () => Promise<Kind>> = new Map<string, () => Promise<Kind>>([
  ["constant", async () => (await import("./constant.ts")).constantKind],
  ["rule", async () => (await import("./rule.ts")).ruleKind],
  ["last-value", async () => (await import("./last-value/last-value.ts")).lastValueKind],
  ["group-mean", async () => (await import("./group-mean.ts")).groupMeanKind],
  ["one-rule", async () => (await import("./one-rule.ts")).oneRuleKind],
  ["rule-list", async () => (await import("./rule-list/rule-list.ts")).ruleListKind],
  ["curve", async () => (await import("./curve.ts")).curveKind],
  ["naive-bayes", async () => (await import("./naive-bayes/naive-bayes.ts")).naiveBayesKind],
  ["text-bayes", async () => (await import("./linear/logistic.ts")).textBayesKind],
  ["linear", async () => (await import("./linear/linear.ts")).linearKind],
  ["logistic", async () => (await import("./linear/logistic.ts")).logisticKind],
  ["tree", async () => (await import("./tree/tree.ts")).treeKind],
  ["boosting", async () => (await import("./boosting.ts")).boostingKind],
  ["forest", async () => (await import("./forest.ts")).forestKind],
  ["mljs-cart", async () => (await import("./tree/tree.ts")).mljsCartKind],
  ["mljs-logistic", async () => (await import("./linear/logistic.ts")).mljsLogisticKind],
  ["mljs-regression", async () => (await import("./linear/linear.ts")).mljsRegressionKind],
]);
