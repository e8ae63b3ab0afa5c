import * as v from "valibot";
import type { BudgetResult } from "../../compare/budget.ts";
import type { Extreme, Protection } from "../../compare/fairness.ts";
import type { SliceResult } from "../../compare/slices.ts";
import type {
  Against,
  Bounds,
  Caveat,
  Family,
  Finding,
  PartVerdict,
  RowsNeeded,
} from "../../compare/verdict/contract.ts";
import { VERDICT_SCHEMA, type VerdictDocument, type VerdictEntry } from "../verdict.ts";
import { count, digest, finite, margin, maybe, reason } from "./parts.ts";
import { checked } from "./check.ts";

const share: v.GenericSchema<number> = v.pipe(finite, v.minValue(0), v.maxValue(1));
const maybeShare: v.GenericSchema<number | null> = v.nullable(share);
const bounds: v.GenericSchema<Bounds> = v.strictObject({ lower: maybe, upper: maybe, level: share });

const against: v.GenericSchema<Against> = v.strictObject({
  baseline: v.string(),
  score: maybe,
  gain: maybe,
  bounds,
  p: share,
});

const rowsNeeded: v.GenericSchema<RowsNeeded> = v.strictObject({
  now: count,
  power: share,
  scenarios: v.array(
    v.strictObject({
      scenario: v.picklist(["observed gain", "twice the margin", "upper bound"]),
      gain: finite,
      settles: v.nullable(v.picklist(["JUSTIFIED", "NOT JUSTIFIED"])),
      rows: maybe,
      low: maybe,
      high: maybe,
    }),
  ),
});

const verdict = v.picklist(["JUSTIFIED", "NOT JUSTIFIED", "INCONCLUSIVE"]);
const part = v.picklist(["holdout", "folds"]);

const caveat: v.GenericSchema<Caveat> = v.variant("code", [
  v.strictObject({ code: v.literal("few-rows"), rows: count }),
  v.strictObject({ code: v.literal("few-groups"), groups: count }),
  v.strictObject({ code: v.literal("single-run") }),
  v.strictObject({ code: v.literal("single-seed") }),
  v.strictObject({
    code: v.literal("twins"),
    rows: count,
    gain: maybe,
    others: maybe,
    kind: v.picklist(["absolute", "relative"]),
  }),
  v.strictObject({ code: v.literal("certain-answers"), rows: count, times: finite }),
]);

const finding: v.GenericSchema<Finding> = v.variant("code", [
  v.strictObject({ code: v.literal("repeats-column"), column: v.string() }),
  v.strictObject({ code: v.literal("near-perfect-column"), columns: v.array(v.string()) }),
  v.strictObject({ code: v.literal("almost-perfect"), share: finite }),
  v.strictObject({ code: v.literal("same-in-every-repeat"), repeats: count }),
  v.strictObject({ code: v.literal("folds-above-holdout"), folds: finite, holdout: finite }),
  v.strictObject({ code: v.literal("folds-alone"), heldOut: count }),
  v.strictObject({ code: v.literal("misplaced-classes"), of: v.string(), where: v.string() }),
  v.strictObject({ code: v.literal("other-scale"), correlation: finite }),
]);

/** What is said of one part, and, of the part that decides, of the challenger. */
const findings = {
  part,
  verdict,
  sublabel: v.nullable(
    v.picklist(["worse", "equivalent", "no-gain", "gain-too-small", "over-budget", "must-pass", "slice", "fairness"]),
  ),
  reason,
  detail: v.nullable(v.string()),
  provisional: v.boolean(),
  rows: count,
  units: v.strictObject({ kind: v.picklist(["rows", "groups", "time steps"]), count }),
  score: maybe,
  baseline: v.string(),
  gain: maybe,
  bounds,
  test: v.strictObject({ name: v.string(), statistic: maybe, p: share, pBelow: share }),
  against: v.array(against),
  rowsNeeded: v.nullable(rowsNeeded),
  posterior: v.nullable(v.strictObject({ worse: share, equivalent: share, better: share })),
  seeds: v.strictObject({ count, sd: maybe }),
  caveats: v.array(caveat),
};
const partVerdict: v.GenericSchema<PartVerdict<string | null>> = v.strictObject(findings);

const cost: v.GenericSchema<BudgetResult<string>> = v.strictObject({
  quantity: v.picklist(["latency-p50", "latency-p95", "size", "memory", "training-time"]),
  unit: v.picklist(["microseconds per row", "bytes", "milliseconds", "times the champion"]),
  limit: finite,
  measured: maybe,
  declared: v.boolean(),
  lower: maybe,
  upper: maybe,
  runs: count,
  batch: v.nullable(count),
  outcome: v.picklist(["within", "over", "uncertain"]),
  detail: v.string(),
});

const slice: v.GenericSchema<SliceResult<string>> = v.strictObject({
  slice: v.string(),
  rows: count,
  gain: maybe,
  lower: maybe,
  upper: maybe,
  p: maybeShare,
  adjusted: maybeShare,
  outcome: v.picklist(["worse", "not shown to be worse", "not judged"]),
  detail: v.string(),
});

const extreme: v.GenericSchema<Extreme | null> = v.nullable(
  v.strictObject({ value: finite, lower: finite, upper: finite }),
);
const protection: v.GenericSchema<Protection> = v.strictObject({
  column: v.string(),
  rates: v.array(
    v.strictObject({
      rate: v.picklist(["selection-rate", "true-positive-rate", "false-positive-rate"]),
      groups: v.array(v.strictObject({ group: v.string(), rows: count, selected: count, rate: maybe })),
      difference: extreme,
      ratio: extreme,
      baseline: v.strictObject({ difference: extreme, ratio: extreme }),
      change: extreme,
      outcome: v.picklist(["beyond the limit", "worse than the baseline", "no objection", "not judged"]),
    }),
  ),
});

const challenger: v.GenericSchema<VerdictEntry> = v.strictObject({
  name: v.string(),
  metric: v.string(),
  margin,
  ...findings,
  other: v.nullable(partVerdict),
  cost: v.array(cost),
  slices: v.array(slice),
  fairness: v.array(protection),
  findings: v.array(finding),
  cases: v.nullable(count),
  failures: v.array(v.string()),
  notes: v.array(v.string()),
  vetoes: v.array(v.strictObject({ kind: v.picklist(["must-pass", "slice", "fairness"]), detail: v.string() })),
  sentence: v.string(),
});

const family: v.GenericSchema<Family> = v.strictObject({
  method: v.literal("holm"),
  alpha: share,
  members: v.array(v.strictObject({ name: v.string(), p: share, adjusted: share })),
  winner: v.nullable(v.strictObject({ name: v.string(), gain: finite, bounds })),
});

/** `verdict.json`. */
export const verdictSchema: v.GenericSchema<VerdictDocument> = v.strictObject({
  schema: v.literal(VERDICT_SCHEMA),
  benchmark: digest,
  protocol: v.picklist(["holdout", "folds", "both"]),
  against: v.picklist(["every", "champion"]),
  champion: v.string(),
  alpha: share,
  challengers: v.pipe(v.array(challenger), v.minLength(1)),
  family,
});

/** @throws ArtifactError naming the first member that does not fit. */
export function checkVerdict(value: unknown): VerdictDocument {
  return checked("verdict", VERDICT_SCHEMA, verdictSchema, value);
}
