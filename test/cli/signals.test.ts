/** Every command can be ended from outside, whatever it is doing. */
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { MAIN, start } from "./baseline.ts";
import { CALLS, folderForCalls } from "./every-command.ts";

const freshFolder = folderForCalls();

describe("a time limit", () => {
  it("ends a run that waits for its table", async () => {
    const cwd = freshFolder();
    const before = readdirSync(cwd);
    const args = [MAIN, "train", "-", "--time-limit", "1", "--out", "fresh"];
    const child = execa(process.execPath, args, { cwd, reject: false, stdin: "pipe" }); // nobody writes or closes it
    child.stdin.write("a,b,y\n1,2,3\n");
    expect(await child).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: "baseline: the time limit of 1 s was reached",
    });
    expect(readdirSync(cwd)).toEqual(before);
  });
});

describe("a signal while a command waits for its input", () => {
  for (const [name, { args, reads }] of CALLS) {
    if (reads === undefined) continue;
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const)
      it(`${name} ends by ${signal} and leaves nothing behind`, async () => {
        const cwd = freshFolder();
        const pipe = join(cwd, reads);
        rmSync(pipe);
        execFileSync("mkfifo", [pipe]);
        const before = readdirSync(cwd, { recursive: true });
        const child = start(args, { cwd });
        const writer = await open(pipe, "w"); // waits until the command has opened it
        child.kill(signal);
        expect(await child).toMatchObject({ signal, stdout: "" });
        await writer.close();
        expect(readdirSync(cwd, { recursive: true })).toEqual(before);
      });
  }
});
