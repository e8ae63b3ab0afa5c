/** Verdicts made up member by member, for tests of what is printed of them. */
import type { VerdictDocument, VerdictEntry } from "../../src/report/verdict.ts";

type SliceResult = VerdictEntry["slices"][number];

export const entry = (name: string, changes: Partial<VerdictEntry> = {}): VerdictEntry => ({
  name,
  metric: "rmse",
  margin: { value: 0.01, kind: "relative", assumed: true },
  part: "holdout",
  verdict: "JUSTIFIED",
  sublabel: null,
  reason: null,
  detail: null,
  provisional: false,
  rows: 1000,
  units: { kind: "rows", count: 1000 },
  score: 5.2,
  baseline: "tree",
  gain: 0.1234,
  bounds: { lower: 0.08, upper: null, level: 0.9 },
  test: { name: "hall", statistic: 4, p: 0.00002, pBelow: 0.99998 },
  against: [{ baseline: "tree", score: 6, gain: 0.1234, bounds: { lower: 0.08, upper: null, level: 0.9 }, p: 0.00002 }],
  rowsNeeded: null,
  posterior: null,
  seeds: { count: 1, sd: null },
  caveats: [],
  notes: [],
  findings: [],
  cases: null,
  failures: [],
  other: null,
  cost: [],
  slices: [],
  fairness: [],
  vetoes: [],
  sentence: `${name} is JUSTIFIED. ${"Word after word of a long explanation. ".repeat(6)}`.trim(),
  ...changes,
});

export const documentOf = (...challengers: VerdictEntry[]): VerdictDocument => ({
  schema: "tabular-baseline/verdict/1",
  benchmark: "0".repeat(64),
  protocol: "holdout",
  against: "every",
  champion: "tree",
  alpha: 0.05,
  challengers,
  family: {
    method: "holm",
    alpha: 0.05,
    members: challengers.map(({ name, test }) => ({ name, p: test.p, adjusted: test.p })),
    winner: { name: challengers[0].name, gain: 0.1234, bounds: { lower: 0.07, upper: 0.2, level: 0.9 } },
  },
});

export const slice = (name: string, changes: Partial<SliceResult> = {}): SliceResult => ({
  slice: name,
  rows: 120,
  gain: 0.02,
  lower: -0.01,
  upper: 0.05,
  p: 0.9,
  adjusted: 1,
  outcome: "not shown to be worse",
  detail: "",
  ...changes,
});

/** Everything that can be asked of a challenger. */
export const ASKED: Partial<VerdictEntry> = {
  cases: 2,
  failures: ["case 1: wanted <b>, got `c`"],
  slices: [slice("region = <script>"), slice("few", { gain: null, outcome: "not judged", detail: "only 3 rows" })],
  cost: [
    {
      quantity: "size",
      unit: "bytes",
      limit: 5e6,
      measured: null,
      declared: false,
      lower: null,
      upper: null,
      runs: 0,
      batch: null,
      outcome: "uncertain",
      detail: "nothing was measured",
    },
  ],
};

/** What no rows could judge. */
export const UNJUDGED: Partial<VerdictEntry> = {
  verdict: "INCONCLUSIVE",
  reason: "too-few-rows",
  score: null,
  gain: null,
  bounds: { lower: null, upper: null, level: 0.9 },
  against: [],
  sentence: "lost is INCONCLUSIVE: too few independent rows for any claim.",
};
