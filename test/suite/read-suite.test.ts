import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSuite } from "../../src/suite/read-suite.ts";
import { folderWith } from "../cli/baseline.ts";

const TABLE = "x,y\n1,2\n";

/** A folder with tables a.csv and b.csv and a suite. */
function suiteOf(members: unknown, files: Readonly<Record<string, string>> = {}): string {
  const text = typeof members === "string" ? members : JSON.stringify(members);
  return join(folderWith({ "a.csv": TABLE, "b.csv": TABLE, "suite.json": text, ...files }), "suite.json");
}

function refusal(members: unknown, files: Readonly<Record<string, string>> = {}): string {
  const path = suiteOf(members, files);
  try {
    readSuite([path]);
  } catch (error) {
    return (error as Error).message.replaceAll(path.replace(/suite\.json$/, ""), "");
  }
  return "was taken";
}

describe("a suite file", () => {
  it("gives each dataset its options over the defaults, paths from where it lies", () => {
    const path = suiteOf({
      $schema: "suite.schema.json",
      defaults: { folds: 3, seed: "s", thresholds: { work: "any", alpha: 0.01 } },
      thresholds: { score: "2%", work: "10%" },
      datasets: [
        { data: "a.csv", folds: 4, minGain: "1%", challengers: ["b.csv", { builtin: "boosting", seeds: 2 }] },
        { name: "second", data: "b.csv", timeLimit: "2m", expect: { rmse: { max: 3 }, champion: "linear" } },
      ],
    });
    const [a, second] = readSuite([path]).datasets;
    expect(a).toMatchObject({
      name: "a",
      data: path.replace("suite.json", "a.csv"),
      train: { folds: 4, seed: "s" },
      judge: { minGain: "1%" },
      challengers: [
        { name: "b", predictions: path.replace("suite.json", "b.csv") },
        { name: "boosting", builtin: "boosting", seeds: 2 },
      ],
      thresholds: { score: { kind: "relative", value: 0.02 }, work: null, alpha: 0.01, size: 0.1 },
    });
    expect(second).toMatchObject({
      name: "second",
      train: { folds: 3 },
      timeLimit: 120,
      expect: { champion: "linear", metrics: [{ metric: "rmse", max: 3 }] },
    });
    expect(second.train).not.toHaveProperty("timeLimit");
  });

  it("takes the datasets of what it includes, suites and folders", () => {
    const path = suiteOf(
      { include: ["more.json", "tables"], datasets: [{ data: "a.csv" }] },
      {
        "more.json": JSON.stringify({ datasets: [{ name: "more", data: "b.csv" }] }),
      },
    );
    const tables = path.replace("suite.json", "tables");
    mkdirSync(tables);
    writeFileSync(join(tables, "c.tsv"), TABLE);
    expect(readSuite([path]).datasets.map(({ name }) => name)).toEqual(["more", "c", "a"]);
  });

  it.each([
    ["an unknown key", { dataset: [] }, 'suite.json: there is no key "dataset" (did you mean "datasets"?)'],
    [
      "an unknown key of a dataset",
      { datasets: [{ data: "a.csv", traget: "y" }] },
      'suite.json: datasets[0] (a): there is no key "traget" (did you mean "target"?)',
    ],
    [
      "an unknown key of the defaults",
      { defaults: { fold: 3 }, datasets: [{ data: "a.csv" }] },
      'suite.json: defaults: there is no key "fold" (did you mean "folds"?)',
    ],
    [
      "an option of another kind",
      { datasets: [{ data: "a.csv", folds: "five" }] },
      'suite.json: datasets[0] (a): folds: wanted a whole number from 2, got "five"',
    ],
    ["a dataset that is none", { datasets: ["a.csv"] }, 'suite.json: datasets[0]: wanted an object, got "a.csv"'],
    [
      "a dataset without a table",
      { datasets: [{ name: "a" }] },
      'suite.json: datasets[0] (a): wanted "data", the file of the table, got none',
    ],
    ["a missing table", { datasets: [{ data: "c.csv" }] }, "suite.json: datasets[0] (c): data: there is no file c.csv"],
    ["a table that is a folder", { datasets: [{ data: "." }] }, "data: wanted a file, got the folder"],
    [
      "a folder instead of a table",
      { datasets: [{ name: "c", data: ".." }] },
      "suite.json: datasets[0] (c): data: wanted a file, got the folder /",
    ],
    [
      "a missing predictions file",
      { datasets: [{ data: "a.csv", challengers: ["p.csv"] }] },
      "suite.json: datasets[0] (a): challengers[0]: predictions: there is no file p.csv",
    ],
    [
      "two datasets of one name",
      { datasets: [{ data: "a.csv" }, { data: "b.csv", name: "a" }] },
      'suite.json: datasets[1] (a): two datasets are called "a"; the other is suite.json: datasets[0] (a); give one another name',
    ],
    [
      "two challengers of one name",
      { datasets: [{ data: "a.csv", challengers: ["b.csv", "b.csv"] }] },
      'suite.json: datasets[0] (a): two challengers are called "b"; give one a "name"',
    ],
    [
      "a challenger that is two",
      { datasets: [{ data: "a.csv", challengers: [{ builtin: "tree", predictions: "b.csv" }] }] },
      'wanted one of "predictions", "builtin" and "command", got 2',
    ],
    ["a missing include", { include: ["none.json"] }, "suite.json: include none.json: there is no such file or folder"],
    ["an include that comes back", { include: ["suite.json"] }, "the includes go in a circle"],
    [
      "bounds without a bound",
      { datasets: [{ data: "a.csv", expect: { rmse: {} } }] },
      'expect: rmse: wanted "min", "max" or both, got neither',
    ],
    [
      "an expected metric that does not exist",
      { datasets: [{ data: "a.csv", expect: { log_los: { max: 1 } } }] },
      'expect: there is no metric "log_los" (did you mean "log_loss"?)',
    ],
    [
      "a model that does not exist",
      { defaults: { models: ["lgistic"] }, datasets: [{ data: "a.csv" }] },
      'suite.json: defaults: models: there is no model "lgistic" (did you mean "logistic"?)',
    ],
    [
      "a metric that does not exist",
      { datasets: [{ data: "a.csv", metric: "acuracy" }] },
      'datasets[0] (a): metric: there is no metric "acuracy" (did you mean "accuracy"?)',
    ],
    [
      "a built-in challenger that does not exist, of the last dataset",
      { datasets: [{ data: "a.csv" }, { data: "b.csv", challengers: ["a.csv", { builtin: "forrest" }] }] },
      'datasets[1] (b): challengers[1]: builtin: there is no model "forrest" (did you mean "forest"?)',
    ],
    [
      "a champion that does not exist",
      { datasets: [{ data: "a.csv", expect: { champion: "lineal" } }] },
      'expect: champion: there is no model "lineal" (did you mean "linear"?)',
    ],
    [
      "an unknown expectation",
      { datasets: [{ data: "a.csv", expect: { verdit: "JUSTIFIED" } }] },
      '(did you mean "verdict"?)',
    ],
    [
      "a threshold that is none",
      { thresholds: { work: "more" }, datasets: [{ data: "a.csv" }] },
      'thresholds: work: wanted a share such as 0.1 or "10%", "same" or "any", got "more"',
    ],
    [
      "a level that is none",
      { thresholds: { alpha: 2 }, datasets: [{ data: "a.csv" }] },
      "alpha: wanted a level between 0 and 0.5, got 2",
    ],
    ["nothing", { datasets: [] }, "there is no dataset in it"],
    ["half a file", '{ "datasets": [', "suite.json: is not JSON"],
    ["a list", [], "suite.json: wanted an object, got []"],
  ])("is refused with the place: %s", (_, members, sentence) => {
    expect(refusal(members)).toContain(sentence);
  });

  it("is refused when includes of includes come back", () => {
    const other = JSON.stringify({ include: ["suite.json"] });
    expect(refusal({ include: ["other.json"] }, { "other.json": other })).toMatch(
      /the includes go in a circle \(.*suite\.json -> .*other\.json -> .*suite\.json\)/,
    );
  });

  it("may start programs only when it was named itself", () => {
    const challengers = [{ command: "run {test} {out}" }];
    const path = suiteOf({ datasets: [{ data: "a.csv", challengers }] });
    expect(readSuite([path]).datasets[0].challengers).toMatchObject([{ command: "run {test} {out}" }]);
    const folder = path.replace("/suite.json", "");
    expect(() => readSuite([folder])).toThrow(`say baseline bench ${path} if it is yours`);
  });
});

describe("a folder", () => {
  it("is its tables and those one below, with their cards, by name", () => {
    const folder = folderWith({ "b.csv": TABLE, "a.csv.gz": TABLE, "notes.txt": "", ".c.csv": TABLE });
    const card = { name: "carded", file: "t.csv", target: "y", title: "T", licence: "L", rows: 1, sha256: "ab" };
    for (const [name, file, text] of [
      ["d", "card.json", JSON.stringify(card)],
      ["d", "t.csv", TABLE],
      ["e", "plain.csv", TABLE],
    ]) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, file), text);
    }
    const { datasets } = readSuite([folder]);
    expect(datasets.map(({ name }) => name)).toEqual(["a", "b", "carded", "plain"]);
    expect(datasets[2]).toMatchObject({ train: { target: "y" }, sha256: "ab" });
    expect(readSuite([join(folder, "d")]).datasets.map(({ name }) => name)).toEqual(["carded"]);
  });

  it("is refused when it is empty, and when a card names an option that nobody knows", () => {
    expect(() => readSuite([folderWith({})])).toThrow(/there is no table in this folder/);
    const card = JSON.stringify({ file: "t.csv", traget: "y" });
    expect(() => readSuite([folderWith({ "card.json": card, "t.csv": TABLE })])).toThrow(
      /card\.json: there is no key "traget" \(did you mean "target"\?\)/,
    );
  });
});

it("one table is a suite, anything else is none", () => {
  const folder = folderWith({ "t.csv": TABLE, "t.txt": TABLE });
  expect(readSuite([join(folder, "t.csv")]).datasets).toMatchObject([{ name: "t" }]);
  expect(() => readSuite([join(folder, "t.txt")])).toThrow(/wanted a suite \(\.json\), a folder, or a table/);
  expect(() => readSuite([join(folder, "none")])).toThrow(/there is no such file or folder/);
});
