import { EXIT, type Command } from "../contract.ts";
import { dataOptions } from "../../options/data.ts";
import { trainOptions } from "../train-options.ts";

export const inspect: Command = {
  name: "inspect",
  summary: "show what is read from a table: columns, kinds, target, task, warnings; trains nothing",
  arguments: [{ name: "data", help: "CSV, TSV or Parquet file, plain or gzip; - reads standard input" }],
  options: dataOptions,
  examples: ["baseline inspect data.csv", "baseline inspect data.csv --target price --json"],
  run: async ([data], options, terminal) => {
    const [{ inspect: inspected }, { inspectionText }] = await Promise.all([
      import("../../benchmark/inspect.ts"),
      import("../../report/inspection.ts"),
    ]);
    const inspection = await inspected(data, trainOptions(options));
    terminal.out(
      options.json
        ? `${JSON.stringify(inspection, null, 1)}\n`
        : inspectionText(inspection, { colour: terminal.colour, width: terminal.width }),
    );
    return EXIT.ok;
  },
};
