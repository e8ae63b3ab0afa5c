import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { commanderOptions } from "../../src/cli/options.ts";
import { checkOptions } from "../../src/options/check.ts";

const records = [...new Set(commands.flatMap(({ options }) => options))].filter(
  ({ kind, only }) => kind.choices !== undefined && only !== "api",
);

describe("every option that takes one of some words", () => {
  it.each(records.map((record) => [record.key, record] as const))("%s says which one is meant", (_, record) => {
    const choices = record.kind.choices!;
    for (const word of choices.filter(({ length }) => length > 2)) {
      const misspelt = `${word}x`;
      const [option] = commanderOptions(record);
      expect(option.parseArg!(word, undefined)).toBe(word);
      expect(() => option.parseArg!(misspelt, undefined)).toThrow(`(did you mean ${JSON.stringify(word)}?).`);
      expect(option.argChoices).toEqual(choices);
      if (record.only !== "program")
        expect(() => checkOptions("x", { [record.key]: misspelt }, [record])).toThrow(
          `(did you mean ${JSON.stringify(word)}?)`,
        );
    }
  });
});
