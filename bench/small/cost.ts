/** What one run of `train` costs, by rung and phase, in CPU seconds of this process. */
import { createHash } from "node:crypto";
import { train, type Benchmark } from "../../src/index.ts";
import { cpuSeconds } from "../answer.ts";

type Source = Parameters<typeof train>[0];
type Options = NonNullable<Parameters<typeof train>[1]>;

export interface Cost {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** 1 for a quantity. */
  readonly classes: number;
  readonly repeats: number;
  readonly seconds: number;
  /** By rung, and `reading`, `splitting`, `first scores`, `measuring`. */
  readonly parts: Readonly<Record<string, number>>;
  /** Counts of what was done. */
  readonly work: NonNullable<Benchmark["artifact"]["work"]>;
  /** Of everything that a run leaves but times and the environment. */
  readonly digest: string;
}

/** One run in this thread. A part lasts until the next one says that it has begun. */
export async function costOf(name: string, source: Source, options: Options): Promise<Cost> {
  const parts: Record<string, number> = {};
  const began = cpuSeconds();
  let last = began;
  let at = "reading";
  const next = (part: string): void => {
    const now = cpuSeconds();
    parts[at] = (parts[at] ?? 0) + now - last;
    last = now;
    at = part;
  };
  const result = await train(
    source,
    { ...options, workers: 1 },
    {
      onProgress: (progress) => {
        if (progress.phase !== "training") next(progress.phase);
        else next(progress.detail === "first score" ? "first scores" : progress.rung);
      },
    },
  );
  next("end");
  const { dataset, columns, classes, splits } = result.artifact;
  return {
    name,
    rows: dataset.rows,
    columns: columns.length - 1,
    classes: classes?.length || 1,
    repeats: splits.repeats,
    seconds: last - began,
    parts,
    work: result.artifact.work!,
    digest: digestOf(result),
  };
}

function digestOf({ artifact, models, final }: Benchmark): string {
  const { environment: _environment, timing: _timing, ...lasting } = artifact;
  const text = JSON.stringify([lasting, [...models], final]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
