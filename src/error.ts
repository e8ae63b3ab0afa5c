/** Errors whose message is written for people. Every room may throw them; whatever else is thrown is a fault of this program. */

/**
 * Data, an option, a file or the disk is not what was wanted. The message is one sentence and the whole story: what was
 * wanted, what came, where, what to do.
 */
export abstract class StatedError extends Error {
  /** The kind of fault in one word, for programs. */
  abstract readonly code: string;
  /** Says the same of an error that came from a worker thread, where classes are lost (`isStated`). */
  readonly stated = true;
}

/** Is the message of what was thrown the whole story? */
export function isStated(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "stated" in error && error.stated === true;
}

/** An option has a value that cannot be used with this data: the message says which, what was wanted and what came. */
export class OptionError extends StatedError {
  override readonly name = "OptionError";
  override readonly code = "option";
}
