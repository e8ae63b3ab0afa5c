import type { FindingGroup } from "./contract.ts";

export const splits: FindingGroup = {
  title: "Splits, groups and time",
  findings: [
    {
      id: "B401",
      code: "duplicates-across-holdout",
      means: "Held-out rows have an identical row in training: their score is partly remembered.",
      todo: "`--group-duplicates` keeps identical rows together.",
    },
    {
      id: "B402",
      code: "duplicates-across-folds",
      means: "Training rows have an identical row in another fold.",
      todo: "`--group-duplicates` keeps identical rows together.",
    },
    {
      id: "B403",
      code: "duplicate-rows",
      means: "Rows that are the same in all features and the target.",
      todo: "`--group-duplicates`, if they are repeats of one observation.",
    },
    {
      id: "B404",
      code: "groups-across-holdout",
      means: "Groups have rows on both sides of the split: the score is of groups that the models know.",
      todo: "Split by group, if new rows come from new groups.",
    },
    {
      id: "B405",
      code: "groups-across-folds",
      means: "Groups have rows in several folds.",
      todo: "Split by group, if new rows come from new groups.",
    },
    {
      id: "B406",
      code: "groups-missing",
      means: "Rows without a group; each is a group of its own.",
      todo: "Fill in the group.",
    },
    {
      id: "B407",
      code: "group-suspected",
      means:
        "A column names things with several rows each: by its name, or by standing in blocks of rows in which a year, a date or an age rises.",
      todo: "`--group name` keeps rows of one thing together.",
    },
    {
      id: "B408",
      code: "time-suspected",
      means: "Rows are in order of time.",
      todo: "`--time name` (or `@row`), if later rows are to be predicted from earlier ones.",
    },
    {
      id: "B409",
      code: "row-order",
      means: "Rows that follow one another are alike.",
      todo: "`--time @row` or `--group`, if they are not independent.",
    },
    {
      id: "B410",
      code: "time-across-holdout",
      means: "Held-out rows are earlier than training rows.",
      todo: "Score on rows that are later than those trained on.",
    },
    {
      id: "B411",
      code: "time-across-folds",
      means: "Rows are scored by models that learnt from later rows.",
      todo: "`--split-kind expanding`.",
    },
    {
      id: "B412",
      code: "fewer-folds",
      means: "Fewer folds than asked for: there are not enough groups, times or rows.",
      todo: "Nothing, or fewer `--folds`.",
    },
    {
      id: "B413",
      code: "fewer-repeats",
      means: "Fewer repeats than asked for: there are no other ways to split.",
      todo: "Nothing.",
    },
    {
      id: "B414",
      code: "uneven-folds",
      means: "Folds differ much in size, because groups and times are kept whole.",
      todo: "Look at the pooled score too.",
    },
    {
      id: "B415",
      code: "classes-missing-in-folds",
      means: "Folds without a row of a class: metrics that need every class are not defined there.",
      todo: "Fewer folds, or more rows of the class.",
    },
    {
      id: "B416",
      code: "too-few-to-judge",
      means: "The rows cannot judge any challenger.",
      todo: "What the message says: more rows or groups held out, or folds.",
    },
  ],
};
