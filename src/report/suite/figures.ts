/** The numbers of a bench that a chart over time is drawn of: scores, work and sizes; never times, which are the machine's. */
import type { BenchDataset, BenchScore } from "../bench.ts";
import { championScore } from "./document.ts";

export interface BenchFigure {
  readonly dataset: string;
  /** `log_loss`, `fold-fits`, `champion-bytes`. */
  readonly measure: string;
  readonly unit: "score" | "bytes" | "count";
  /** Of a score: better when larger. */
  readonly bigger: boolean;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /** What it is of, in words. */
  readonly of: string;
}

/** The champion's deciding score and size, each challenger's score by the same metric, and the work of the ladder. */
export function figuresOf(dataset: BenchDataset): readonly BenchFigure[] {
  const { name, result, challengers } = dataset;
  if (result === null) return [];
  const bigger = result.metric.direction === "maximize";
  const { metric, champion, rungs, work } = result;
  const model = rungs.find(({ rung }) => rung === champion);
  const score = (measure: string, one: BenchScore | undefined, of: string): readonly BenchFigure[] =>
    one?.value == null ? [] : [{ dataset: name, measure, unit: "score", bigger, of, value: one.value, ...bounds(one) }];
  const count = (measure: string, value: number, of: string): BenchFigure => ({
    dataset: name,
    measure,
    unit: measure.endsWith("-bytes") ? "bytes" : "count",
    bigger: false,
    value,
    of,
  });
  return [
    ...score(metric.name, championScore(dataset), `champion ${champion}`),
    ...challengers.flatMap((one) =>
      score(`${metric.name} of ${one.name}`, one.result?.scores[metric.name], `challenger ${one.name}`),
    ),
    ...(model?.bytes == null ? [] : [count("champion-bytes", model.bytes, `champion ${champion}`)]),
    ...Object.entries(work?.total ?? {}).map(([what, value]) => count(kebab(what), value, "work of the ladder")),
  ];
}

function bounds({ lower, upper }: BenchScore): { readonly lower?: number; readonly upper?: number } {
  return { ...(lower !== null && { lower }), ...(upper !== null && { upper }) };
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
