/** What a user reads when something went wrong: one sentence; a stack trace only with --debug. */

/** Errors whose message is written for the user. */
const EXPECTED = new Set([
  "UsageError",
  "DataError",
  "OptionError",
  "FolderError",
  "ArtifactError",
  "JournalError",
  "SpaceError",
  "ChallengerError",
  "LedgerError",
]);

export function failureText(error: unknown, debug: boolean): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (debug) return `${stack ?? message}\n`;
  if (EXPECTED.has(name)) return `baseline: ${message}\n`;
  return `baseline: this should not have happened: ${message} (${name}). Run again with --debug and report what it prints.\n`;
}
