/** What a user reads when something went wrong: one sentence; a stack trace only with --debug. */
import { isStated } from "../error.ts";
import { visible } from "../report/document/visible.ts";

/** Lines of ours, such as the last that a command said, stay lines; what names and values hold is shown. */
const shown = (message: string): string =>
  message
    .split(/\n(?= {2})/)
    .map(visible)
    .join("\n");

export function failureText(error: unknown, debug: boolean): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (debug) return `${stack ?? message}\n`;
  if (isStated(error)) return `baseline: ${shown(message)}\n`;
  return `baseline: internal error: ${shown(message)} (${name}). Run again with --debug and report what it prints.\n`;
}
