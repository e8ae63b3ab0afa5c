/** From command records to a parser: flags, help and errors all follow from the records. */
import { Argument, Command as Parser, CommanderError } from "commander";
import { EXIT, type Command, type Options, type Terminal } from "./contract.ts";
import { readConfig } from "./config.ts";
import type { OptionRecord } from "../options/contract.ts";
import { chosenFrom, COMMON_OPTIONS, commanderOptions, nameOf } from "./options.ts";

/** Runs a command line and returns the exit code. Nothing is thrown. */
export async function runProgram(
  argv: readonly string[],
  commands: readonly Command[],
  version: string,
  makeTerminal: (options: Options) => Terminal,
  failure: (error: unknown, options: Options) => void,
): Promise<number> {
  let code: number = EXIT.ok;
  let seen: Options = {};
  const everything = [...new Set([...commands.flatMap((command) => command.options), ...COMMON_OPTIONS])];
  const root = new Parser("baseline")
    .description("The simplest models over any table, and the benchmark that a complex model must beat.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .showHelpAfterError("(run baseline --help for the list of commands)")
    .addHelpText("after", rootExamples(commands))
    .exitOverride();
  for (const command of commands) {
    const records = [...command.options, ...COMMON_OPTIONS];
    const parser = root
      .command(command.name)
      .description(command.summary)
      .helpOption("-h, --help", "print this help")
      .showHelpAfterError(`(run baseline ${command.name} --help for its options)`)
      .addHelpText("after", `\nExamples:\n${command.examples.map((line) => `  ${line}`).join("\n")}`)
      .exitOverride();
    for (const { name, help, many, optional, choices } of command.arguments) {
      const argument = new Argument(optional ? `[${name}${many ? "..." : ""}]` : `<${name}${many ? "..." : ""}>`, help);
      parser.addArgument(choices ? argument.choices(choices).argParser(chosenFrom(choices)) : argument);
    }
    for (const record of records) for (const option of commanderOptions(record)) parser.addOption(option);
    parser.action(async (...given: unknown[]) => {
      const args = given
        .slice(0, command.arguments.length)
        .flat()
        .filter((arg) => arg !== undefined) as string[];
      const typed = definedOnly(parser, records);
      seen = typed;
      seen = { ...(await readConfig(typed.config as string | undefined, records, everything)), ...typed };
      code = await command.run(args, seen, makeTerminal(seen));
    });
  }
  try {
    if (argv.length === 0) root.help({ error: true });
    await root.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed;
    failure(error, seen);
    return EXIT.failed;
  }
  return code;
}

/** Only what was typed: defaults belong to the API. `--no-x` alone gives x: false. */
function definedOnly(parser: Parser, records: readonly OptionRecord[]): Options {
  const out: Record<string, unknown> = {};
  const all: Record<string, unknown> = parser.opts();
  for (const record of records) {
    const name = nameOf(record);
    if (parser.getOptionValueSource(name) === "cli") out[record.key] = all[name];
  }
  return out;
}

function rootExamples(commands: readonly Command[]): string {
  const lines = commands.map((command) => command.examples[0]).filter((line) => line !== undefined);
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n\nExit codes: 0 done or JUSTIFIED, 1 NOT JUSTIFIED, 2 could not do it, 3 INCONCLUSIVE, 130 interrupted.`;
}
