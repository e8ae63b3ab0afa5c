/** When a run has to end before its work is done. */
import { setMaxListeners } from "node:events";

/** A signal that fires at the time limit or with the caller's, and which of the two it was. */
export function limitedBy(
  seconds: number | undefined,
  outer: AbortSignal | undefined,
): { signal: AbortSignal; cut: () => string | undefined; clear: () => void } {
  const controller = new AbortController();
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => controller.abort(new Error(`the time limit of ${seconds} s was reached`)), 1000 * seconds);
  timer?.unref();
  setMaxListeners(0, controller.signal); // every search and every search inside a fold listens
  const forward = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) forward();
  outer?.addEventListener("abort", forward, { once: true });
  return {
    signal: controller.signal,
    cut: () => (controller.signal.aborted ? messageOf(controller.signal.reason) : undefined),
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", forward);
    },
  };
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
