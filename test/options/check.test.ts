import { describe, expect, it } from "vitest";
import { readTable } from "../../src/api/extend.ts";
import { compare, gate, inspect, isStated, predict, train, writeBenchmark } from "../../src/index.ts";

const rows = Array.from({ length: 60 }, (_, i) => ({ a: i % 7, y: i % 2 ? "yes" : "no" }));
/** Arguments as a program without types may give them. */
const none = undefined as never;
const nothing = null as never;

describe("the programming interface refuses in a sentence", () => {
  const wrong: [what: string, call: () => Promise<unknown>, message: RegExp][] = [
    ["options that are none", () => train(rows, nothing), /^train: wanted options as an object, got null$/],
    ["a number among options", () => train(rows, { target: "y", seed: Number.NaN }), /^seed: wanted .*, got NaN$/],
    [
      "a table that is none",
      () => train(none, { target: "y" }),
      /^readTable: wanted a path, bytes, rows or columns, got undefined$/,
    ],
    ["no table", () => readTable(nothing), /got null$/],
    ["a number for a table", () => inspect(42 as never), /rows or columns, got number$/],
    ["no benchmark", () => compare(none, []), /^compare: wanted a benchmark's folder, .*, got undefined$/],
    [
      "another object for a benchmark",
      () => gate({} as never, "p.csv"),
      /^gate: wanted a benchmark's folder, .*, got \{\}$/,
    ],
    [
      "a benchmark that train did not make",
      async () => writeBenchmark({} as never, "b"),
      /^wanted a benchmark as train makes it, got \{\}$/,
    ],
    ["no challengers", () => compare("b", none), /^compare: wanted a list of challengers, got undefined$/],
    ["no predictions", () => gate("b", none), /^gate: wanted the path of a predictions file, got undefined$/],
    ["no model", () => predict(none, rows), /^predict: wanted a folder, a model file or a benchmark, got undefined$/],
  ];
  for (const [what, call, message] of wrong)
    it(what, async () => {
      const error: unknown = await call().catch((caught: unknown) => caught);
      expect(isStated(error)).toBe(true);
      expect((error as Error).message).toMatch(message);
    });
});
