/** An option has a value that cannot be used with this data: the message says which, what was wanted and what came. */
export class OptionError extends RangeError {
  override readonly name = "OptionError";
}
