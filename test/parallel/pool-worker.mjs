// The worker of the pool's tests. It runs as plain JavaScript and uses the built package.
import { threadId } from "node:worker_threads";
import { serve } from "../../.cache/dist/parallel/serve.js";

const acts = {
  add: ({ a, b }) => a + b,
  init: (_, init) => init,
  thread: () => threadId,
  write: ({ at, value }, init) => ((init.shared[at] = value), undefined),
  fail: ({ message }) => {
    throw new RangeError(message);
  },
  state: ({ message }) => {
    throw Object.assign(new TypeError(message), { code: "data", stated: true });
  },
  odd: () => {
    throw "not an error";
  },
  exit: () => process.exit(7),
  uncaught: () =>
    new Promise(() => {
      setImmediate(() => {
        throw new Error("out of the blue");
      });
    }),
  never: () => new Promise(() => setInterval(() => {}, 1000)),
  spin: () => {
    for (;;);
  },
  slowly: async ({ turns, value }) => {
    for (let i = 0; i < turns; i++) await new Promise((next) => setImmediate(next));
    return value;
  },
  flag: ({ flag }) => {
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  },
  bytes: ({ length }) => new Uint8Array(length).fill(1),
  uncloneable: () => () => 1,
};

serve(
  (task, init) => acts[task.do](task, init),
  (result) => (result instanceof Uint8Array ? [result.buffer] : []),
);
