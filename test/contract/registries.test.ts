import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { estimators } from "../../src/baselines/registry.ts";
import { pairedTests } from "../../src/compare/registry.ts";
import { checks } from "../../src/schema/warnings/registry.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { findingGroups } from "../../src/report/findings/registry.ts";
import { formats } from "../../src/report/formats/registry.ts";
import { benchFormats } from "../../src/report/suite/formats.ts";
import { commands } from "../../src/cli/commands/registry.ts";
import { samplers } from "../../src/search/samplers/registry.ts";
import { kinds } from "../../src/models/registry.ts";

const savedKinds = await Promise.all([...kinds.values()].map((load) => load()));

/** A room, what tells its members from other things that its files export, and its registry. */
const ROOMS: readonly (readonly [string, readonly string[], readonly object[]])[] = [
  ["baselines", ["name", "tasks", "space", "fit"], estimators],
  ["models", ["name", "schema", "predictor"], savedKinds],
  ["compare/tests", ["name", "question", "run"], pairedTests],
  ["metrics", ["name", "direction", "score"], metrics],
  ["search/samplers", ["name", "propose"], samplers],
  ["schema/warnings", ["codes", "find"], checks],
  ["report/findings", ["title", "findings"], findingGroups],
  ["report/formats", ["name", "summary", "verdict"], formats],
  ["report/suite", ["name", "summary", "print"], benchFormats],
  ["cli/commands", ["name", "summary", "run"], commands],
];

/** The members that the files of a room export. */
async function exported(room: string, members: readonly string[]): Promise<Set<object>> {
  const folder = resolve("src", room);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const found = new Set<object>();
  for (const file of files) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
    for (const value of Object.values(module))
      if (typeof value === "object" && value !== null && members.every((member) => member in value)) found.add(value);
  }
  return found;
}

it.each(ROOMS)(
  "every member that a file of %s exports stands in the registry, once",
  async (room, members, registry) => {
    const found = await exported(room, members);
    expect(found.size).toBeGreaterThan(2);
    for (const member of found) expect(registry).toContain(member);
    expect(new Set(registry).size).toBe(registry.length);
  },
);

it("every estimator saves a kind of model of its own name, and every kind has its estimator", () => {
  expect([...kinds.keys()].sort()).toEqual(estimators.map(({ name }) => name).sort());
  expect(savedKinds.map(({ name }) => name)).toEqual([...kinds.keys()]);
});

it("the ladder goes from plain to complex, in the order of docs/reference.md; other people's models come last", () => {
  const section = readFileSync("docs/reference.md", "utf8").split("## Models")[1].split("\n## ")[0];
  const names = Array.from(section.matchAll(/^\| `([\w-]+)`/gm), ([, name]) => name);
  expect(estimators.map(({ name }) => name)).toEqual(names);
  const roles = estimators.map(({ role }) => ["baseline", "challenger", "reference"].indexOf(role));
  expect(roles).toEqual(roles.toSorted((a, b) => a - b));
});

it("no file of the source is longer than 300 lines", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const long = files.filter((file) => readFileSync(join("src", file), "utf8").split("\n").length > 301);
  expect(long).toEqual([]);
});
