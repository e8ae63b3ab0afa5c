import type { FindingGroup } from "./contract.ts";

export const target: FindingGroup = {
  title: "The target",
  findings: [
    {
      id: "B301",
      code: "target-missing",
      means: "Rows without a target are not used.",
      todo: "If a text such as `NA` is a class, `--keep-na name=NA`; where they are many, ask why they have none.",
    },
    {
      id: "B302",
      code: "integer-target",
      means: "A target of few whole numbers was taken as a quantity.",
      todo: "If they are classes, `--task multiclass`.",
    },
    {
      id: "B303",
      code: "rare-class",
      means: "A class has few rows: its scores rest on few cases.",
      todo: "Collect more rows of it; look at its recall, not at accuracy.",
    },
    {
      id: "B304",
      code: "capped-target",
      means: "Many rows share the largest or smallest target: it seems to be cut off there.",
      todo: "Models cannot see beyond the cap; say so to whoever uses the answers.",
    },
    {
      id: "B305",
      code: "unseen-classes",
      means: "Rows of the second table have classes that training did not have; they were read as missing.",
      todo: "Check the spelling of the classes.",
    },
  ],
};
