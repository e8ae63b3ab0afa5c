/** Regular expressions as CEL means them: RE2's, whose time is linear in the text. */
import { EvaluationError } from "@marcbachmann/cel-js";
import { RE2JS, RE2JSException } from "re2js";

/** Patterns kept: a rule has few, unless they come from a column. */
const KEPT = 100;

const compiled = new Map<string, RE2JS>();

/** @throws EvaluationError when the pattern is none. */
export function matches(text: string, pattern: string): boolean {
  let known = compiled.get(pattern);
  if (known === undefined) {
    if (compiled.size >= KEPT) compiled.clear();
    compiled.set(pattern, (known = compile(pattern)));
  }
  return known.matcher(text).find();
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new EvaluationError(`invalid regular expression ${JSON.stringify(pattern)}: ${error.message}`);
  }
}
