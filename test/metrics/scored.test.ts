import { describe, expect, it } from "vitest";
import type { Scored } from "../../src/metrics/contract.ts";
import { metricsFor } from "../../src/metrics/registry.ts";
import { ordered } from "../../src/metrics/scored.ts";
import { seeded } from "../../src/numeric/rng.ts";

/** 80 rows whose probabilities tie now and then. */
function example(classes: number): Scored {
  const rng = seeded(`ordered ${classes}`);
  const codes = Int32Array.from({ length: 80 }, (_, i) => i % classes);
  const values = new Float64Array(80 * classes);
  for (let i = 0; i < 80; i++) {
    const odds = Array.from({ length: classes }, (_, k) => 1 + rng.below(6) + (k === codes[i] ? 2 : 0));
    const sum = odds.reduce((a, b) => a + b);
    odds.forEach((one, k) => (values[i * classes + k] = one / sum));
  }
  const task = classes === 2 ? "binary" : "multiclass";
  return {
    truth: { task, name: "y", codes, classes: Array.from({ length: classes }, (_, k) => `k${k}`) },
    prediction: { kind: "probability", classes, values },
  };
}

function classCodes({ truth }: Scored): Int32Array {
  return truth.task === "regression" ? new Int32Array(0) : truth.codes;
}

describe("rows that are sorted once for many metrics", () => {
  for (const classes of [2, 5]) {
    const scored = example(classes);
    const weights = Float64Array.from({ length: 80 }, (_, i) => i % 4);

    it(`${classes} classes: every metric says the same, to the bit`, () => {
      const sorted = ordered(scored);
      for (const metric of metricsFor(scored.truth.task))
        for (const by of [undefined, weights]) {
          expect(metric.score(sorted, by), metric.name).toBe(metric.score(scored, by));
          expect(metric.scorer?.(sorted)(by), metric.name).toEqual(metric.scorer?.(scored)(by));
          expect(metric.influence?.of(sorted, by), metric.name).toEqual(metric.influence?.of(scored, by));
        }
    });

    it(`${classes} classes: what is shared is of these answers to this truth`, () => {
      const sorted = ordered(scored);
      const truth = { ...scored.truth, codes: classCodes(scored).toReversed() } as Scored["truth"];
      for (const metric of metricsFor(scored.truth.task))
        for (const of of [scored.truth, truth, scored.truth])
          expect(metric.score({ ...sorted, truth: of }), metric.name).toBe(metric.score({ ...scored, truth: of }));
    });

    it(`${classes} classes: metrics of labels take those that are at hand`, () => {
      const { called } = ordered(scored);
      expect(called!()).toBe(called!());
      let asked = 0;
      const spied: Scored = { ...scored, called: () => (asked++, called!()) };
      const ofLabels = metricsFor(scored.truth.task).filter(({ needs }) => needs === "label");
      expect(ofLabels.length).toBeGreaterThan(4);
      for (const metric of ofLabels)
        for (const ask of [() => metric.score(spied), () => metric.losses?.(spied) ?? metric.influence!.of(spied)]) {
          ask();
          expect(asked, metric.name).toBe(1);
          asked = 0;
        }
    });

    it(`${classes} classes: one against the rest takes the order that is at hand`, () => {
      const { orderOf } = ordered(scored);
      const asked: number[] = [];
      const spied: Scored = { ...scored, orderOf: (k) => (asked.push(k), orderOf!(k)) };
      const all = classes === 2 ? [1] : [0, 1, 2, 3, 4];
      for (const metric of metricsFor(scored.truth.task).filter(({ name }) =>
        /^(roc_auc(_weighted)?|average_precision)$/.test(name),
      ))
        for (const ask of [
          () => metric.score(spied),
          () => metric.scorer!(spied)(),
          () => metric.influence!.of(spied),
        ]) {
          ask();
          expect(asked.splice(0), metric.name).toEqual(all);
        }
      expect(orderOf!(1)).toBe(orderOf!(1));
    });
  }

  it("has nothing to sort of values", () => {
    const truth = { task: "regression", name: "y", values: new Float64Array(2) } as const;
    expect(ordered({ truth, prediction: { kind: "value", values: new Float64Array(2) } }).orderOf).toBeUndefined();
  });
});
