/** What can be typed, from the records of commands and options: every shell's completion is printed from it. */
import type { Command } from "../contract.ts";
import { COMMON_OPTIONS, commanderOptions } from "../options.ts";

export interface OptionWords {
  readonly flag: string;
  readonly help: string;
  readonly takesValue: boolean;
  /** Values it takes; none: any, which may be a file. */
  readonly choices: readonly string[];
}

export interface CommandWords {
  readonly name: string;
  readonly help: string;
  readonly options: readonly OptionWords[];
  /** What its arguments may be; none: files. */
  readonly choices: readonly string[];
}

const HELP: OptionWords = { flag: "--help", help: "print this help", takesValue: false, choices: [] };

export function wordsOf(commands: readonly Command[]): readonly CommandWords[] {
  return commands.map(({ name, summary, options, arguments: args }) => ({
    name,
    help: summary,
    options: [...options, ...COMMON_OPTIONS]
      .flatMap(commanderOptions)
      .map(({ long, description, required, argChoices = [] }): OptionWords => ({
        flag: long!,
        help: description,
        takesValue: required,
        choices: argChoices,
      }))
      .concat(HELP),
    choices: args.flatMap(({ choices = [] }) => choices),
  }));
}
