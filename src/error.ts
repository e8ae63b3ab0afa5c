/** Errors whose message is written for people. Every room may throw them; whatever else is thrown is a fault of this program. */
import leven from "leven";

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

/**
 * Refuses options that nobody knows: a misspelt one would be passed over in silence.
 * @param where Whose options they are, for the message: `train`.
 */
export function refuseUnknown(where: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) requireKnown(where, "option", key, known);
}

/**
 * Refuses a name that nothing has.
 * @param where Who names it, for the message: `models`. @param what What is named: `model`, `column`.
 */
export function requireKnown(where: string, what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name))
    throw new OptionError(
      `${where}: there is no ${what} ${JSON.stringify(name)}${didYouMean(name, known)}; the ${what}s are ${known.join(", ")}`,
    );
}

/** ` (did you mean "target"?)` where a known name begins so or is spelt nearly so; else empty. */
export function didYouMean(word: string, names: readonly string[]): string {
  const lower = word.toLowerCase();
  const begun = names.find((name) => lower.length > 1 && name.toLowerCase().startsWith(lower));
  const distances = names.map((name) => leven(lower, name.toLowerCase()));
  const least = Math.min(...distances);
  const near = least <= Math.max(1, Math.floor(word.length / 3)) ? names[distances.indexOf(least)] : undefined;
  const meant = begun ?? near;
  return meant === undefined ? "" : ` (did you mean ${JSON.stringify(meant)}?)`;
}
