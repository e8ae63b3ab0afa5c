/** The kinds of values that options take. */
import { GIVEN_KINDS } from "../table/options.ts";
import { didYouMean, OptionError } from "../error.ts";
import type { Kind } from "./contract.ts";

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

export const flag: Kind = {
  wanted: "true or false",
  accepts: (value) => typeof value === "boolean",
  schema: { type: "boolean" },
};

export const text: Kind = { wanted: "a text", read: (given) => given, accepts: isText, schema: { type: "string" } };

/** A name or a number that stands for one. */
export const label: Kind = {
  wanted: "a text or a number",
  read: (given) => given,
  accepts: (value) => isText(value) || isNumber(value),
  schema: { type: ["string", "number"] },
};

export function choice(...choices: readonly string[]): Kind {
  const wanted = `one of ${choices.join(", ")}`;
  return written(new RegExp(`^(?:${choices.map(literal).join("|")})$`), wanted, {
    choices,
    read: (given) => given,
    accepts: (value) => isText(value) && choices.includes(value),
    schema: { enum: choices },
  });
}

const literal = (sign: string): string => sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A kind whose texts are read where they match, and refused with what was wanted where they do not. */
function written<R>(
  pattern: RegExp,
  wanted: string,
  {
    read,
    ...kind
  }: Pick<Kind, "list" | "together" | "choices" | "accepts" | "schema"> & { readonly read: (text: string) => R },
): Kind & { readonly read: (text: string) => R } {
  return {
    ...kind,
    wanted,
    written: pattern,
    read: (given) => {
      const value = read(given); // may know better what is wrong
      if (!pattern.test(given)) throw new OptionError(`wanted ${wanted}.`);
      return value;
    },
  };
}

function numeric(
  wanted: string,
  pattern: RegExp,
  read: (text: string) => number,
  fits: (value: number) => boolean,
  schema: object,
): Kind {
  return written(pattern, wanted, {
    read,
    accepts: (value) => isNumber(value) && fits(value),
    schema: { type: "number", ...schema },
  });
}

export const number: Kind = numeric(
  "a number",
  /^\s*[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,2})?\s*$/,
  Number,
  Number.isFinite,
  {},
);

/** @param least One digit. */
export function whole(least: number): Kind {
  const digits = least === 0 ? String.raw`\d{1,15}` : String.raw`0*(?:[${least}-9]|[1-9]\d{1,14})`;
  return numeric(
    `a whole number from ${least}`,
    new RegExp(String.raw`^\s*\+?${digits}\s*$`),
    Number,
    (value) => Number.isInteger(value) && value >= least,
    { type: "integer", minimum: least },
  );
}

export const share: Kind = numeric(
  "a share from 0 up to 1, such as 0.2 or 20%",
  /^\s*(?:0*\.\d{1,12}|0+\.?|0*\d{1,2}(?:\.\d{0,10})?\s*%)\s*$/,
  (given) => (given.trim().endsWith("%") ? Number(given.trim().slice(0, -1)) / 100 : Number(given)),
  (value) => value >= 0 && value < 1,
  { minimum: 0, exclusiveMaximum: 1 },
);

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600 };

/** Seconds, which texts also give as `90s`, `5m`, `1h`. */
export const seconds: Kind = numeric(
  "a duration such as 90, 90s, 5m or 1h",
  /^\s*\d{1,15}(?:\.\d{1,15})?\s*(?:s|m|min|h)?\s*$/,
  (given) => Number.parseFloat(given) * UNITS[/[a-z]+/.exec(given)?.[0] ?? "s"],
  (value) => value >= 0,
  { minimum: 0 },
);

const NAMES: Readonly<Record<string, string>> = { "\\t": "\t", tab: "\t", comma: ",", semicolon: ";", space: " " };

/** Signs, with names for those that shells make hard to type. */
export const signs: Kind = { ...text, read: (given) => (Object.hasOwn(NAMES, given) ? NAMES[given] : given) };

export const texts: Kind = {
  wanted: "a list of texts",
  list: true,
  read: splitList,
  accepts: (value) => Array.isArray(value) && value.every(isText),
  schema: { type: "array", items: { type: "string" } },
};

const ITEM = (() => {
  const kinds = `=(?:${GIVEN_KINDS.join("|")})`;
  return String.raw`(?:"(?:[^"]|"")+${kinds}"|[^",=\s][^",]*${kinds})?\s*`;
})();

/** `name=kind,...`, or an object or map of them. */
export const columnKinds: Kind = written(
  new RegExp(String.raw`^\s*${ITEM}(?:,\s*${ITEM})*$`),
  `kinds by column, each one of ${GIVEN_KINDS.join(", ")}`,
  {
    list: true,
    together: (pairs) => new Map(pairs as readonly (readonly [string, string])[]),
    read: (given) => splitList(given).map(pair),
    accepts: (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
      const kinds = value instanceof Map ? [...value.values()] : Object.values(value);
      return kinds.every((kind) => (GIVEN_KINDS as readonly unknown[]).includes(kind));
    },
    schema: { type: "object", additionalProperties: { enum: GIVEN_KINDS } },
  },
);

/** A file, or for the API a table in memory. */
export const table: Kind = {
  wanted: "a file or a table",
  read: (given) => given,
  accepts: (value) => isText(value) || (typeof value === "object" && value !== null),
  schema: { type: ["string", "object", "array"] },
};

/** Only the API has it. */
export function given(wanted: string, accepts: (value: unknown) => boolean): Kind {
  return { wanted, accepts, schema: {} };
}

/** Values separated by commas; a value with a comma stands in double quotes, a quote in it is doubled. @throws OptionError */
export function splitList(list: string): string[] {
  const out: string[] = [];
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)/y;
  for (;;) {
    const found = cell.exec(list);
    if (!found)
      throw new OptionError(
        `cannot read the list ${JSON.stringify(list)}: a name with a comma needs double quotes around it.`,
      );
    out.push(found[1] === undefined ? found[2].trim() : found[1].replaceAll('""', '"'));
    if (found[3] === "") return out.filter((name) => name !== "");
  }
}

function pair(item: string): [string, string] {
  const at = item.lastIndexOf("=");
  if (at < 1) throw new OptionError(`wanted name=kind, got ${JSON.stringify(item)}.`);
  const kind = item.slice(at + 1);
  if (!(GIVEN_KINDS as readonly string[]).includes(kind))
    throw new OptionError(
      `there is no kind ${JSON.stringify(kind)}${didYouMean(kind, GIVEN_KINDS)}; the kinds are ${GIVEN_KINDS.join(", ")}.`,
    );
  return [item.slice(0, at), kind];
}
