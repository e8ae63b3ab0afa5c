/** The exit code is what the command found, whatever becomes of its streams; a result that cannot be written is 2, never 1. */
import { closeSync, existsSync, openSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { ended, start } from "./baseline.ts";
import { CALLS, folderForCalls } from "./every-command.ts";

const freshFolder = folderForCalls();
/** Where every write fails for lack of room; Linux has one. */
const FULL = "/dev/full";

describe("for every command", () => {
  for (const { name } of commands) {
    const { args, code } = CALLS.get(name)!;
    for (const json of [[], ["--json"]]) {
      const call = [...args, ...json];
      for (const stream of ["stdout", "stderr"] as const)
        it(`${call.join(" ")}: a reader of ${stream} that has gone changes nothing`, async () => {
          const child = start(call, { cwd: freshFolder() });
          child[stream]?.destroy();
          expect((await ended(child)).code).toBe(code);
        });
    }
    if (existsSync(FULL)) {
      const withFull = (stream: "stdout" | "stderr", cwd: string) => {
        const full = openSync(FULL, "w");
        onTestFinished(() => closeSync(full));
        return start([...args], { cwd, files: { [stream]: full } });
      };
      it(`${name}: a full stdout is exit code 2 and a sentence`, async () => {
        const ran = await ended(withFull("stdout", freshFolder()));
        expect(ran.stderr).toMatch(/^baseline: the result cannot be written to stdout \(ENOSPC[^\n]*\)$/m);
        expect(ran.stderr).not.toMatch(/\n\s+at /);
        expect(ran.code).toBe(2);
      });
      it(`${name}: a full stderr changes nothing`, async () => {
        expect((await ended(withFull("stderr", freshFolder()))).code).toBe(code);
      });
    }
  }
});

describe("help", () => {
  it("on a closed pipe is no failure", async () => {
    const child = start(["--help"], { cwd: freshFolder() });
    child.stdout?.destroy();
    expect((await ended(child)).code).toBe(0);
  });
});

describe("a fault of the program", () => {
  const broken = (code: string) => ["--import", `data:text/javascript,${encodeURIComponent(code)}`];
  it("outside any promise is exit code 2 and a sentence", async () => {
    const node = broken('process.once("newListener", () => setTimeout(() => { throw new TypeError("oh") }, 0))');
    const { code, stderr } = await ended(start(["inspect", "-"], { cwd: freshFolder(), node, input: "a,y\n1,2\n" }));
    expect(stderr).toMatch(/^baseline: internal error: oh \(TypeError\)[^\n]*\n$/);
    expect(code).toBe(2);
  });
});
