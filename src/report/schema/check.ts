/** Artifacts are checked when they are written and when they are read: what does not fit is refused with a sentence. */
import * as v from "valibot";
import { StatedError } from "../../error.ts";

/** An artifact that is not what it should be: says where in it, what was wanted and what came. */
export class ArtifactError extends StatedError {
  override readonly name = "ArtifactError";
  override readonly code = "artifact";
}

/** @throws ArtifactError naming the first member that does not fit. */
export function checked<T>(what: string, version: string, schema: v.GenericSchema<T>, value: unknown): T {
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
  throw new ArtifactError(`this ${what} is damaged at ${v.getDotPath(issue) ?? "its top level"}: ${faultOf(issue)}`);
}

function faultOf({ type, expected, received, message, path }: v.BaseIssue<unknown>): string {
  if (received === "undefined" && path !== undefined) return "it is missing";
  if (expected === "never") return "there is no such member";
  if (type === "check") return `wanted ${message}`;
  const wanted = expected ?? (type === "finite" ? "a finite number" : message);
  return `wanted ${wanted}, got ${received}`;
}
