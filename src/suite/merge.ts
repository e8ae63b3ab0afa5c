/** Parts of one suite, run on several machines, as one bench. */
import { OptionError, StatedError } from "../error.ts";
import type { BenchDocument } from "../report/bench.ts";
import { benchOf } from "./bench.ts";
import {
  earlier,
  outBeside,
  requireSettings,
  rowsDigests,
  written,
  type BenchRun,
  type BenchSettings,
} from "./command.ts";
import { openBench, readRows, requireBenchFolder, rowsPath, type OpenBench } from "./folder.ts";

/** Parts do not make a whole: the message says which, and why. */
export class MergeError extends StatedError {
  override readonly name = "MergeError";
  override readonly code = "merge";
}

/**
 * Joins benches of one suite. What they expected stands as it was found; what changed is told anew over all datasets.
 *
 * @param paths Folders of benches, or their `bench.json`.
 * @throws MergeError when they are of different suites or programs, overlap, or a part is missing; FolderError, ArtifactError.
 */
export function mergeBenches(paths: readonly string[], settings: BenchSettings): BenchRun {
  if (settings.times)
    throw new OptionError(
      "bench merge: --time runs both programs, so it belongs where the parts are run; leave it out",
    );
  requireSettings(settings);
  const parts = paths.map((path) => ({ path, ...openBench(path) }));
  const datasets = joined(parts);
  const before = earlier(settings);
  const out = settings.out ?? outBeside(settings.previous);
  requireBenchFolder(out);
  const [{ bench: first }] = parts;
  const folders = new Map(
    parts.flatMap(({ folder, bench }) =>
      bench.datasets.flatMap(rowsDigests).map((digest): readonly [string, string] => [digest, folder]),
    ),
  );
  const bench = benchOf(
    {
      suite: { ...first.suite, shard: null },
      program: first.program,
      datasets,
      timing: {
        seconds: Math.max(...parts.map((part) => part.bench.timing.seconds)),
        datasets: Object.assign(
          {},
          ...parts.map((part) => part.bench.timing.datasets),
        ) as BenchDocument["timing"]["datasets"],
      },
      rows: (digest) => readRows(folders.get(digest)!, digest),
    },
    before,
  );
  return written(out, bench, new Map([...folders].map(([digest, folder]) => [digest, rowsPath(folder, digest)])));
}

type Part = OpenBench & { readonly path: string };

/** In the order of the suite. */
function joined(parts: readonly Part[]): BenchDocument["datasets"] {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0)
    throw new MergeError("bench merge: wanted at least two benches: baseline bench merge part-1 part-2");
  const { suite, program } = first.bench;
  for (const { path, bench } of others) {
    if (bench.suite.datasets.join("\0") !== suite.datasets.join("\0"))
      throw new MergeError(`bench merge: ${path} is of another suite than ${first.path}; merge parts of one suite`);
    if (bench.program.code !== program.code)
      throw new MergeError(
        `bench merge: ${path} was made by another program than ${first.path}; run all parts with the same one`,
      );
  }
  const found = new Map<string, Part>();
  for (const part of parts)
    for (const { name } of part.bench.datasets) {
      const other = found.get(name);
      if (other) throw new MergeError(`bench merge: ${name} is in ${other.path} and in ${part.path}; leave one out`);
      found.set(name, part);
    }
  return suite.datasets.map((name) => {
    const part = found.get(name);
    if (!part) throw new MergeError(`bench merge: no part has the dataset ${name}; run the shard that it is in`);
    return part.bench.datasets.find((dataset) => dataset.name === name)!;
  });
}
