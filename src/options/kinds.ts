/** The kinds of values that options take. */
import { GIVEN_KINDS } from "../table/options.ts";
import { OptionError } from "../error.ts";
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
  return {
    wanted: `one of ${choices.join(", ")}`,
    choices,
    read: (given) => given,
    accepts: (value) => isText(value) && choices.includes(value),
    schema: { enum: choices },
  };
}

function numeric(
  wanted: string,
  fits: (value: number) => boolean,
  read: (text: string) => number,
  schema: object,
): Kind {
  return {
    wanted,
    read: (given) => {
      const value = given.trim() === "" ? Number.NaN : read(given);
      if (!fits(value)) throw new OptionError(`wanted ${wanted}.`);
      return value;
    },
    accepts: (value) => isNumber(value) && fits(value),
    schema: { type: "number", ...schema },
  };
}

export const number: Kind = numeric("a number", Number.isFinite, Number, {});

export function whole(least: number): Kind {
  const fits = (value: number): boolean => Number.isInteger(value) && value >= least;
  return numeric(`a whole number from ${least}`, fits, Number, { type: "integer", minimum: least });
}

export const share: Kind = numeric(
  "a share from 0 up to 1, such as 0.2 or 20%",
  (value) => value >= 0 && value < 1,
  (given) => (given.trim().endsWith("%") ? Number(given.trim().slice(0, -1)) / 100 : Number(given)),
  { minimum: 0, exclusiveMaximum: 1 },
);

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, min: 60, h: 3600 };

/** Seconds, which the command line also takes as `90s`, `5m`, `1h`. */
export const seconds: Kind = {
  ...numeric(
    "a duration such as 90, 90s, 5m or 1h",
    (value) => value >= 0,
    (given) => {
      const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(s|m|min|h)?\s*$/.exec(given) ?? [];
      return amount === undefined ? Number.NaN : Number(amount) * UNITS[unit ?? ""];
    },
    {},
  ),
  schema: { type: ["number", "string"] },
};

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

/** `name=kind,...`, or an object or map of them. */
export const columnKinds: Kind = {
  wanted: `kinds by column, each one of ${GIVEN_KINDS.join(", ")}`,
  list: true,
  read: (given) => splitList(given).map(pair),
  accepts: (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const kinds = value instanceof Map ? [...value.values()] : Object.values(value);
    return kinds.every((kind) => (GIVEN_KINDS as readonly unknown[]).includes(kind));
  },
  schema: { type: "object", additionalProperties: { enum: GIVEN_KINDS } },
};

/** A file, or for the API a table in memory. */
export const table: Kind = {
  wanted: "a file or a table",
  read: (given) => given,
  accepts: (value) => isText(value) || (typeof value === "object" && value !== null),
  schema: { type: "string" },
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
    throw new OptionError(`there is no kind ${JSON.stringify(kind)}; the kinds are ${GIVEN_KINDS.join(", ")}.`);
  return [item.slice(0, at), kind];
}
