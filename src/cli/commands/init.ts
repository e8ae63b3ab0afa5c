import type { Settings } from "../../init/drafts.ts";
import type { Outcome } from "../../init/files.ts";
import type { Inspection } from "../../report/inspection.ts";
import { visible } from "../../report/document/visible.ts";
import { dataOptions } from "../../options/data.ts";
import { flag } from "../../options/kinds.ts";
import { EXIT, UsageError, type Command, type Options, type Terminal } from "../contract.ts";
import { chosen } from "../judging-options.ts";
import { trainOptions } from "../train-options.ts";

const SAID: Record<Outcome, string> = {
  written: "written",
  updated: "rewritten: nobody had changed it",
  unchanged: "as it is already",
  kept: "left alone: it was there before",
};

export const init: Command = {
  name: "init",
  summary: "set up a project: config file, check in CI, must-pass cases and a card with questions for the data's owner",
  arguments: [{ name: "data", help: "the table (default: the only one in this folder)", optional: true }],
  options: [
    ...dataOptions,
    { group: "Set-up", key: "yes", kind: flag, only: "program", help: "ask nothing: take what is inferred" },
    {
      group: "Set-up",
      key: "update",
      kind: flag,
      only: "program",
      help: "rewrite files of an earlier init that nobody has changed",
    },
  ],
  examples: ["baseline init", "baseline init data.csv --target price --yes", "baseline init --update"],
  run: async ([named], { yes, update, ...options }, terminal) => {
    const [{ findData }, { requireWritable }, { setUp, suspectedOf }, { inspect }] = await Promise.all([
      import("../../init/find-data.ts"),
      import("../../init/files.ts"),
      import("../../init/init.ts"),
      import("../../benchmark/inspect.ts"),
    ]);
    requireWritable(".");
    const data = named ?? findData(".");
    if (data === "-") throw new UsageError("init: wanted a file that stays, got standard input");
    const reading = trainOptions(options);
    const ask = yes || options.json ? undefined : terminal.ask;
    const inferred = await inspect(data, reading);
    const asked = { ...reading, target: await targetFrom(ask, inferred, options.target) };
    const inspection = await inspect(data, asked);
    const settings: Settings = {
      ...given(options),
      target: asked.target,
      ...(await dependenceFrom(ask, options, suspectedOf(inspection.warnings))),
      ...(await gainFrom(ask)),
    };
    const why = (sentence: string): void => terminal.error(`no must-pass cases were drafted: ${sentence}`);
    const made = await setUp(".", data, settings, asked, inspection, update === true, why);
    const { files, next } = made;
    terminal.out(
      options.json
        ? `${JSON.stringify(made, null, 1)}\n`
        : [
            ...(ask === undefined && options.target === undefined ? [guessed(inferred)] : []),
            ...files.map(({ path, outcome }) => `${path}: ${SAID[outcome]}`),
            `Next:\n  ${next}\n`,
          ].join("\n"),
    );
    return EXIT.ok;
  },
};

type Ask = Terminal["ask"];

/** What was taken for granted, as nobody was asked. */
function guessed({ target: { name, reason } }: Inspection): string {
  return `the target is ${visible(name)} (${visible(reason)})${reason.includes("--target") ? "" : "; --target names another"}`;
}

async function targetFrom(ask: Ask, { target }: Inspection, given: unknown): Promise<string> {
  if (ask === undefined || given !== undefined) return target.name;
  return (await ask(`Which column is to be predicted? [${target.name}]`)) || target.name;
}

/** What was said of the table, as a config file has it. */
function given(options: Options): Options {
  const { types, ...rest } = chosen(options, dataOptions);
  return {
    ...rest,
    ...(types !== undefined && {
      types: Array.isArray(types) ? Object.fromEntries(types as [string, string][]) : types,
    }),
  };
}

async function dependenceFrom(
  ask: Ask,
  { group, time }: Options,
  suspected: { readonly key: "group" | "time"; readonly column: string } | undefined,
): Promise<Pick<Settings, "group" | "time">> {
  if (ask === undefined || suspected === undefined || group !== undefined || time !== undefined) return {};
  const { key, column } = suspected;
  const question =
    key === "group"
      ? `Do rows with the same ${column} belong together?`
      : `Are later rows (by ${column}) to be predicted from earlier ones?`;
  return /^y/i.test(await ask(`${question} [y/N]`)) ? { [key]: column } : {};
}

async function gainFrom(ask: Ask): Promise<Pick<Settings, "minGain">> {
  const answer = (await ask?.("Which gain is too small to matter? [1%]")) ?? "";
  if (answer === "") return {};
  if (!/^\d*\.?\d+\s*%?$/.test(answer))
    throw new UsageError(`init: wanted a gain such as 0.01 or 2%, got ${JSON.stringify(answer)}`);
  return { minGain: answer };
}
