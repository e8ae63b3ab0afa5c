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
]);
