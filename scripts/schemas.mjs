/**
 * The JSON Schemas of what the package writes, made from the schemas that check it.
 * `node scripts/schemas.mjs` writes them to schema/ (after a build); a test holds them against the files.
 */
import { toJsonSchema } from "@valibot/to-json-schema";
import { writeFileSync } from "node:fs";
import * as v from "valibot";
import { commands } from "../.cache/dist/cli/commands/registry.js";
import { COMMON_OPTIONS } from "../.cache/dist/cli/options.js";
import { objectSchema, suiteKeys } from "../.cache/dist/options/suite.js";
import { benchSchema } from "../.cache/dist/report/schema/bench.js";
import { schemaShape } from "../.cache/dist/schema/json.js";
import { kinds } from "../.cache/dist/models/registry.js";
import { benchmarkSchema } from "../.cache/dist/report/schema/benchmark.js";
import { gateSchema } from "../.cache/dist/report/schema/gate.js";
import { modelSchema } from "../.cache/dist/report/schema/model.js";
import { verdictSchema } from "../.cache/dist/report/schema/verdict.js";

/** @type {readonly (readonly [string, string, import("valibot").GenericSchema])[]} */
const FILES = [
  ["benchmark", "The content of benchmark.json", benchmarkSchema],
  ["model", "The content of model.json, model-final.json and models/<rung>.json", modelSchema],
  ["verdict", "The content of verdict.json", verdictSchema],
  ["bench", "The content of bench.json", benchSchema],
  ["gate", "What baseline gate --json prints", gateSchema],
];

/** Every kind of model, as it is saved; models of other kinds are of somebody's own estimators. */
const savedKinds = await Promise.all([...kinds.values()].map((load) => load()));
const models = {
  anyOf: [
    ...savedKinds.flatMap(({ name, version, schema }) =>
      (schema.options ?? [schema]).map(({ entries }) => {
        const whole = v.strictObject({ kind: v.literal(name), version: v.literal(version), ...entries });
        return withoutDialect(toJsonSchema(whole, { typeMode: "input", errorMode: "ignore" }));
      }),
    ),
    {
      type: "object",
      properties: {
        kind: { type: "string", not: { enum: [...kinds.keys()] } },
        version: { type: "integer", minimum: 0 },
      },
      required: ["kind", "version"],
    },
  ],
};

/** The options of every command that can stand in a config file. */
function configSchema() {
  const records = [...commands.flatMap(({ options }) => options), ...COMMON_OPTIONS].filter(
    ({ key, only }, i, all) => only !== "api" && all.findIndex((one) => one.key === key) === i, // the first of a key, as the file is read
  );
  return fileSchema("The content of baseline.config.json", records);
}

/** A file that people write: its own schema may be named in it. */
function fileSchema(title, records) {
  return {
    title: `tabular-baseline: ${title}`,
    $schema: "http://json-schema.org/draft-07/schema#",
    ...objectSchema(records),
    patternProperties: { "^\\$": {} },
  };
}

/** @returns {Map<string, string>} File name to its text. */
export function jsonSchemas() {
  const config = ["config.schema.json", `${JSON.stringify(configSchema(), null, 1)}\n`];
  const suite = [
    "suite.schema.json",
    `${JSON.stringify(fileSchema("A suite of tables for baseline bench", suiteKeys), null, 1)}\n`,
  ];
  return new Map([
    ...FILES.map(([name, title, schema]) => {
      const json = toJsonSchema(schema, {
        errorMode: "ignore",
        overrideSchema: ({ valibotSchema }) =>
          valibotSchema.type === "custom"
            ? withoutDialect(toJsonSchema(schemaShape, { errorMode: "ignore" }))
            : undefined,
      });
      if (name === "model") json.properties = { ...json.properties, model: models };
      return [`${name}.schema.json`, `${JSON.stringify({ title: `tabular-baseline: ${title}`, ...json }, null, 1)}\n`];
    }),
    config,
    suite,
  ]);
}

function withoutDialect({ $schema: _dialect, ...rest }) {
  return rest;
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  for (const [file, text] of jsonSchemas()) writeFileSync(new URL(`../schema/${file}`, import.meta.url), text);
