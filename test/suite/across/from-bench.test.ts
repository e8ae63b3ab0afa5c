import { describe, expect, it } from "vitest";
import { acrossBench, type ChallengerOutcome, type DatasetFacts } from "../../../src/suite/across/from-bench.ts";

type Found = NonNullable<ChallengerOutcome["result"]>;

/** Eight datasets on which a challenger gains three margins; on the last it has something against it. */
function facts(last: Partial<Found>): DatasetFacts[] {
  const score = (value: number) => ({ rmse: { value, lower: null, upper: null, level: 0.95 } });
  return Array.from({ length: 8 }, (_, k) => ({
    name: `d${k}`,
    result: {
      metric: { name: "rmse", direction: "minimize" },
      task: "regression",
      champion: "linear",
      rungs: [{ rung: "linear", status: "ok", scores: score(1) }],
    },
    challengers: [
      {
        name: "net",
        result: {
          scores: score(0.9),
          gain: 0.03 + k / 1000,
          lower: 0.02,
          upper: 0.05,
          margin: { value: 0.01, kind: "relative", assumed: false },
          budgets: [{ quantity: "size", outcome: "within" }],
          refusals: [],
          ...(k === 7 && last),
        },
      },
    ],
  }));
}

const judged = (last: Partial<Found>) => acrossBench(facts(last))!.challengers[0].overall;
const LOST = { gain: -0.0105, lower: -0.02, upper: -0.001 };

describe("an answer over all datasets of a bench", () => {
  it("is yes without vetoes, also where one dataset is lost", () => {
    expect(judged({})).toMatchObject({ verdict: "JUSTIFIED" });
    expect(judged(LOST)).toMatchObject({ verdict: "JUSTIFIED", losses: 1 });
  });
  it.each(["must-pass", "slice", "fairness"] as const)(
    "counts a veto (%s), also where the verdict names the loss instead",
    (kind) => {
      const no = { verdict: "NOT JUSTIFIED", sublabel: kind, detail: "on d7" };
      expect(judged({ refusals: [kind] })).toMatchObject(no);
      expect(judged({ ...LOST, refusals: [kind] })).toMatchObject(no);
      expect(judged({ ...LOST, refusals: ["slice", "fairness", "must-pass"] }).verdict).toBe("NOT JUSTIFIED");
    },
  );
  it("counts budgets in the same way", () => {
    const size = (outcome: "over" | "uncertain"): Partial<Found> => ({ budgets: [{ quantity: "size", outcome }] });
    for (const gain of [{}, LOST]) {
      expect(judged({ ...gain, ...size("over") })).toMatchObject({ sublabel: "over-budget", detail: "on d7" });
      expect(judged({ ...gain, ...size("uncertain") })).toMatchObject({ reason: "budget-uncertain", detail: "on d7" });
    }
  });
});
