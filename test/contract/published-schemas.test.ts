import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { kinds } from "../../src/models/registry.ts";
// @ts-expect-error a script without types
import { jsonSchemas } from "../../scripts/schemas.mjs";

const made = jsonSchemas() as Map<string, string>;

it("publishes the schemas that artifacts are checked with (node scripts/schemas.mjs writes them)", () => {
  expect(readdirSync("schema").sort()).toEqual([...made.keys()].sort());
  for (const [file, text] of made) expect(readFileSync(`schema/${file}`, "utf8"), file).toBe(text);
});
it("describes every member of an artifact", () => {
  const benchmark = JSON.parse(made.get("benchmark.schema.json") ?? "") as { properties: object; required: string[] };
  expect(benchmark.required).toEqual(expect.arrayContaining(["schema", "dataset", "ladder", "champion", "timing"]));
  const model = JSON.parse(made.get("model.schema.json") ?? "") as { properties: { columns: { required: string[] } } };
  expect(model.properties.columns.required).toContain("reading");
});
it("describes every kind of model, and leaves room for estimators of one's own", () => {
  const { properties } = JSON.parse(made.get("model.schema.json") ?? "") as {
    properties: { model: { anyOf: { properties: { kind: { const?: string } }; required: string[] }[] } };
  };
  const known = properties.model.anyOf.map((one) => one.properties.kind.const);
  expect(new Set(known)).toEqual(new Set([...kinds.keys(), undefined]));
  for (const { required } of properties.model.anyOf)
    expect(required).toEqual(expect.arrayContaining(["kind", "version"]));
});
