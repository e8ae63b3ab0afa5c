import type { Shape } from "../dataset.ts";
import { MISSING, POOLED, type Encoding } from "./encoding.ts";

type Kind = Shape["columns"][number]["kind"];
type Members = Readonly<Record<string, unknown>>;

/**
 * Checks an encoding that was read from JSON against the shape of the table it is to be used on.
 * @throws TypeError that says which term is wrong.
 */
export function encodingFromJSON(json: unknown, shape: Shape, where: string): Encoding {
  const members = isMembers(json) ? json : {};
  const terms = (list: string, kind: Kind): Members[] => {
    const found = members[list];
    if (!Array.isArray(found)) throw new TypeError(`${where}: encoding.${list} must be a list`);
    return found.map((term: unknown, i) => {
      if (!isMembers(term) || shape.columns[term.column as number]?.kind !== kind)
        throw new TypeError(`${where}: encoding.${list}[${i}] must name a ${kind} column of the table`);
      return term;
    });
  };
  const fail = (what: string): never => {
    throw new TypeError(`${where}: encoding.${what}`);
  };
  return {
    numbers: terms("numbers", "number").map(({ column, fill, mean, scale }, i) =>
      isNumber(fill) && isNumber(mean) && isNumber(scale) && scale > 0
        ? { column: column as number, fill, mean, scale }
        : fail(`numbers[${i}] needs a finite fill and mean and a scale above 0`),
    ),
    flags: terms("flags", "number").map(({ column, share }, i) =>
      isNumber(share) ? { column: column as number, share } : fail(`flags[${i}] needs a share`),
    ),
    categories: terms("categories", "category").map(({ column, levels, shares }, i) => {
      const known = shape.columns[column as number].levels.length;
      if (!isNumbers(levels) || !levels.every((code) => isCode(code, known)))
        return fail(`categories[${i}].levels must be level codes of its column`);
      if (!isNumbers(shares) || shares.length !== levels.length)
        return fail(`categories[${i}].shares must hold one number a level`);
      return { column: column as number, levels, shares };
    }),
    texts: terms("texts", "text").map(({ column, terms, buckets, idf }, i) => {
      if (terms !== "words" && terms !== "characters") return fail(`texts[${i}].terms must be words or characters`);
      if (!isNumbers(buckets) || !buckets.every((bucket, b) => Number.isInteger(bucket) && !(bucket <= buckets[b - 1])))
        return fail(`texts[${i}].buckets must be ascending whole numbers`);
      if (!isNumbers(idf) || idf.length !== buckets.length)
        return fail(`texts[${i}].idf must hold one number a bucket`);
      return { column: column as number, terms, buckets, idf };
    }),
  };
}

function isMembers(json: unknown): json is Members {
  return typeof json === "object" && json !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isNumber);
}

function isCode(code: number, levels: number): boolean {
  return Number.isInteger(code) && ((code >= 0 && code < levels) || code === MISSING || code === POOLED);
}
