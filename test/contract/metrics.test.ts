import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Metric } from "../../src/metrics/contract.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { checkMetric, metricLaws } from "../../src/testing/metric.ts";

for (const metric of metrics)
  for (const task of metric.tasks)
    describe(`${metric.name}, ${task}`, () => {
      for (const { name, claim } of metricLaws)
        it(claim, () => void checkMetric(metric, { tasks: [task], laws: [name] }));
    });

for (const metric of metrics.filter(({ tasks, needs }) => tasks.includes("multiclass") && needs === "label"))
  it(`${metric.name} takes no table of classes x classes`, () => {
    const classes = Array.from({ length: 60_000 }, (_, k) => String(k));
    const values = new Float64Array(2 * classes.length);
    values.set([1], 0);
    values.set([1], values.length - 1);
    const truth = { task: "multiclass", name: "y", classes, codes: Int32Array.of(0, classes.length - 2) } as const;
    const score = metric.score({ truth, prediction: { kind: "probability", classes: classes.length, values } });
    expect(Number.isNaN(score) || (score >= metric.range[0] && score <= metric.range[1])).toBe(true);
  });

// Labels are read from the largest probability.
for (const metric of metrics.filter(({ needs }) => needs !== "label"))
  for (const task of metric.tasks)
    it(`${metric.name}, ${task}, of answers that are no numbers is no number, and ends`, () => {
      const classes = task === "binary" ? 2 : 3;
      const codes = Int32Array.of(0, 1, 2, 0, 1, 2).map((code) => code % classes);
      const truth =
        task === "regression"
          ? { task, name: "y", values: Float64Array.from(codes) }
          : { task, name: "y", classes: ["a", "b", "c"].slice(0, classes), codes };
      const values = new Float64Array(task === "regression" ? 6 : 6 * classes).fill(Number.NaN);
      const prediction =
        task === "regression" ? { kind: "value" as const, values } : { kind: "probability" as const, classes, values };
      expect(metric.score({ truth, prediction })).toBeNaN();
    });

it("every metric says in exactly one way how its rows contribute", () => {
  for (const metric of metrics)
    expect(
      ["losses", "ratio", "influence"].filter((way) => way in metric),
      metric.name,
    ).toHaveLength(1);
});

it("every exported metric is in the registry, and names are unique", async () => {
  expect(new Set(metrics.map((m) => m.name)).size).toBe(metrics.length);
  const files = readdirSync("src/metrics").filter((file) => file !== "registry.ts");
  const modules = await Promise.all(
    files.map((file) => import(`../../src/metrics/${file}`) as Promise<Record<string, unknown>>),
  );
  const exported = modules
    .flatMap((module) => Object.values(module))
    .filter((value): value is Metric => {
      return typeof value === "object" && value !== null && "score" in value && "floor" in value;
    });
  expect(exported.length).toBeGreaterThan(15);
  for (const metric of exported) expect(metrics).toContain(metric);
});
