import { EXIT, type Command } from "../contract.ts";
import { DATA_OPTIONS } from "../options.ts";
import { trainOptions } from "../train-options.ts";

export const inspect: Command = {
  name: "inspect",
  summary: "show what is read from a table: columns, kinds, target, task, warnings; trains nothing",
  arguments: [{ name: "data", help: "CSV, TSV or Parquet file, plain or gzip; - reads standard input" }],
  options: DATA_OPTIONS,
  examples: ["baseline inspect data.csv", "baseline inspect data.csv --target price --json"],
  run: async ([data], options, terminal) => {
    const [{ readTable }, { inferSchema }, { inspectionOf, inspectionText }] = await Promise.all([
      import("../../data/read/read-table.ts"),
      import("../../data/schema/infer.ts"),
      import("../../report/inspection.ts"),
    ]);
    const settings = trainOptions(options);
    const table = await readTable(data, settings);
    const inspection = inspectionOf(table.origin, inferSchema(table, settings));
    terminal.out(
      options.json
        ? `${JSON.stringify(inspection, null, 1)}\n`
        : inspectionText(inspection, { colour: terminal.colour }),
    );
    return EXIT.ok;
  },
};
