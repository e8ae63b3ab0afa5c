import { readingOptions, rowOption, typesOption } from "../../options/data.ts";
import { EXIT, UsageError, type Command } from "../contract.ts";
import { trainOptions } from "../train-options.ts";

export const explain: Command = {
  name: "explain",
  summary: "explain a model, or why it answers a row as it does and what would change the answer",
  arguments: [
    { name: "model", help: "a benchmark folder (its model-final.json is taken), or a model file" },
    { name: "data", help: "table with the row to explain; - reads standard input", optional: true },
  ],
  options: [rowOption, typesOption, ...readingOptions],
  examples: [
    "baseline explain baseline-out",
    "baseline explain baseline-out new.csv --row 3",
    "baseline explain baseline-out/models/tree.json new.csv --row 3 --json",
  ],
  run: async ([path, data], { row, ...options }, terminal) => {
    if (row !== undefined && data === undefined)
      throw new UsageError("--row: goes with a table; wanted baseline explain <model> <data> --row n");
    const [found, { explainedDocument }, { terminal: printed }] = await Promise.all([
      import("../../answering/explain.ts"),
      import("../../report/explained.ts"),
      import("../../report/formats/terminal.ts"),
    ]);
    const asked = row === undefined ? {} : { row: row as number };
    const { explained, warnings } = await found.explain(path, data, { ...trainOptions(options), ...asked });
    for (const { message } of warnings) terminal.error(`beware: ${message}`);
    terminal.out(
      options.json
        ? `${JSON.stringify(explained, null, 1)}\n`
        : printed(explainedDocument(explained), { colour: terminal.colour, width: terminal.width }),
    );
    return EXIT.ok;
  },
};
