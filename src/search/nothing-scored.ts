import { StatedError } from "../error.ts";
import type { Trial } from "./trial.ts";

/** No configuration could be scored: nothing to choose from. The message has the first failure's reason. */
export class NothingScored extends StatedError {
  override readonly name = "NothingScored";
  override readonly code = "nothing-scored";
}

/** Why a study has no best. @param ended Why it ended, in a sentence; undefined while it has not. */
export function nothingScored(trials: readonly Trial[], ended: string | undefined): NothingScored {
  const failed = trials.find(({ state }) => state === "failed");
  const why =
    failed === undefined
      ? (ended ?? (trials.length === 0 ? "no trial was run" : "none has ended"))
      : `trial ${failed.number} failed: ${failed.reason}`;
  return new NothingScored(`search: none of ${trials.length} trials could be scored; ${why}`);
}
