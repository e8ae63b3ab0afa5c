/** The process's streams as a command sees them. */
import type { Options, Terminal } from "./contract.ts";

/** Is colour wanted on this stream? NO_COLOR, FORCE_COLOR and TERM=dumb as everywhere. */
export function wantsColour(stream: NodeJS.WriteStream, options: Options): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (options.color === false || NO_COLOR) return false;
  if (FORCE_COLOR && FORCE_COLOR !== "0") return true;
  return stream.isTTY && TERM !== "dumb";
}

export function processTerminal(
  options: Options,
  signals: { readonly soft: AbortSignal; readonly hard: AbortSignal },
): Terminal {
  const { stdout, stderr } = process;
  return {
    out: (text) => void stdout.write(text),
    error: (text) => void (options.quiet || stderr.write(text)),
    colour: wantsColour(stdout, options),
    animated: stderr.isTTY && !options.quiet && process.env.TERM !== "dumb",
    width: stdout.columns || 120,
    signal: signals.soft,
    abort: signals.hard,
  };
}
