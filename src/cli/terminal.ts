/** The process's streams as a command sees them. */
import { visible } from "../report/document/visible.ts";
import { EXIT, type Interrupts, type Options, type Terminal } from "./contract.ts";
import { hasSigns, plainSigns } from "./signs.ts";

/** Is colour wanted on this stream? NO_COLOR, FORCE_COLOR and TERM=dumb as everywhere. */
export function wantsColour(stream: NodeJS.WriteStream, options: Options): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (options.color === false || NO_COLOR) return false;
  if (FORCE_COLOR && FORCE_COLOR !== "0") return true;
  return stream.isTTY && TERM !== "dumb";
}

export function processTerminal(options: Options): Terminal {
  const { stdout, stderr, env, platform } = process;
  const signs = hasSigns(stdout, env, platform);
  return {
    out: (text) => void stdout.write(signs ? text : plainSigns(text)),
    error: (line) => void (options.quiet || stderr.write(`${visible(line)}\n`)),
    colour: wantsColour(stdout, options),
    animated: stderr.isTTY && !options.quiet && env.TERM !== "dumb" && !env.CI,
    ascii: !hasSigns(stderr, env, platform),
    width: stdout.columns || 120,
    interrupts: interrupts(),
    ...(process.stdin.isTTY && stderr.isTTY && !env.CI && { ask }),
  };
}

/** The answer's line, empty when the input ends. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string>((answer) => {
      lines.once("close", () => answer(""));
      lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
      lines.question(`${visible(question)} `, answer);
    });
  } finally {
    lines.close();
  }
}

function interrupts(): Interrupts {
  const soft = new AbortController();
  const hard = new AbortController();
  // One listener for both: between two, a signal would have its default action and end the process.
  const heed = (): void =>
    void process.on("SIGINT", () => {
      if (soft.signal.aborted) {
        setTimeout(() => process.exit(EXIT.interrupted), LAST_WORDS).unref(); // a fit in this thread may not hear it
        hard.abort(new Error("stopped by a second Ctrl-C"));
        return;
      }
      soft.abort(new Error("interrupted by Ctrl-C"));
      process.stderr.write("\nending with what is done; Ctrl-C again stops now\n");
    });
  return { heed, soft: soft.signal, hard: hard.signal };
}

/** Milliseconds that a run has to put things away. */
const LAST_WORDS = 2000;
