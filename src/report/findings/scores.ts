import type { FindingGroup } from "./contract.ts";

export const scores: FindingGroup = {
  title: "Scores that may mislead",
  findings: [
    {
      id: "B501",
      code: "near-perfect-column",
      means: "One column alone removes most of the loss: if it is known only after the event, this is leakage.",
      todo: "`--ignore` it, if it is not known when a prediction is needed.",
    },
    {
      id: "B502",
      code: "target-copy",
      means: "A column is the target, or the target in other words.",
      todo: "`--ignore` it.",
    },
    {
      id: "B503",
      code: "target-sum",
      means: "The target is the sum of other columns.",
      todo: "`--ignore` the parts, if they are known only together with it.",
    },
    {
      id: "B504",
      code: "heavy-tail",
      means: "One row carries a large share of the loss: the score says little of the others.",
      todo: "Use a metric that one row cannot dominate, such as mae; look at that row.",
    },
    {
      id: "B505",
      code: "ladder-incomplete",
      means: "The run was cut short: rungs, repeats or the fit on all rows are missing.",
      todo: "`--resume`; until then no challenger is JUSTIFIED.",
    },
    {
      id: "B506",
      code: "not-searched",
      means:
        "So many rows x classes (over a million) that nothing was searched for: every rung has its default parameters.",
      todo: "`--trials 20` searches all the same; fewer classes, or a rest class for rare ones, cost less.",
    },
  ],
};
