import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import type { OnnxRuntime } from "../../src/challengers/onnx-runtime.ts";
import type { ModelFunction } from "../../src/challengers/model-function.ts";
import { benchmarkOnDisk, scratch, type OnDisk } from "./benchmark.ts";
import { linearOnnx } from "./onnx-model.ts";

let parent: string;
let bench: OnDisk;
beforeAll(async () => {
  parent = scratch(afterAll);
  bench = await benchmarkOnDisk(parent, "regression", 600);
});

/** The line through the origin that fits best, cells that are missing left out. */
const line: ModelFunction = (train, test) => {
  const x = train.columns.get("x")!;
  const [up, down] = x.reduce<[number, number]>(
    ([above, below], value, i) => [above + Number(value) * Number(train.target[i]), below + Number(value) ** 2],
    [0, 0],
  );
  return test.columns.get("x")!.map((value) => (up / down) * Number(value));
};

describe("compare takes what can be trained or asked", () => {
  it("a function and a built-in beside each other, with the table and in words how far they are", async () => {
    const said: string[] = [];
    const { challengers, protocol } = await compare(
      bench.folder,
      [{ name: "line", model: line, seeds: 2 }, { builtin: "linear" }],
      { data: bench.data, workers: 1 },
      { onProgress: (text) => said.push(text) },
    );
    expect(protocol).toBe("holdout");
    expect(challengers.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["line", "JUSTIFIED"],
      ["linear", "JUSTIFIED"],
    ]);
    expect(challengers[0].seeds.count).toBe(2);
    expect(said[0]).toBe("line: run 1 of 2, holdout, seed 1 of 2");
  });
  it("an ONNX file by its path's end, refused in a sentence where it cannot be run", async () => {
    const path = join(parent, "line.onnx");
    writeFileSync(path, linearOnnx(1));
    const runtime: OnnxRuntime = {
      Tensor: Array,
      InferenceSession: { create: () => Promise.reject(new Error("no runtime here")) },
    };
    await expect(compare(bench.opened, [{ onnx: path, runtime }], { data: bench.data })).rejects.toThrow(
      /line\.onnx: cannot be opened as an ONNX model: no runtime here/,
    );
    await expect(compare(bench.opened, [join(parent, "none.onnx")], { data: bench.data })).rejects.toThrow(
      /none\.onnx: no such file; wanted an ONNX model/,
    );
  });
  it("none of them without the table", async () => {
    for (const [source, what] of [
      [{ name: "line", model: line }, "a function"],
      [{ command: "{test} {out}" }, "a command"],
      [{ builtin: "tree" }, "the built-in tree"],
      ["model.onnx", "an ONNX model"],
    ] as const)
      await expect(compare(bench.opened, [source])).rejects.toThrow(`${what} needs the table`);
  });
  it("must-pass cases first: one that fails is trained no further, and the others are judged", async () => {
    const mustPass = join(parent, "cases.csv");
    writeFileSync(mustPass, "x,z,expected_max\n2,plain,100\n-2,plain,0\n");
    const wild: ModelFunction = (_, test) => test.columns.get("x")!.map(() => 1);
    const { challengers } = await compare(
      bench.opened,
      [
        { name: "wild", model: wild },
        { name: "line", model: line },
      ],
      { data: bench.data, mustPass },
    );
    expect(challengers.map(({ name, verdict, sublabel }) => [name, verdict, sublabel])).toEqual([
      ["wild", "NOT JUSTIFIED", "must-pass"],
      ["line", "JUSTIFIED", null],
    ]);
    expect(challengers[0].vetoes).toEqual([{ kind: "must-pass", detail: "case 2: wanted at most 0, got 1" }]);
  });
});
