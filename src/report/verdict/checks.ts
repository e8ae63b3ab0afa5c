/** What else was asked of a challenger: cases it must pass, budgets, slices that must not lose, protected groups. */
import type { BudgetResult } from "../../compare/budget.ts";
import type { Extreme, Protection } from "../../compare/fairness.ts";
import type { SliceResult } from "../../compare/slices.ts";
import { paragraph, toned, type Block, type Figure, type Table, type Text, type Tone } from "../document/document.ts";
import { intervals } from "../figures/intervals.ts";
import { inUnit } from "../verdict-checks.ts";
import { counted, figure, percent, pFigure, whole } from "../../words/numbers.ts";
import type { ToldVerdict } from "../verdict.ts";

type Checked = Pick<
  ToldVerdict,
  "cases" | "failures" | "cost" | "slices" | "fairness" | "metric" | "bounds" | "rows" | "part"
>;

/** A block or two for each check that was asked for. */
export function checkBlocks(one: Checked): readonly Block[] {
  return [
    ...casesBlocks(one),
    ...(one.cost.length > 0 ? [paragraph("Budgets:"), budgetTable(one.cost)] : []),
    ...(one.slices.length > 0 ? sliceBlocks(one) : []),
    ...one.fairness.flatMap(fairnessBlocks),
  ];
}

/** Failures that are listed; all are in verdict.json. */
const MOST_FAILURES = 50;

function casesBlocks({ cases, failures }: Checked): readonly Block[] {
  if (cases === null) return [];
  if (failures.length === 0) return [paragraph("Must-pass cases: ", toned("good", `all ${whole(cases)} passed`), ".")];
  const rest = failures.length - MOST_FAILURES;
  return [
    paragraph("Must-pass cases: ", toned("bad", `${whole(failures.length)} not passed`), ` of ${whole(cases)} asked.`),
    {
      kind: "list",
      items: [
        ...failures.slice(0, MOST_FAILURES),
        ...(rest > 0 ? [`... and ${whole(rest)} more in verdict.json`] : []),
      ],
    },
  ];
}

const BUDGET_TONES: Readonly<Record<BudgetResult["outcome"], Tone>> = {
  within: "good",
  over: "bad",
  uncertain: "open",
};

function budgetTable(cost: readonly BudgetResult<string>[]): Table {
  return {
    kind: "table",
    columns: [
      { head: "budget" },
      { head: "at most", numeric: true },
      { head: "measured", numeric: true },
      { head: "interval", drop: 1 },
      { head: "outcome" },
    ],
    rows: cost.map(({ quantity, unit, limit, measured, declared, lower, upper, outcome, detail }): readonly Text[] => [
      quantity,
      inUnit(unit, limit),
      measured === null ? "not measured" : `${inUnit(unit, measured)}${declared ? " (declared)" : ""}`,
      lower === null || upper === null ? "-" : `${inUnit(unit, lower)} to ${inUnit(unit, upper)}`,
      [toned(BUDGET_TONES[outcome], outcome), outcome === "uncertain" && detail !== "" ? `: ${detail}` : ""],
    ]),
  };
}

const SLICE_TONES: Readonly<Record<SliceResult["outcome"], Tone>> = {
  worse: "bad",
  "not shown to be worse": "good",
  "not judged": "open",
};
/** Slices that are drawn, and that are listed; the worst come first. */
const MOST_DRAWN = 40;
const MOST_LISTED = 200;

function sliceBlocks({ slices, metric, bounds, rows, part }: Checked): readonly Block[] {
  const rank = ({ outcome, gain }: SliceResult<string>): number =>
    outcome === "worse" ? -Infinity : outcome === "not judged" ? Infinity : (gain ?? Infinity);
  const sorted = slices.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  const judged = sorted.filter(({ gain }) => gain !== null);
  const numbers = sliceTable(sorted);
  if (judged.length === 0) return [paragraph("Slices:"), numbers];
  const worse = slices.filter(({ outcome }) => outcome === "worse").length;
  const more = judged.length - MOST_DRAWN;
  const title = "Gain by slice";
  const caption = `Gain in ${metric} over the champion inside each slice, with its ${percent(bounds.level)} interval; left of 0 the challenger is worse there. ${worse === 0 ? "No slice is shown to be worse" : `${counted(worse, "slice is", "slices are")} shown to be worse`}, with Holm's correction for ${counted(judged.length, "slice")}. On ${whole(rows)} ${part === "holdout" ? "held-out rows" : "rows in folds"}.${more > 0 ? ` The ${MOST_DRAWN} with the smallest gains are drawn.` : ""}`;
  const drawn: Figure = {
    kind: "figure",
    title,
    caption,
    inShort: true,
    draw: () =>
      intervals({
        title,
        description: `Gains in ${counted(Math.min(judged.length, MOST_DRAWN), "slice")} with their intervals`,
        label: `gain in ${metric}`,
        intervals: judged
          .slice(0, MOST_DRAWN)
          .map(({ slice, gain, lower, upper }) => ({ name: slice, value: gain, lower, upper })),
        references: [{ name: "no difference", value: 0 }],
      }),
    numbers,
  };
  return [drawn];
}

function sliceTable(slices: readonly SliceResult<string>[]): Table {
  const rest = slices.length - MOST_LISTED;
  return {
    kind: "table",
    columns: [
      { head: "slice" },
      { head: "rows", numeric: true },
      { head: "gain", numeric: true },
      { head: "interval", numeric: true, drop: 2 },
      { head: "p of a loss", numeric: true, drop: 1 },
      { head: "outcome" },
    ],
    rows: [
      ...slices
        .slice(0, MOST_LISTED)
        .map(({ slice, rows, gain, lower, upper, adjusted, outcome, detail }): readonly Text[] => [
          slice,
          whole(rows),
          figure(gain),
          gain === null ? "-" : `${limit(lower)} to ${limit(upper)}`,
          adjusted === null ? "-" : pFigure(adjusted),
          [toned(SLICE_TONES[outcome], outcome), detail === "" ? "" : `: ${detail}`],
        ]),
      ...(rest > 0
        ? [[`... and ${counted(rest, "more slice", "more slices")} in verdict.json`, "", "", "", "", ""]]
        : []),
    ],
  };
}

const limit = (value: number | null): string => (value === null ? "no limit" : figure(value));

const RATE_TONES: Readonly<Record<Protection["rates"][number]["outcome"], Tone>> = {
  "beyond the limit": "bad",
  "worse than the baseline": "bad",
  "no objection": "good",
  "not judged": "open",
};

function fairnessBlocks({ column, rates }: Protection): readonly Block[] {
  const range = (of: Extreme | null): string =>
    of === null ? "-" : `${figure(of.value)} (${figure(of.lower)} to ${figure(of.upper)})`;
  const words = (rate: string): string => rate.replaceAll("-", " ");
  return [
    paragraph(`Protected groups by ${column}:`),
    {
      kind: "table",
      columns: [
        { head: "rate" },
        { head: "largest difference", numeric: true },
        { head: "of the champion", numeric: true, drop: 2 },
        { head: "change", numeric: true, drop: 1 },
        { head: "outcome" },
      ],
      rows: rates.map(({ rate, difference, baseline, change, outcome }): readonly Text[] => [
        words(rate),
        range(difference),
        range(baseline.difference),
        range(change),
        toned(RATE_TONES[outcome], outcome),
      ]),
    },
    {
      kind: "details",
      summary: `Rates by ${column}, group by group`,
      blocks: [
        {
          kind: "table",
          columns: [
            { head: "group" },
            { head: "rate" },
            { head: "rows", numeric: true },
            { head: "selected", numeric: true },
            { head: "share", numeric: true },
          ],
          rows: rates.flatMap(({ rate, groups }) =>
            groups
              .slice(0, MOST_LISTED)
              .map(({ group, rows, selected, rate: share }) => [
                group,
                words(rate),
                whole(rows),
                whole(selected),
                share === null ? "-" : percent(share),
              ]),
          ),
        },
      ],
    },
  ];
}
