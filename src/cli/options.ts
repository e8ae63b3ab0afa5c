/** Option records as flags of the parser. */
import { InvalidArgumentError, Option } from "commander";
import { didYouMean, isStated } from "../error.ts";
import type { OptionRecord } from "../options/contract.ts";
import { flag, text } from "../options/kinds.ts";

/** Every command has these. */
export const COMMON_OPTIONS: readonly OptionRecord[] = [
  { group: "Output", key: "json", kind: flag, help: "print the result as one JSON document" },
  { group: "Output", key: "quiet", kind: flag, help: "no progress and no warnings on stderr" },
  { group: "Output", key: "color", kind: flag, negatable: "only", help: "no colour" },
  { group: "Output", key: "debug", kind: flag, help: "show stack traces" },
  {
    group: "Output",
    key: "config",
    value: "file",
    kind: text,
    help: "options from a file (default: baseline.config.json where it exists)",
  },
];

/** The name of an option in the parser. */
export const nameOf = ({ key, flag: other = key }: OptionRecord): string => other;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The options of commander that a record stands for: none for what only the API has. */
export function commanderOptions(record: OptionRecord): Option[] {
  const { group, help, kind, value, negatable, only } = record;
  if (only === "api") return [];
  const name = kebab(nameOf(record));
  const make = (flags: string, words: string): Option => new Option(flags, words).helpGroup(`${group}:`);
  const { read } = kind;
  if (value === undefined || read === undefined) {
    const on = make(`--${name}`, help);
    const off = make(`--no-${name}`, negatable === "only" ? help : `the opposite of --${name}`);
    return negatable === "both" ? [on, off] : negatable === "only" ? [off] : [on];
  }
  const option = make(`--${name} <${value}>`, help);
  if (kind.choices) return [option.choices(kind.choices).argParser(chosenFrom(kind.choices))];
  return [
    option.argParser((given, before: unknown) => {
      const found = readText(read, given);
      return kind.list ? [...((before as unknown[] | undefined) ?? []), ...(found as unknown[])] : found;
    }),
  ];
}

/** One of some words; of another, which of them it may stand for. */
export function chosenFrom(choices: readonly string[]): (given: string) => string {
  return (given) => {
    if (choices.includes(given)) return given;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}${didYouMean(given, choices)}.`);
  };
}

function readText(read: (text: string) => unknown, given: string): unknown {
  try {
    return read(given);
  } catch (error) {
    if (isStated(error)) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
