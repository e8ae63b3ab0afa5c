/** What a user reads when something went wrong: one sentence; a stack trace only with --debug. */
import { isStated } from "../error.ts";

export function failureText(error: unknown, debug: boolean): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (debug) return `${stack ?? message}\n`;
  if (isStated(error)) return `baseline: ${message}\n`;
  return `baseline: internal error: ${message} (${name}). Run again with --debug and report what it prints.\n`;
}
