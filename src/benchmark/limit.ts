/** When a run has to end before its work is done. */
import { setMaxListeners } from "node:events";
import { OptionError } from "../error.ts";
import { after } from "../evaluate/clock.ts";

export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Why it fired, if it has. */
  readonly cut: () => string | undefined;
  /** Lets go of the clock and of the caller's signal. */
  readonly clear: () => void;
}

/** A signal that fires at the time limit or with the caller's, and which of the two it was. */
export function limitedBy(seconds: number | undefined, outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  const stop =
    seconds === undefined
      ? undefined
      : after(1000 * seconds, () => controller.abort(new OptionError(`the time limit of ${seconds} s was reached`)));
  setMaxListeners(0, controller.signal); // every search and every search inside a fold listens
  const forward = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) forward();
  outer?.addEventListener("abort", forward, { once: true });
  return {
    signal: controller.signal,
    cut: () => (controller.signal.aborted ? messageOf(controller.signal.reason) : undefined),
    clear: () => {
      stop?.();
      outer?.removeEventListener("abort", forward);
    },
  };
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
