import * as v from "valibot";
import { GATE_SCHEMA, type GateDocument } from "../gate.ts";
import { count, digest } from "./parts.ts";
import { checked } from "./check.ts";
import { verdictSchema } from "./verdict.ts";

/** What `baseline gate --json` prints. */
export const gateSchema: v.GenericSchema<GateDocument> = v.strictObject({
  schema: v.literal(GATE_SCHEMA),
  benchmark: digest,
  mode: v.picklist(["strict", "open", "shard"]),
  outcome: v.picklist(["PASS", "NO PASS", "INCONCLUSIVE"]),
  reason: v.nullable(v.picklist(["holdout-spent", "dependence-unknown"])),
  run: v.nullable(count),
  cached: v.boolean(),
  budget: count,
  left: count,
  statement: v.string(),
  verdict: v.nullable(verdictSchema),
});

/** @throws ArtifactError naming the first member that does not fit. */
export function checkGate(value: unknown): GateDocument {
  return checked("gate", GATE_SCHEMA, gateSchema, value);
}
