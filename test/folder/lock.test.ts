/** Locks: one holder at a time; whoever is dead, or never was, holds none. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { holderOf, tryLock } from "../../src/folder/lock.ts";
import { scratch } from "../benchmark/folders.ts";

const folder = scratch();
let files = 0;
const fresh = (): string => join(folder, `lock-${files++}`);

/** What a holder writes of itself. */
function text(changes: Record<string, unknown> = {}): string {
  const path = fresh();
  const lock = tryLock(path)!;
  const holder = JSON.parse(readFileSync(path, "utf8")) as object;
  lock.release();
  return JSON.stringify({ ...holder, ...changes });
}

describe("a lock", () => {
  it("has one holder, and is there for the next one when it is given back", () => {
    const path = fresh();
    const lock = tryLock(path)!;
    expect(lock.isOurs()).toBe(true);
    expect(tryLock(path)).toBeUndefined();
    expect(holderOf(path)).toBe(`process ${process.pid}`);
    lock.release();
    expect(existsSync(path)).toBe(false);
    tryLock(path)!.release();
  });
  it("is not given back by who has lost it", () => {
    const path = fresh();
    const lock = tryLock(path)!;
    writeFileSync(path, "somebody else's");
    expect(lock.isOurs()).toBe(false);
    lock.release();
    expect(readFileSync(path, "utf8")).toBe("somebody else's");
  });
  it("of a file that holds none is taken", () => {
    for (const content of ["", "999999999", "not JSON", "null", "{}", "[1]"]) {
      const path = fresh();
      writeFileSync(path, content);
      tryLock(path)!.release();
    }
  });
  const dead = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
  const gone: readonly (readonly [string, Record<string, unknown>])[] = [
    ["of a process that is no more", { pid: dead }],
    ["of one whose number is ours now", { began: "1" }],
    ["of one whose number is another's now", { pid: process.ppid, began: "1" }],
    ["of before the machine was started again", { boot: "0", pid: process.ppid }],
    ["of a container that is no more", { space: "pid:[1]", pid: 1 }],
    ["of another machine that gives no sign of life", { host: "elsewhere", boot: "0" }],
  ];
  for (const [whose, changes] of gone)
    it(`${whose} is taken over`, () => {
      const path = fresh();
      writeFileSync(path, text(changes));
      const lock = tryLock(path);
      expect(lock?.isOurs()).toBe(true);
      lock?.release();
    });
  it("of another machine that gives signs of life is left alone", () => {
    const path = fresh();
    writeFileSync(path, text({ host: "elsewhere", boot: "0", space: "pid:[1]", pid: 7 }));
    const script = `setInterval(() => require("node:fs").utimesSync(${JSON.stringify(path)}, new Date(), new Date()), 100)`;
    const beating = spawn(process.execPath, ["-e", script]);
    onTestFinished(() => void beating.kill("SIGKILL"));
    expect(tryLock(path)).toBeUndefined();
    expect(holderOf(path)).toBe("process 7 on elsewhere");
    expect(hostname()).not.toBe("elsewhere");
  });
});
