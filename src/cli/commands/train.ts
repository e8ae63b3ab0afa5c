import type { Standing } from "../../folder/folder.ts";
import type { BenchmarkWriter } from "../../benchmark/writer.ts";
import type { Command } from "../contract.ts";
import { EXIT } from "../contract.ts";
import { dataOptions } from "../../options/data.ts";
import { trainingOptions } from "../../options/training.ts";
import { isStated } from "../../error.ts";
import { failureText } from "../failure.ts";
import { startProgress } from "../progress.ts";
import { trainOptions, writeSettings } from "../train-options.ts";
import { flag } from "../../options/kinds.ts";

export const train: Command = {
  name: "train",
  summary: "train, tune and judge the ladder of simple models; writes the benchmark folder",
  arguments: [{ name: "data", help: "CSV, TSV or Parquet file, plain or gzip; - reads standard input" }],
  options: [
    ...dataOptions,
    ...trainingOptions,
    {
      group: "Output",
      key: "jsonLines",
      kind: flag,
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
    const [{ trainBenchmark }, { openWriter }] = await Promise.all([
      import("../../benchmark/train.ts"),
      import("../../benchmark/writer.ts"),
    ]);
    const { soft, hard, heed } = terminal.interrupts;
    const progress = await startProgress(terminal);
    let writer: BenchmarkWriter | undefined;
    try {
      const benchmark = await trainBenchmark(data, trainOptions(options), {
        onProgress: (step) => {
          progress.show(step);
          if (options.jsonLines) terminal.out(jsonLine({ event: "progress", ...step }));
        },
        signal: soft,
        abort: hard,
        onReady: (inputs) => {
          const table = data !== "-" && options.redact !== true && { table: data };
          writer = openWriter({ ...writeSettings(options), ...table, inputs });
          heed();
        },
        journal: (rung) => writer!.journal(rung),
      });
      const [{ artifactText, writeInto }, { terminalReport }] = await Promise.all([
        import("../../benchmark/write.ts"),
        import("../../report/benchmark/reports.ts"),
      ]);
      await new Promise<void>((heard) => void setImmediate(heard)); // a second Ctrl-C during the last sums
      hard.throwIfAborted();
      const { folder, replaces } = writer!;
      const artifact = writeInto(writer!, benchmark);
      progress.stop();
      if (replaces) terminal.error(replaced(folder.out, replaces));
      const asked = { folder: folder.out, ...(data !== "-" && { data }) };
      const shown = { colour: terminal.colour, width: terminal.width, ...asked };
      terminal.out(
        options.jsonLines
          ? jsonLine({ event: "benchmark", benchmark: artifact })
          : options.json
            ? artifactText(artifact)
            : terminalReport(artifact, shown),
      );
      return soft.aborted ? EXIT.interrupted : EXIT.ok;
    } catch (error) {
      const kept = writer?.abandon();
      if (hard.aborted)
        terminal.error(`baseline: stopped; nothing was written${kept ? "; --resume takes up the search" : ""}`);
      else if (soft.aborted && isStated(error)) terminal.error(failureText(error, false).trimEnd());
      else throw error;
      return EXIT.interrupted;
    } finally {
      progress.stop();
    }
  },
};

function replaced(out: string, { name, target }: Standing): string {
  return `${out} held the benchmark of ${name}, target ${target}, and was replaced; --out keeps several`;
}

function jsonLine(record: object): string {
  return `${JSON.stringify(record)}\n`;
}
