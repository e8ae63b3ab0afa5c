import type { FindingGroup } from "./contract.ts";

export const newRows: FindingGroup = {
  title: "New rows",
  findings: [
    {
      id: "B701",
      code: "beyond-range",
      means: "Values outside the range of the training rows.",
      todo: "The answer is an extrapolation: check the unit, or train on such rows.",
    },
    {
      id: "B702",
      code: "unseen-levels",
      means: "Levels that no training row has.",
      todo: "Check the spelling, or train on such rows.",
    },
    {
      id: "B703",
      code: "newly-missing",
      means: "Values are missing where training never lacked one.",
      todo: "Find out what broke.",
    },
    {
      id: "B704",
      code: "newly-fractional",
      means: "Fractions where training had whole numbers only.",
      todo: "If the mark groups digits, `--decimal` or `--thousands`.",
    },
    {
      id: "B705",
      code: "varying-constant",
      means: "A column that held one value in training holds others.",
      todo: "Train again: the model knows nothing of this column.",
    },
    {
      id: "B706",
      code: "decimal-mark",
      means: "Numbers are written with another decimal mark than in training.",
      todo: "Nothing, if the message is right; else `--decimal`.",
    },
    {
      id: "B707",
      code: "without-unit",
      means: "Cells without the unit that training had.",
      todo: "Check that they are in the same unit.",
    },
    { id: "B708", code: "new-unit", means: "Cells with a unit that training did not have.", todo: "Convert them." },
    {
      id: "B709",
      code: "date-format",
      means: "Dates are written otherwise than in training.",
      todo: "Nothing, if the message is right.",
    },
    {
      id: "B710",
      code: "unseen-groups",
      means:
        "Rows without a group, or of one that no training row has; a rung that answers by group knows nothing of them.",
      todo: "Check the spelling, or train on rows of these groups.",
    },
    {
      id: "B711",
      code: "no-order",
      means: "A row has no time, so rungs that answer by what came before have no order to go by.",
      todo: "Fill in the time, or leave the row out.",
    },
    {
      id: "B712",
      code: "absent-column",
      means: "A test table lacks a column of times, groups or ids that the training table has.",
      todo: "Add it, if what the message says of its rows is not so.",
    },
  ],
};
