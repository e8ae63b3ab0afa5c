import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../src/compare/verdict/contract.ts";
import { findMetric } from "../../../src/metrics/registry.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { listRows, pairModels, scoreMargin, type Paired } from "../../../src/suite/against/pair.ts";
import type { BenchRows } from "../../../src/suite/rows.ts";

const SCHEMA = "tabular-baseline/bench-rows/1" as const;

/** Rows of a regression: `held` of them held out, the others out of fold `repeats` times; `off` tells each model's errors. */
function world(
  seed: string,
  { held = 40, folded = 160, repeats = 1 } = {},
): { readonly rows: BenchRows; readonly model: (name: string, scale: number, bias?: number) => Candidate } {
  const rng = seeded(seed);
  const truth = (count: number): Float64Array => Float64Array.from({ length: count }, () => rng.normal());
  const [atHeld, once] = [truth(held), truth(folded)];
  const inFolds = Float64Array.from({ length: folded * repeats }, (_, i) => once[i % folded]);
  const target = { task: "regression", name: "y" } as const;
  const rows: BenchRows = {
    schema: SCHEMA,
    ...(held > 0 && { holdout: { truth: { ...target, values: atHeld } } }),
    folds: {
      truth: { ...target, values: inFolds },
      row: Int32Array.from(inFolds, (_, i) => i % folded),
      fold: Int32Array.from(inFolds, (_, i) => i % 5),
      repeat: Int32Array.from(inFolds, (_, i) => Math.floor(i / folded)),
      testOverTrain: 0.25,
    },
    models: [],
  };
  const noise = rng.split("errors");
  const errors = truth(held + folded).map(() => noise.normal());
  return {
    rows,
    model: (name, scale, bias = 0) => ({
      name,
      ...(held > 0 && {
        holdout: [{ kind: "value", values: atHeld.map((y, i) => y + bias + scale * errors[i]) }],
      }),
      folds: [{ kind: "value", values: inFolds.map((y, i) => y + bias + scale * errors[held + (i % folded)]) }],
    }),
  };
}

const rmse = findMetric("rmse", "regression");
const at = { margin: scoreMargin(rmse, null), alpha: 0.05 };
const paired = ({ rows }: { readonly rows: BenchRows }, before: Candidate, after: Candidate): Paired =>
  pairModels(rmse, listRows(rows), before, after, at);

describe("two models on the same rows", () => {
  it("are worse when the errors grew, better when they shrank, and swapping them swaps the answers", () => {
    const made = world("grown");
    const [small, large] = [made.model("m", 0.5), made.model("m", 0.6)];
    const worse = paired(made, small, large);
    expect(worse.gain).toBeCloseTo(-0.2, 10); // six fifths of the loss
    expect(worse.worse).toBeLessThan(1e-6);
    expect(worse.better).toBeGreaterThan(0.5);
    const back = paired(made, large, small);
    expect([back.worse, back.better]).toEqual([worse.better, worse.worse]);
    expect(back.gain).toBeCloseTo(1 / 6, 10);
  });

  it("are neither when the loss grew by less than the margin, whatever the number of rows", () => {
    const made = world("margin", { held: 0, folded: 4000 });
    const slight = paired(made, made.model("m", 1), made.model("m", 1.0005));
    expect(slight.gain).toBeCloseTo(-0.0005, 6);
    expect(slight.worse).toBeGreaterThan(0.5);
    expect(paired(made, made.model("m", 1), made.model("m", 1.02)).worse).toBeLessThan(0.001);
  });

  it("are judged by rows, not by answers: repeats of the same folds prove nothing more", () => {
    const noisy = (repeats: number): Paired => {
      const made = world("repeats", { held: 0, folded: 60, repeats });
      return paired(made, made.model("m", 1), made.model("m", 1, 0.25));
    };
    const [once, often] = [noisy(1), noisy(10)];
    expect(once.worse).toBeGreaterThan(1e-4);
    expect(once.worse).toBeLessThan(0.5);
    expect(often.worse / once.worse).toBeGreaterThan(0.5);
    expect(often.worse / once.worse).toBeLessThan(2);
  });

  it("that differ by chance are seldom called worse", () => {
    let alarms = 0;
    for (let k = 0; k < 400; k++) {
      const made = world(`null ${k}`, { held: 20, folded: 60 });
      const other = world(`other ${k}`, { held: 20, folded: 60 }).model("m", 0.6);
      const errorsOf = (model: Candidate, from: typeof made, part: "holdout" | "folds"): Float64Array => {
        const { truth } = from.rows[part]!;
        return model[part]![0].values.map((value, i) => value - (truth as { values: Float64Array }).values[i]);
      };
      const source = world(`other ${k}`, { held: 20, folded: 60 });
      const moved: Candidate = {
        name: "m",
        holdout: [
          { kind: "value", values: errorsOf(other, source, "holdout").map((e, i) => e + truthOf(made, "holdout")[i]) },
        ],
        folds: [
          { kind: "value", values: errorsOf(other, source, "folds").map((e, i) => e + truthOf(made, "folds")[i]) },
        ],
      };
      if (paired(made, made.model("m", 0.6), moved).worse <= 0.05) alarms++;
    }
    expect(alarms / 400).toBeLessThan(0.08);
    expect(alarms / 400).toBeGreaterThan(0.01); // the test can fail
  });

  it("count groups as one witness each", () => {
    const made = world("groups", { held: 0, folded: 200 });
    const groups = Int32Array.from({ length: 200 }, (_, i) => i % 8);
    const grouped: BenchRows = { ...made.rows, folds: { ...made.rows.folds!, dependence: { groups } } };
    const [before, after] = [made.model("m", 1), made.model("m", 1, 0.4)];
    const apart = pairModels(rmse, listRows(made.rows), before, after, at);
    const together = pairModels(rmse, listRows(grouped), before, after, at);
    expect(listRows(grouped).rows.units).toBe(8);
    expect(together.worse).not.toBe(apart.worse);
  });

  it("with several training seeds are judged by the mean of their losses", () => {
    const made = world("seeds");
    const [a, b] = [made.model("m", 0.5), made.model("m", 0.8)];
    const both: Candidate = { name: "m", holdout: [...a.holdout!, ...b.holdout!], folds: [...a.folds!, ...b.folds!] };
    const found = paired(made, a, both);
    expect(found.gain).toBeLessThan(0);
    expect(found.gain).toBeGreaterThan(paired(made, a, b).gain);
  });
});

function truthOf({ rows }: { readonly rows: BenchRows }, part: "holdout" | "folds"): Float64Array {
  return (rows[part]!.truth as { values: Float64Array }).values;
}
