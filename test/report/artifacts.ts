/** Benchmarks of small tables of every task, for tests of reports. */
import { trainBenchmark } from "../../src/benchmark/train.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import { seeded } from "../../src/numeric/rng.ts";
import type { Artifact } from "../../src/report/artifact.ts";

type Row = Record<string, string | number>;

/** Names and values that mean something to HTML, Markdown, terminals, spreadsheets or XML. */
export const HOSTILE: readonly string[] = [
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  "=cmd()|'/c calc'!A1",
  "x".repeat(10_000),
  "\u202eright to left",
  "\u001b[31mred\u001b]0;title\u0007",
  "two\nlines | and \t a tab",
  "\"quoted\" & 'single' `code` **bold** [link](http://x)",
  "]]></testcase>",
  "::error::forged",
  "__proto__",
];

/** @param names Names of the two number columns, the category, its levels, and the classes. */
export function tableOf(task: Artifact["task"], rows: number, names: readonly string[] = []): Row[] {
  const rng = seeded(`report ${task}`);
  const name = (k: number, plain: string): string => names[k % Math.max(1, names.length)] ?? plain;
  const columns = [name(0, "age"), name(1, "income"), name(2, "town")];
  const levels = [name(3, "Ham"), name(4, "Kew"), name(5, "Eton")];
  const classes = [name(6, "no"), name(7, "yes"), name(8, "perhaps")];
  return Array.from({ length: rows }, () => {
    const a = rng.normal();
    const b = rng.uniform();
    const level = rng.below(3);
    const signal = a + level - 1 + rng.normal();
    const y =
      task === "regression"
        ? 10 * signal
        : task === "binary"
          ? classes[Number(signal > 0)]
          : classes[signal > 0.7 ? 2 : Number(signal > -0.7)];
    return { [columns[0]]: a, [columns[1]]: b, [columns[2]]: levels[level], y };
  });
}

export async function artifactOf(
  task: Artifact["task"],
  rows: number,
  options: TrainOptions = {},
  names?: readonly string[],
): Promise<Artifact> {
  const table = tableOf(task, rows, names);
  const settings = { target: "y", workers: 1, trials: 4, nested: "never", repeats: 1, ...options } as const;
  return (await trainBenchmark(table, settings)).artifact;
}
