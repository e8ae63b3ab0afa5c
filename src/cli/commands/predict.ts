import { EXIT, type Command } from "../contract.ts";
import { readingOptions } from "../../options/data.ts";
import { trainOptions } from "../train-options.ts";
import { flag } from "../../options/kinds.ts";

export const predict: Command = {
  name: "predict",
  summary: "predict new rows with a model of the benchmark; writes CSV to stdout",
  arguments: [
    { name: "model", help: "a benchmark folder (its model-final.json is taken), or a model file" },
    { name: "data", help: "table of rows to predict; - reads standard input" },
  ],
  options: [
    ...readingOptions,
    {
      group: "Output",
      key: "guardFormulas",
      kind: flag,
      help: "for spreadsheets: put ' before classes that begin with =, +, - or @",
    },
  ],
  examples: [
    "baseline predict baseline-out new.csv > predictions.csv",
    "baseline predict baseline-out/models/tree.json new.csv --json",
  ],
  run: async ([path, data], options, terminal) => {
    const [{ openModel }, { predict: ask }, { predictionsCsv }] = await Promise.all([
      import("../../folder/open-model.ts"),
      import("../../answering/predict.ts"),
      import("../../answering/predictions-csv.ts"),
    ]);
    const { file, model } = openModel(path);
    const { fitted, rung } = model;
    terminal.error(
      `${file}: ${rung}, fitted on ${fitted.rows} rows (${fitted.part === "all" ? "all rows: the model for use" : "the training rows: the model that the held-out score is about"})`,
    );
    const predicted = await ask(path, data, trainOptions(options));
    for (const { message } of predicted.warnings) terminal.error(`beware: ${message}`);
    const { prediction, answers, classes, warnings } = predicted;
    const guarded = options.guardFormulas === true && options.json !== true;
    if (guarded) terminal.error("classes that begin with =, +, - or @ have a ' before them (--guard-formulas)");
    if (!options.json) terminal.out(predictionsCsv(predicted, guarded));
    else {
      const probabilities =
        prediction.kind === "value"
          ? undefined
          : answers.map((_, i) => Array.from(prediction.values.subarray(i * classes.length, (i + 1) * classes.length)));
      terminal.out(
        `${JSON.stringify({ rung, predictions: answers, ...(probabilities && { classes, probabilities }), warnings })}\n`,
      );
    }
    return EXIT.ok;
  },
};
