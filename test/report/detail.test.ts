import { expect, it } from "vitest";
import type { Detail } from "../../src/compare/detail.ts";
import { detailWords } from "../../src/report/detail.ts";

const SAID: readonly (readonly [Detail, string])[] = [
  [{ kind: "too-few", what: "groups", have: 7, least: 10 }, "7 groups, at least 10 are needed"],
  [{ kind: "few-of-class", class: "rare", have: 3, least: 10 }, "3 rows of class rare, at least 10 are needed"],
  [
    { kind: "few-discordant", baseline: "tree", have: 4, least: 5 },
    "only 4 rows on which exactly one of it and tree is right, at least 5 are needed",
  ],
  [{ kind: "no-rows" }, "no rows"],
  [{ kind: "undeclared-dependence" }, "the rows are not independent, and their groups or times are not declared"],
  [{ kind: "undefined-metric" }, "the metric is not defined on these rows"],
  [{ kind: "nothing-to-gain", baseline: "tree" }, "tree loses nothing on these rows, so no share of it can be gained"],
  [{ kind: "no-spread", baseline: "tree" }, "against tree the score does not depend on which rows are left out"],
  [
    { kind: "overconfident", baseline: "naive-bayes", times: 6.4321 },
    "naive-bayes errs 6.432 times as much as its own probabilities allow for",
  ],
  [{ kind: "held-by-others" }, "alone it would pass, among this many challengers it does not"],
  [{ kind: "not-trained", rungs: ["tree", "forest"] }, "not trained: tree, forest"],
  [{ kind: "suspected", of: "say --group site" }, "say --group site"],
  [
    { kind: "twins", rows: 12, others: 80 },
    "12 of the held-out rows have an identical row in training, and the gain is not shown on the 80 others",
  ],
  [{ kind: "not-measured", quantity: "size", of: "champion" }, "size of the champion was not measured"],
  [{ kind: "declared-cost", quantity: "size", over: true }, "size is over its budget, as declared"],
  [
    { kind: "measured-cost", quantity: "memory", outcome: "within" },
    "memory is within its budget, by its upper 95 % bound",
  ],
  [
    { kind: "measured-cost", quantity: "memory", outcome: "over" },
    "memory is over its budget, by its lower 95 % bound",
  ],
  [
    { kind: "measured-cost", quantity: "memory", outcome: "uncertain" },
    "the budget lies between the 95 % bounds of memory: time more runs",
  ],
  [
    { kind: "no-upper-bound" },
    "too few timed runs for an upper bound of the 95th percentile: 59 are needed (72 against the champion)",
  ],
];

it.each(SAID)("%j", (detail, words) => expect(detailWords(detail)).toBe(words));
