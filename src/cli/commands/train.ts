import type { Command } from "../contract.ts";
import { EXIT } from "../contract.ts";
import { DATA_OPTIONS, MODEL_OPTIONS, RUN_OPTIONS, SPLIT_OPTIONS } from "../options.ts";
import { startProgress } from "../progress.ts";
import { trainOptions } from "../train-options.ts";

export const train: Command = {
  name: "train",
  summary: "train, tune and judge the ladder of simple models; writes the benchmark folder",
  arguments: [{ name: "data", help: "CSV, TSV or Parquet file, plain or gzip; - reads standard input" }],
  options: [
    ...DATA_OPTIONS,
    ...SPLIT_OPTIONS,
    ...MODEL_OPTIONS,
    ...RUN_OPTIONS,
    {
      group: "Output",
      key: "jsonLines",
      help: "print progress as it comes and the result at the end, a JSON record per line",
    },
  ],
  examples: [
    "baseline train data.csv",
    "baseline train data.csv --target price --ignore id,notes --out price-benchmark",
    "baseline train visits.csv --target visits --time date",
    "baseline train patients.csv --target outcome --group patient --metric roc_auc",
    'baseline train loans.csv --target default --rule \'income < 20000 ? "yes" : "no"\'',
    "zcat big.csv.gz | baseline train - --target y --json > benchmark.json",
  ],
  run: async ([data], options, terminal) => {
    const [{ trainBenchmark }, { artifactText, openWriter }, { terminalReport }, { fileDigest }] = await Promise.all([
      import("../../benchmark/train.ts"),
      import("../../benchmark/write.ts"),
      import("../../report/benchmark/reports.ts"),
      import("../../benchmark/file-digest.ts"),
    ]);
    const out = (options.out as string | undefined) ?? "baseline-out";
    const settings = trainOptions(options);
    const writer = openWriter({
      out,
      resume: options.resume === true,
      redact: options.redact === true,
      force: options.force === true,
      exportSplits: options.exportSplits === true,
      inputs: () => ({ sha256: fileDigest(data), ...(settings.target !== undefined && { target: settings.target }) }),
    });
    const progress = await startProgress(terminal);
    try {
      const benchmark = await trainBenchmark(data, settings, {
        onProgress: (step) => {
          progress.show(step);
          if (options.jsonLines) terminal.out(jsonLine({ event: "progress", ...step }));
        },
        signal: terminal.signal,
        abort: terminal.abort,
        journal: (rung) => writer.journal(rung),
      });
      await new Promise<void>((heard) => void setImmediate(heard)); // a second Ctrl-C during the last sums
      terminal.abort.throwIfAborted();
      writer.finish(benchmark);
      progress.stop();
      const { artifact } = benchmark;
      terminal.out(
        options.jsonLines
          ? jsonLine({ event: "benchmark", benchmark: artifact })
          : options.json
            ? artifactText(artifact)
            : terminalReport(artifact, { colour: terminal.colour, width: terminal.width, folder: out }),
      );
      return terminal.signal.aborted ? EXIT.interrupted : EXIT.ok;
    } catch (error) {
      const kept = writer.abandon();
      if (!terminal.abort.aborted) throw error;
      terminal.error(`baseline: stopped; nothing was written${kept ? "; --resume takes up the search" : ""}\n`);
      return EXIT.interrupted;
    } finally {
      progress.stop();
    }
  },
};

function jsonLine(record: object): string {
  return `${JSON.stringify(record)}\n`;
}
