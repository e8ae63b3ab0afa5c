#!/usr/bin/env node
/** The command line. Start-up stays cheap: everything heavy is imported by the command that needs it. */
import { readFileSync } from "node:fs";
import { commands } from "./commands/registry.ts";
import { EXIT, type Options } from "./contract.ts";
import { failureText } from "./failure.ts";
import { runProgram } from "./program.ts";
import { processTerminal } from "./terminal.ts";

const soft = new AbortController();
const hard = new AbortController();
process.on("SIGINT", () => {
  if (soft.signal.aborted) {
    hard.abort(new Error("stopped by a second Ctrl-C"));
    setTimeout(() => process.exit(EXIT.interrupted), 2000).unref(); // a fit in this thread may not hear it
  } else {
    process.stderr.write("\nfinishing what is under way; Ctrl-C again stops now\n");
    soft.abort(new Error("interrupted by Ctrl-C"));
  }
});
process.on("SIGTERM", () => {
  soft.abort(new Error("stopped by SIGTERM"));
  hard.abort(new Error("stopped by SIGTERM"));
});
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok); // the reader has seen enough
  throw error;
});
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error; // nobody listens to progress any more: the work goes on
});

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const terminalOf = (options: Options) => processTerminal(options, { soft: soft.signal, hard: hard.signal });
process.exitCode = await runProgram(process.argv.slice(2), commands, version, terminalOf, (error, options) => {
  process.stderr.write(failureText(error, options.debug === true));
});
