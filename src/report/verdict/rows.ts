/** How many rows would settle a verdict, for three gains that the true one may be. */
import type { Margin } from "../../compare/margin.ts";
import type { RowsNeeded } from "../../compare/verdict/contract.ts";
import { percent, roughly, whole } from "../../words/numbers.ts";
import { paragraph, type Block } from "../document/document.ts";
import { gainFigure } from "../verdict.ts";

const SCENARIOS: Readonly<Record<RowsNeeded["scenarios"][number]["scenario"], string>> = {
  "observed gain": "the one seen here",
  "twice the margin": "twice what is asked",
  "upper bound": "the most these rows allow",
};

export function rowsBlocks({ scenarios, power, now }: RowsNeeded, margin: Margin): readonly Block[] {
  const rows = scenarios.map(({ scenario, gain, settles, rows: count, low, high }) => [
    SCENARIOS[scenario],
    gainFigure(gain, margin),
    settles ?? "-",
    count === null ? "no number" : roughly(count),
    low === null || high === null ? "-" : `${roughly(low)} to ${roughly(high)}`,
  ]);
  return [
    paragraph(`Test rows that would settle it, in all, with ${percent(power)} power; there are ${whole(now)} now.`),
    {
      kind: "table",
      columns: [
        { head: "if the true gain is the" },
        { head: "gain", numeric: true },
        { head: "it would be" },
        { head: "rows", numeric: true },
        { head: "80 % interval", numeric: true, drop: 1 },
      ],
      rows,
    },
  ];
}
