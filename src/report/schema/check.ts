/** Artifacts are checked when they are written and when they are read: what does not fit is refused with a sentence. */
import * as v from "valibot";
import { BENCHMARK_SCHEMA, type Artifact } from "../artifact.ts";
import { MODEL_SCHEMA, type ModelFile } from "../model-file.ts";
import { GATE_SCHEMA, type GateDocument } from "../gate.ts";
import { VERDICT_SCHEMA, type VerdictDocument } from "../verdict.ts";
import { benchmarkSchema } from "./benchmark.ts";
import { gateSchema } from "./gate.ts";
import { modelSchema } from "./model.ts";
import { verdictSchema } from "./verdict.ts";
import { StatedError } from "../../error.ts";

/** An artifact that is not what it should be: says where in it, what was wanted and what came. */
export class ArtifactError extends StatedError {
  override readonly name = "ArtifactError";
  override readonly code = "artifact";
}

/** @throws ArtifactError naming the first member that does not fit. */
export function checkArtifact(value: unknown): Artifact {
  return checked("benchmark", BENCHMARK_SCHEMA, benchmarkSchema, value);
}

/** @throws ArtifactError naming the first member that does not fit. */
export function checkModelFile(value: unknown): ModelFile {
  return checked("model", MODEL_SCHEMA, modelSchema, value);
}

/** @throws ArtifactError naming the first member that does not fit. */
export function checkVerdict(value: unknown): VerdictDocument {
  return checked("verdict", VERDICT_SCHEMA, verdictSchema, value);
}

/** @throws ArtifactError naming the first member that does not fit. */
export function checkGate(value: unknown): GateDocument {
  return checked("gate", GATE_SCHEMA, gateSchema, value);
}

function checked<T>(what: string, version: string, schema: v.GenericSchema<T>, value: unknown): T {
  const found = typeof value === "object" && value !== null ? (value as { schema?: unknown }).schema : undefined;
  if (found !== version)
    throw new ArtifactError(
      typeof found === "string" && found.startsWith(`tabular-baseline/${what}/`)
        ? `this ${what} is of version ${found.split("/").at(-1)}, and this program reads version ${version.split("/").at(-1)}; use the program that wrote it, or train again`
        : `this is not a ${what} of tabular-baseline: wanted "schema": ${JSON.stringify(version)}, got ${JSON.stringify(found)}`,
    );
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ArtifactError(
    `this ${what} is damaged at ${v.getDotPath(issue) ?? "its top level"}: wanted ${issue.expected ?? issue.message}, got ${issue.received}`,
  );
}
