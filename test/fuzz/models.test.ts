/** Edited model files: refused with a sentence, or used, and then every answer is a finite number or probabilities. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { estimators } from "../../src/baselines/registry.ts";
import { defaultPoint } from "../../src/search/space.ts";
import { withRule } from "../../src/intake/forecast.ts";
import { loadModel } from "../../src/answering/load-model.ts";
import { openModel } from "../../src/folder/open-model.ts";
import { predictTable } from "../../src/answering/predict.ts";
import { allRows, shapeOf, type Task } from "../../src/frame/dataset.ts";
import { readTable } from "../../src/table/read-table.ts";
import { inferSchema } from "../../src/schema/infer.ts";
import { toDataset } from "../../src/schema/dataset/to-dataset.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import { faultyAnswer } from "../../src/models/answers.ts";
import { MODEL_SCHEMA, type ModelFile } from "../../src/report/model-file.ts";
import { endingOf, fuzz, MOST_MILLISECONDS, pick } from "./fuzzing.ts";
import { editedText } from "./json-edits.ts";

const folder = mkdtempSync(join(tmpdir(), "fuzz-models-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RULE = { binary: 'x > 0 ? "yes" : "no"', multiclass: 'c == "u" ? "low" : "high"', regression: "x * 2 + 1" };

/** A table with a column of every kind, as CSV. */
function csv(task: Task): string {
  const rng = seeded("fuzzed models").split(task);
  const lines = Array.from({ length: 90 }, (_, i) => {
    const x = rng.normal();
    const c = pick(rng, ["u", "v", "w"]);
    const score = x + (c === "u" ? 1 : 0) + 0.3 * rng.normal();
    const y = {
      binary: score > 0 ? "yes" : "no",
      multiclass: score < -0.5 ? "low" : score > 0.5 ? "high" : "mid",
      regression: String(score),
    }[task];
    const words = `${score > 0 ? "good fine" : "bad poor"} word${i % 7} and more of it number ${i}`;
    const day = `2020-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`;
    return [x.toFixed(4), i % 9 === 0 ? "" : (2 * rng.uniform()).toFixed(3), c, day, words, `g${i % 8}`, i, y].join(
      ",",
    );
  });
  return ["x,z,c,d,txt,g,t,y", ...lines, ""].join("\n");
}

const NEW_ROWS =
  "x,z,c,d,txt,g,t\n0.5,1,u,2020-03-01,good word1 again and more,g1,91\n-1e9,,x,,,,92\n,0.1,w,2021-01-31,bad word2 number 7 of it,g99,93\n";

/** A model file of every kind and task. */
async function seeds(): Promise<readonly ModelFile[]> {
  const files: ModelFile[] = [];
  for (const task of ["binary", "multiclass", "regression"] as const)
    for (const estimator of estimators.filter(({ tasks }) => tasks.includes(task))) {
      const table = await readTable(new TextEncoder().encode(csv(task)), { types: new Map([["txt", "text"]]) });
      const needs = estimator.needs ?? [];
      const schema = inferSchema(table, {
        target: "y",
        ...(needs.includes("groups") && { group: "g" }),
        ...(needs.includes("time") && { time: "t" }),
      });
      const rule = needs.includes("forecast") ? RULE[task] : undefined;
      const data = await withRule(toDataset(table, schema), table, rule);
      const small = { boosting: { rounds: 3 }, forest: { trees: 3 } }[estimator.name];
      const params = { ...defaultPoint(estimator.space(shapeOf(data), data.rows)), ...small };
      const rows = allRows(data.rows);
      const model = JSON.parse(
        JSON.stringify(estimator.fit({ data, rows }, params, seeded("seeds")).toJSON()),
      ) as ModelFile["model"];
      files.push({
        schema: MODEL_SCHEMA,
        package: "tabular-baseline 0.0.0",
        rung: estimator.name,
        params,
        fitted: { part: "train", rows: data.rows },
        dataset: "",
        columns: JSON.parse(JSON.stringify(schema)) as ModelFile["columns"],
        ...(rule !== undefined && { rule }),
        model,
      });
    }
  return files;
}

const originals = await seeds();

async function use(text: string): Promise<void> {
  const path = join(folder, "model.json");
  writeFileSync(path, text);
  const { model } = openModel(path);
  const { prediction, answers, data, classes } = await predictTable(model, new TextEncoder().encode(NEW_ROWS));
  expect(answers.length).toBe(3);
  expect(prediction.values.length).toBe(3 * Math.max(1, classes.length));
  expect(faultyAnswer(prediction)).toBeLessThan(0);
  const loaded = await loadModel(model, shapeOf(data));
  expect(Number.isFinite(loaded.complexity.count)).toBe(true);
  expect(loaded.explain(shapeOf(data)).summary).not.toBe("");
}

describe("model files", () => {
  it.each(originals.map((file) => [`${file.rung}, ${file.columns.target.task}`, file] as const))(
    "of %s are used as they are",
    async (_name, file) => use(JSON.stringify(file)),
  );

  it("that were edited are refused, or answer with numbers", { timeout: MOST_MILLISECONDS }, () =>
    fuzz({
      name: "edited model files",
      few: 400,
      run: (rng: Rng) => {
        const file = pick(rng, originals);
        // Two in three edits are of what the family saved: there is most to go wrong.
        const text = rng.below(3) > 0 ? modelEdited(file, rng) : editedText(file, rng);
        return endingOf(() => use(text));
      },
    }),
  );
});

function modelEdited(file: ModelFile, rng: Rng): string {
  const { model, ...others } = file;
  return `${JSON.stringify(others).slice(0, -1)},"model":${editedText(model, rng)}}`;
}
