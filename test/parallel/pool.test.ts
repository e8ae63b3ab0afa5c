import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { isStated } from "../../src/error.ts";
import { startPool, WorkerError, type Pool } from "../../src/parallel/pool.ts";

type Task = { readonly do: string; readonly [member: string]: unknown };
const module = new URL("pool-worker.mjs", import.meta.url);
const open: Pool<Task, unknown>[] = [];

function pool(size: number, init?: unknown): Pool<Task, unknown> {
  const started = startPool<Task, unknown>(module, size, init);
  open.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((p) => p.close()));
});

describe("startPool", () => {
  it("answers every task with its own result, for any number of workers", async () => {
    for (const size of [1, 2, 3]) {
      const p = pool(size);
      const sums = await Promise.all(Array.from({ length: 40 }, (_, i) => p.run({ do: "add", a: i, b: 1 })));
      expect(sums).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    }
  });
  it("gives every worker the same initial data, and keeps shared memory shared", async () => {
    const shared = new Float64Array(new SharedArrayBuffer(32));
    const p = pool(2, { shared, name: "x" });
    await Promise.all([0, 1, 2, 3].map((at) => p.run({ do: "write", at, value: at + 10 })));
    expect([...shared]).toEqual([10, 11, 12, 13]);
    expect(await p.run({ do: "init" })).toMatchObject({ name: "x" });
  });
  it("rejects a task with what the worker threw, and goes on", async () => {
    const p = pool(1);
    const failed = p.run({ do: "fail", message: "no such fold" });
    await expect(failed).rejects.toMatchObject({ name: "RangeError", message: "no such fold" });
    await expect(p.run({ do: "state", message: "no column x" })).rejects.toSatisfy(isStated);
    await expect(failed).rejects.not.toSatisfy(isStated);
    await expect(p.run({ do: "odd" })).rejects.toThrow("not an error");
    await expect(p.run({ do: "uncloneable" })).rejects.toThrow(/could not be cloned/);
    expect(await p.run({ do: "add", a: 1, b: 2 })).toBe(3);
  });
  it("rejects a task that cannot be cloned", async () => {
    const p = pool(1);
    await expect(p.run({ do: "add", f: () => 1 })).rejects.toThrow(/could not be cloned/);
    expect(await p.run({ do: "add", a: 1, b: 2 })).toBe(3);
  });
  it("rejects the task of a worker that dies with the cause, and puts another in its place", async () => {
    const p = pool(1);
    const [exit, uncaught, after] = await Promise.allSettled([
      p.run({ do: "exit" }),
      p.run({ do: "uncaught" }),
      p.run({ do: "add", a: 1, b: 1 }),
    ]);
    expect(exit).toMatchObject({ status: "rejected", reason: { name: "WorkerError" } });
    expect(String((exit as PromiseRejectedResult).reason)).toContain("code 7");
    expect(String((uncaught as PromiseRejectedResult).reason)).toContain("out of the blue");
    expect((uncaught as PromiseRejectedResult).reason.cause).toBeInstanceOf(Error);
    expect(after).toEqual({ status: "fulfilled", value: 2 });
  });
  it("rejects everything when the module cannot be loaded, without trying for ever", async () => {
    const p = startPool<Task, unknown>(new URL("no-such-worker.mjs", import.meta.url), 2);
    const results = await Promise.allSettled([1, 2, 3].map(() => p.run({ do: "add" })));
    for (const result of results) {
      expect(result.status).toBe("rejected");
      expect(String((result as PromiseRejectedResult).reason)).toContain("no-such-worker.mjs");
    }
    await expect(p.run({ do: "add" })).rejects.toBeInstanceOf(WorkerError);
    await p.close();
  });
  it("takes tasks in order", async () => {
    const p = pool(1);
    const order: unknown[] = [];
    await Promise.all(
      [0, 1, 2, 3, 4].map(async (value) =>
        order.push(await p.run({ do: "slowly", turns: value === 0 ? 20 : 0, value })),
      ),
    );
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });
  it("sends tasks with one key to one worker while others are busy with theirs", async () => {
    const p = pool(2);
    const keys = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? "even" : "odd"));
    await Promise.all(["even", "odd"].map((affinity) => p.run({ do: "slowly", turns: 50 }, { affinity })));
    const byKey = new Map<string, Set<unknown>>();
    for (const affinity of keys) {
      const thread = await p.run({ do: "thread" }, { affinity });
      byKey.set(affinity, (byKey.get(affinity) ?? new Set()).add(thread));
    }
    expect(byKey.get("even")?.size).toBe(1);
    expect(byKey.get("odd")?.size).toBe(1);
    expect(byKey.get("even")).not.toEqual(byKey.get("odd"));
  });
  it("keeps a task that is to stay with the worker of its key waiting for it, though others are idle", async () => {
    const p = pool(2);
    const home = await p.run({ do: "thread" }, { affinity: "fit" });
    const busy = p.run({ do: "slowly", turns: 200 }, { affinity: "fit" });
    const stays = p.run({ do: "thread" }, { affinity: "fit", stay: true });
    const moves = p.run({ do: "thread" });
    expect(await moves).not.toBe(home);
    await busy;
    expect(await stays).toBe(home);
  });
  it("stops a running task when its signal aborts, and drops a waiting one", async () => {
    const p = pool(1);
    const stop = new AbortController();
    const spinning = p.run({ do: "spin" }, { signal: stop.signal });
    const waiting = p.run({ do: "spin" }, { signal: stop.signal });
    const after = p.run({ do: "add", a: 2, b: 2 });
    stop.abort(new Error("time is up"));
    await expect(spinning).rejects.toThrow("time is up");
    await expect(waiting).rejects.toThrow("time is up");
    await expect(p.run({ do: "add" }, { signal: stop.signal })).rejects.toThrow("time is up");
    expect(await after).toBe(4);
  });
  it("puts one worker in the place of a stopped one, however many tasks are dropped with it", async () => {
    const p = pool(1);
    const first = (await p.run({ do: "thread" })) as number;
    const stop = new AbortController();
    const dropped = Array.from({ length: 5 }, () => p.run({ do: "spin" }, { signal: stop.signal }));
    stop.abort(new Error("time is up"));
    const settled = await Promise.allSettled(dropped);
    expect(settled.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "rejected"));
    expect(await p.run({ do: "thread" })).toBe(first + 1);
  });
  it("hands memory over when the worker says so", async () => {
    const bytes = (await pool(1).run({ do: "bytes", length: 5 })) as Uint8Array;
    expect([...bytes]).toEqual([1, 1, 1, 1, 1]);
  });
  it("rejects what is not done when it closes, and what comes after", async () => {
    const p = pool(1);
    const tasks = [p.run({ do: "never" }), p.run({ do: "add", a: 1, b: 1 })];
    const settled = Promise.allSettled(tasks);
    await p.close();
    expect((await settled).map((s) => s.status)).toEqual(["rejected", "rejected"]);
    await expect(p.run({ do: "add", a: 1, b: 1 })).rejects.toThrow("closed");
  });
  it("refuses a size below one", () => {
    expect(() => startPool(module, 0)).toThrow(RangeError);
  });
  it("lets the process end while it is idle, but not while it works", () => {
    const program = `
      import { startPool } from ${JSON.stringify(new URL("../../.cache/dist/parallel/pool.js", import.meta.url).href)};
      const pool = startPool(new URL(${JSON.stringify(module.href)}), 2);
      pool.run({ do: "slowly", turns: 200, value: "done" }).then((v) => console.log(v));
    `;
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", program], { timeout: 30_000 });
    expect(out.toString().trim()).toBe("done");
  });
  it("is closed before the process ends, even when an answer comes in meanwhile", () => {
    const program = `
      import { startPool } from ${JSON.stringify(new URL("../../.cache/dist/parallel/pool.js", import.meta.url).href)};
      const pool = startPool(new URL(${JSON.stringify(module.href)}), 1);
      await pool.run({ do: "add", a: 1, b: 1 });
      const flag = new Int32Array(new SharedArrayBuffer(4));
      pool.run({ do: "flag", flag }).catch(() => {});
      Atomics.wait(flag, 0, 0); // the answer is under way, and has not been heard
      await pool.close();
      console.log("closed");
    `;
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", program], { timeout: 30_000 });
    expect(out.toString().trim()).toBe("closed");
  });
});
