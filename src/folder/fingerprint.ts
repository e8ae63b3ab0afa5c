import { createHash } from "node:crypto";
import type { Artifact } from "../report/artifact.ts";

/** SHA-256 of an artifact without what differs from run to run. */
export function fingerprintOf(artifact: Artifact): string {
  const { environment: _e, timing: _t, ...rest } = artifact;
  return createHash("sha256").update(JSON.stringify(rest)).digest("hex");
}
