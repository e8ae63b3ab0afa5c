import { StatedError } from "../error.ts";

/** The data cannot be used as asked. The message is one sentence for the user: what was wanted, what came, where, what to do. */
export class DataError extends StatedError {
  override readonly name = "DataError";
  override readonly code = "data";
}
