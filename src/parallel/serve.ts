/** The worker's side of a pool: a module that is to run as a worker calls `serve` once and is done. */
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Failure, Order } from "./messages.ts";

/**
 * Answers every task sent to this worker with what `handle` makes of it.
 *
 * @param handle Gets a task and the pool's `init`; may be asynchronous. What it throws rejects that task only.
 * @param handOver Names the memory of a result that may be handed over (transferred) instead of copied.
 * @throws Error outside a worker thread.
 */
export function serve<Result>(
  handle: (task: never, init: never) => Result | Promise<Result>,
  handOver: (result: Result) => ArrayBuffer[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error("serve: this module runs as a worker thread only; start it with startPool");
  const answer = async ({ id, task }: Order): Promise<void> => {
    try {
      const result = await handle(task as never, workerData as never);
      port.postMessage({ id, ok: true, result } satisfies Answer, handOver(result));
    } catch (error) {
      port.postMessage({ id, ok: false, error: plain(error) } satisfies Answer);
    }
  };
  port.on("message", (order: Order) => void answer(order));
  port.postMessage({ id: -1, ok: true } satisfies Answer);
}

function plain(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack, code, stated } = error as Error & Failure;
  return { name, message, ...(stack !== undefined && { stack }), code, stated };
}
