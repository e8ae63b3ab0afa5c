import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCases } from "../../src/challengers/must-pass.ts";
import { onnxChallenger, type OnnxOptions } from "../../src/challengers/onnx.ts";
import type { OnnxRuntime, OnnxValue } from "../../src/challengers/onnx-runtime.ts";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import type { Entrant } from "../../src/challengers/contract.ts";
import type { Loaded } from "../../src/intake/load.ts";
import { benchmarkOnDisk, scratch, type OnDisk } from "./benchmark.ts";
import { linearOnnx } from "./onnx-model.ts";

type Opened = OnDisk & { loaded: Loaded };
type Data = ArrayLike<number | bigint | string>;
let path: string;
let binary: Opened;
let multiclass: Opened;
let regression: Opened;
let small: Opened;
beforeAll(async () => {
  const parent = scratch(afterAll);
  path = join(parent, "line.onnx");
  writeFileSync(path, linearOnnx(2));
  const made = async (...args: Parameters<typeof benchmarkOnDisk>): Promise<Opened> => {
    const one = await benchmarkOnDisk(...args);
    return { ...one, loaded: await reopenData(one.opened, one.data) };
  };
  binary = await made(parent, "binary", 600, { positive: "no" });
  multiclass = await made(parent, "multiclass", 600);
  regression = await made(parent, "regression", 600);
  small = await made(parent, "binary", 120, { repeats: 1 });
});

const isInstalled = (() => {
  try {
    createRequire(import.meta.url).resolve("onnxruntime-node");
    return true;
  } catch {
    return false;
  }
})();

/** A runtime that answers as told: what the adapter hands over and takes back can be seen whole. */
function runtimeOf(
  inputMetadata: readonly OnnxValue[] | undefined,
  outputMetadata: readonly OnnxValue[],
  answer: (feeds: Record<string, FakeTensor>, rows: number) => Data,
): OnnxRuntime {
  return {
    Tensor: FakeTensor,
    InferenceSession: {
      create: async () => ({
        ...(inputMetadata && { inputMetadata }),
        outputMetadata,
        run: async (feeds, [name]) => {
          const tensors = feeds as Record<string, FakeTensor>;
          return { [name]: { data: answer(tensors, Object.values(tensors)[0].dims[0]) } };
        },
        release: async () => undefined,
      }),
    },
  };
}
class FakeTensor {
  readonly type: string;
  readonly data: Data;
  readonly dims: readonly number[];
  constructor(type: string, data: unknown, dims: readonly number[]) {
    this.type = type;
    this.data = data as Data;
    this.dims = dims;
  }
}
const tensor = (name: string, type: string, width: number): OnnxValue => ({
  name,
  isTensor: true,
  type,
  shape: ["", width],
});
const run = (on: Opened, runtime: OnnxRuntime, options: Partial<OnnxOptions> = {}): Promise<Entrant> =>
  onnxChallenger(on.opened, on.loaded, { path, runtime, ...options });
const rowsOf = (on: Opened): number => on.opened.held.length;

describe("an ONNX model", () => {
  it("takes a matrix of numbers, NaN where a cell is missing, and is measured beside the champion", async () => {
    const seen: FakeTensor[] = [];
    const runtime = runtimeOf([tensor("X", "float32", 1)], [tensor("y", "float32", 1)], ({ X }) => {
      seen.push(X);
      return Array.from(X.data, (x) => (Number.isNaN(x) ? 0 : 2 * Number(x)));
    });
    const { challenger, champion, notes } = await run(regression, runtime, { columns: ["x"] });
    expect(challenger.name).toBe("line");
    expect(seen[0]).toMatchObject({ type: "float32", dims: [rowsOf(regression), 1] });
    expect(Array.from(seen[0].data).some(Number.isNaN)).toBe(true);
    const x = regression.loaded.data.columns[0];
    const first = regression.opened.held.findIndex((row) => x.kind === "number" && !Number.isNaN(x.values[row]));
    expect(challenger.holdout![0].values[first]).toBeCloseTo(
      2 * (x.kind === "number" ? x.values[regression.opened.held[first]] : 0),
      5,
    );
    expect(challenger.cost!.size).toBe(linearOnnx(2).length);
    expect(challenger.cost!.latency!.runs.length).toBe(champion!.latency!.runs.length);
    expect(notes.join()).toContain("taken on trust");
  });
  it("takes one input a column, texts among them", async () => {
    const runtime = runtimeOf(
      [tensor("x", "float64", 1), tensor("z", "string", 1)],
      [tensor("label", "string", 1), tensor("probabilities", "float32", 2)],
      ({ x, z }, rows) => {
        expect([x.type, z.type, z.dims]).toEqual(["float64", "string", [rows, 1]]);
        expect(new Set(Array.from(z.data))).toEqual(new Set(["plain", "with, comma", 'a "quote"']));
        return Array.from({ length: rows }, () => [0.25, 0.75 + 1e-7]).flat();
      },
    );
    const { challenger, labelsOnly, notes } = await run(binary, runtime);
    // sorted: no, yes; the benchmark's positive class, no, comes last
    expect(Array.from(challenger.holdout![0].values.subarray(0, 2), (p) => Math.round(1e4 * p) / 1e4)).toEqual([
      0.75, 0.25,
    ]);
    expect([labelsOnly, notes.join()]).toEqual([false, expect.stringContaining("those of no, yes, in this order")]);
  });
  it("may give the positive class's probability, or labels alone where the probabilities are no tensor", async () => {
    const inputs = [tensor("x", "float32", 1), tensor("z", "string", 1)];
    const single = runtimeOf(inputs, [tensor("p", "float32", 1)], (_, rows) => new Float32Array(rows).fill(0.25));
    expect((await run(binary, single)).challenger.holdout![0].values[1]).toBe(0.25);
    const zipped: OnnxValue[] = [tensor("label", "string", 1), { name: "probabilities", isTensor: false }];
    const labels = runtimeOf(inputs, zipped, (_, rows) => Array.from({ length: rows }, () => "mid"));
    const { labelsOnly, notes } = await run(multiclass, labels);
    expect([labelsOnly, notes.join()]).toEqual([true, expect.stringContaining("zipmap off")]);
  });
  it("is asked must-pass cases first", async () => {
    const inputs = [tensor("x", "float32", 1), tensor("z", "string", 1)];
    const runtime = runtimeOf(inputs, [tensor("p", "float32", 1)], ({ x }) =>
      Array.from(x.data, (value) => (Number(value) > 0 ? 0.1 : 0.9)),
    );
    const cases = await readCases(binary.opened, binary.loaded, [
      { x: 1, z: "plain", expected: "yes" },
      { x: -1, z: "plain", expected: "yes" },
    ]);
    const { challenger } = await run(binary, runtime, { cases });
    expect([challenger.failures, challenger.holdout]).toEqual([["case 2: wanted yes, got no"], undefined]);
  });
});

describe("an ONNX model is refused", () => {
  const any = (): Data => [];
  const refused = (
    on: Opened,
    inputs: OnnxValue[] | undefined,
    outputs: OnnxValue[],
    options: Partial<OnnxOptions> = {},
  ) => expect(run(on, runtimeOf(inputs, outputs, any), options)).rejects;
  const x = tensor("x", "float32", 1);
  const z = tensor("z", "string", 1);
  it("when it does not fit the table", async () => {
    const y = [tensor("y", "float32", 1)];
    await refused(regression, [tensor("X", "float32", 7)], y).toThrow(
      /its input X has 7 columns, the benchmark 2 features \(x, z\)/,
    );
    await refused(regression, [tensor("X", "float32", 2)], y).toThrow(/takes numbers for z, which holds texts/);
    await refused(regression, [tensor("X", "float32", 1)], y, { columns: ["w"] }).toThrow(
      /w, which the table does not have/,
    );
    await refused(regression, [tensor("X", "string", 2)], y).toThrow(
      /wanted an input of float32 or float64, got X of string/,
    );
    await refused(regression, [x, tensor("w", "float32", 1)], y).toThrow(/its input w is no column of the table/);
    await refused(regression, [tensor("x", "bool", 1), z], y).toThrow(/its input x is of bool; wanted/);
    await refused(regression, [tensor("x", "int64", 1), z], y).toThrow(/x takes whole numbers, and row \d+ has none/);
    await refused(regression, [x, z], [tensor("y", "int64", 1)]).toThrow(
      /wanted an output of one float a row, got y \(int64/,
    );
    await refused(multiclass, [x, z], [tensor("y", "float32", 7)]).toThrow(
      /probabilities \(3 floats a row\) or labels, got y/,
    );
    await refused(binary, [x, z], y, { classes: ["no", "maybe"] }).toThrow(
      /must name each of yes, no once, got no, maybe/,
    );
    await refused(binary, [x, z], y).toThrow(/wanted 120 answers, one a row, got 0/);
    await refused(binary, undefined, y).toThrow(/too old.*1\.22/);
  });
  it("without held-out rows, or a file", async () => {
    await refused(small, [x, z], []).toThrow(/one trained model.*has none; train it with --holdout/);
    await refused(binary, [x, z], [], { path: "nowhere.onnx" }).toThrow(
      "nowhere.onnx: no such file; wanted an ONNX model",
    );
  });
  if (!isInstalled)
    it("without the runtime, saying how to get it", async () => {
      await expect(onnxChallenger(binary.opened, binary.loaded, { path })).rejects.toThrow(
        /onnxruntime-node is not installed.*npm install onnxruntime-node/,
      );
    });
});

if (isInstalled)
  describe("with onnxruntime-node", () => {
    it("runs a real file", async () => {
      const { challenger } = await onnxChallenger(regression.opened, regression.loaded, { path, columns: ["x"] });
      const [column] = regression.loaded.data.columns;
      const wanted = Array.from(regression.opened.held, (row) =>
        column.kind === "number" && !Number.isNaN(column.values[row]) ? 2 * column.values[row] : 0,
      );
      challenger.holdout![0].values.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 4));
    });
    it("refuses what is no model", async () => {
      const text = path.replace("line", "text");
      writeFileSync(text, "no model");
      await expect(onnxChallenger(regression.opened, regression.loaded, { path: text })).rejects.toThrow(
        /text\.onnx: cannot be opened as an ONNX model/,
      );
    });
  });
