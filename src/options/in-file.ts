/** What files may say of options: the values of the API, or what the command line would be given. The check and the schema of files. */
import { OptionError } from "../error.ts";
import type { Kind } from "./contract.ts";

/** @throws OptionError with what was wanted. */
export function valueInFile(kind: Kind, value: unknown): unknown {
  const { accepts, read, written, wanted, together } = kind;
  if (accepts(value)) return value;
  // A number stands for its digits where any text will do: a column called 2020.
  const given = typeof value === "number" && written === undefined ? String(value) : value;
  if (read === undefined || typeof given !== "string") throw new OptionError(`wanted ${wanted}`);
  const found = read(given);
  return together ? together(found as readonly unknown[]) : found;
}

/** JSON Schema of the same. */
export function schemaInFile({ schema, read, written, choices }: Kind): Readonly<Record<string, unknown>> {
  if (read === undefined || choices !== undefined) return schema;
  const texts = written === undefined ? { type: ["string", "number"] } : { type: "string", pattern: written.source };
  return isNarrower(schema, texts) ? texts : { anyOf: [schema, texts] };
}

/** Is every value of a schema one of plain types? */
function isNarrower({ type, ...rest }: Kind["schema"], texts: { readonly type: string | readonly string[] }): boolean {
  const types = [type].flat();
  return Object.keys(rest).length === 0 && types.every((one) => [texts.type].flat().includes(one as string));
}
