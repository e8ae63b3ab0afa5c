/**
 * A small pool of worker threads. It knows nothing of the work: a worker module calls `serve`, and what goes in and
 * comes out is structured data. SharedArrayBuffers in `init` and in tasks stay shared, everything else is copied.
 */
import { Worker } from "node:worker_threads";
import type { Answer, Order } from "./messages.ts";

export interface RunOptions {
  /** Tasks with the same key go to the same worker where possible, so that it can keep what it made for the key. */
  readonly affinity?: string;
  /** Wait for the worker that has the key, even while others are idle: going on there saves more than a core is worth. */
  readonly stay?: boolean;
  /** Aborting drops a waiting task; a running one is stopped with its worker, and another worker takes its place. */
  readonly signal?: AbortSignal;
  /** Memory to hand over instead of copying. */
  readonly transfer?: readonly ArrayBuffer[];
}

export interface Pool<Task, Result> {
  readonly size: number;
  /** Queues a task, first come first served. Rejects with what the worker threw, or with why it died. */
  run(task: Task, options?: RunOptions): Promise<Result>;
  /** Stops all workers; tasks that are not done reject. Later tasks reject too. */
  close(): Promise<void>;
}

/** A worker ended while it still had work: out of memory, `process.exit`, an error outside its task. */
export class WorkerError extends Error {
  override readonly name = "WorkerError";
}

interface Job extends Order {
  readonly options: RunOptions;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface Seat {
  worker: Worker;
  /** Its module has loaded. */
  ready: boolean;
  /** It was given a task, so that if it dies the task may be to blame, and another worker is worth starting. */
  worked: boolean;
  job: Job | undefined;
  readonly keys: Set<string>;
}

/**
 * Starts `size` worker threads. An idle pool never keeps the process alive.
 *
 * @param module The worker's module, which calls `serve`; `workerModule` finds one of ours.
 * @param size Threads, >= 1.
 * @param init Given to every worker once, as second argument of its handler.
 * @throws RangeError when size is not a whole number >= 1.
 */
export function startPool<Task, Result>(module: URL, size: number, init?: unknown): Pool<Task, Result> {
  if (!(Number.isInteger(size) && size >= 1))
    throw new RangeError(`startPool: size must be a whole number from 1, got ${size}`);
  const queue: Job[] = [];
  let nextId = 0;
  /** Why no more tasks are taken. */
  let ended: Error | undefined;

  const hire = (at: Seat): void => {
    const worker = new Worker(module, { workerData: init, execArgv: [] }); // flags such as --input-type would stop it from loading
    at.worker = worker;
    at.ready = false;
    at.worked = false;
    at.keys.clear();
    let cause: unknown;
    worker.on("message", (answer: Answer) => {
      if (answer.id === -1) at.ready = true;
      else settle(at, answer);
    });
    worker.on("error", (error) => (cause = error));
    worker.on("exit", (code) => {
      if (at.worker === worker) bury(at, new WorkerError(obituary(module, code, cause), { cause }));
    });
    worker.unref(); // after the listeners: adding one takes the reference back
  };
  const seats = Array.from({ length: size }, () => {
    const at = { keys: new Set() } as unknown as Seat;
    hire(at);
    return at;
  });

  const settle = (at: Seat, answer: Answer): void => {
    const { job } = at;
    if (job === undefined || job.id !== answer.id) return;
    at.job = undefined;
    at.worker.unref();
    if (answer.ok) job.resolve(answer.result);
    else job.reject(Object.assign(new Error(answer.error.message), answer.error));
    dispatch();
  };
  const bury = (at: Seat, reason: Error): void => {
    const { job } = at;
    at.job = undefined;
    job?.reject(reason);
    if (ended !== undefined) return;
    if (at.ready && at.worked) hire(at);
    else {
      seats.splice(seats.indexOf(at), 1); // no task is to blame, so another worker would die the same way
      if (seats.length === 0) end(reason);
    }
    dispatch();
  };
  const end = (reason: Error): void => {
    ended = reason;
    for (const waiting of queue.splice(0)) waiting.reject(reason);
  };

  const dispatch = (): void => {
    const waiting = (): Job[] => queue.filter(({ options }) => options.signal?.aborted !== true); // those are being dropped
    for (let next = match(waiting(), seats); next !== undefined; next = match(waiting(), seats)) {
      const { job, at } = next;
      queue.splice(queue.indexOf(job), 1);
      const { affinity, transfer } = job.options;
      if (affinity !== undefined) at.keys.add(affinity);
      at.job = job;
      at.worked = true;
      at.worker.ref();
      try {
        at.worker.postMessage({ id: job.id, task: job.task } satisfies Order, [...(transfer ?? [])]);
      } catch (error) {
        at.job = undefined; // a task that cannot be cloned
        at.worker.unref();
        job.reject(error);
      }
    }
  };

  const run = (task: Task, options: RunOptions = {}): Promise<Result> =>
    new Promise<unknown>((resolve, reject) => {
      if (ended !== undefined) {
        reject(ended);
        return;
      }
      const { signal } = options;
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const job: Job = { id: nextId++, task, options, resolve: done(resolve), reject: done(reject) };
      const abort = (): void => {
        const waiting = queue.indexOf(job);
        if (waiting >= 0) queue.splice(waiting, 1);
        job.reject(signal?.reason);
        const at = seats.find((s) => s.job === job);
        if (at === undefined) return;
        const { worker } = at;
        at.job = undefined;
        hire(at);
        void worker.terminate();
        dispatch();
      };
      function done<T>(then: (value: T) => void): (value: T) => void {
        return (value) => {
          signal?.removeEventListener("abort", abort);
          then(value);
        };
      }
      signal?.addEventListener("abort", abort, { once: true });
      queue.push(job);
      dispatch();
    }) as Promise<Result>;

  const close = async (): Promise<void> => {
    const reason = new WorkerError("the pool was closed before this task was done");
    end(reason);
    for (const at of seats) {
      at.job?.reject(reason);
      at.job = undefined; // an answer that is on its way must not let go of the worker, whose end is awaited
    }
    await Promise.all(seats.map((at) => at.worker.terminate()));
  };
  return Object.freeze({ size, run, close });
}

/**
 * The next task and the idle worker for it: the first task whose key belongs to that worker or to nobody (a new key
 * goes to whoever keeps the fewest). When all keys belong to busy colleagues, the first task that need not stay with its
 * colleague goes to any idle worker: an idle core is worth more than what the colleague keeps.
 */
function match(queue: readonly Job[], seats: readonly Seat[]): { job: Job; at: Seat } | undefined {
  const idle = seats.filter((s) => s.job === undefined).toSorted((a, b) => a.keys.size - b.keys.size);
  if (idle.length === 0 || queue.length === 0) return undefined;
  for (const job of queue) {
    const { affinity } = job.options;
    if (affinity === undefined || !seats.some((s) => s.keys.has(affinity))) return { job, at: idle[0] };
    const owner = idle.find((s) => s.keys.has(affinity));
    if (owner !== undefined) return { job, at: owner };
  }
  const free = queue.find(({ options }) => options.stay !== true);
  return free && { job: free, at: idle[0] };
}

function obituary(module: URL, code: number, cause: unknown): string {
  const name = module.pathname.slice(module.pathname.lastIndexOf("/") + 1);
  const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : `it ended with code ${code}`;
  return `worker ${name} died: ${why}`;
}
