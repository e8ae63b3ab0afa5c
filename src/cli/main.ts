#!/usr/bin/env node
/**
 * The command line. The exit code is what the command found, whatever becomes of the streams. Little is loaded before the
 * handlers stand, because Node's own code for a fault is 1, which means NOT JUSTIFIED.
 */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { EXIT, type Options } from "./contract.ts";
import { failureText } from "./failure.ts";

// Node 20 compiles for speed so early that much of it is compiled again; later versions wait about as long as this by themselves.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=540000");
process.exitCode = EXIT.failed; // until a command has ended
let given: Options = {};
const tell = (error: unknown): void => void process.stderr.write(failureText(error, given.debug === true));
process.on("uncaughtException", (error) => {
  tell(error);
  process.exit(EXIT.failed);
});
process.stderr.on("error", () => {}); // nobody listens to progress any more: the work goes on
process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") return; // the reader has seen enough
  process.stderr.write(`baseline: the result cannot be written to stdout (${message})\n`);
  process.once("exit", () => (process.exitCode = EXIT.failed));
});

const [{ commands }, { runProgram }, { processTerminal }] = await Promise.all([
  import("./commands/registry.ts"),
  import("./program.ts"),
  import("./terminal.ts"),
]);
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const terminalOf = (options: Options) => processTerminal((given = options));
process.exitCode = await runProgram(process.argv.slice(2), commands, version, terminalOf, (error, options) => {
  given = options;
  tell(error);
});
