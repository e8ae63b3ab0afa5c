import type { CompareOptions } from "../../benchmark/compare.ts";
import { EXIT, type Command } from "../contract.ts";
import { BUDGET_OPTIONS, JUDGING_OPTIONS } from "../compare-options.ts";
import { chosen } from "../judging-options.ts";

export const compare: Command = {
  name: "compare",
  summary: "judge challengers against a benchmark: JUSTIFIED, NOT JUSTIFIED or INCONCLUSIVE",
  arguments: [
    { name: "benchmark", help: "a benchmark folder" },
    {
      name: "predictions",
      help: "predictions of a challenger: row (or id) and prediction, probability or proba_<class>",
      many: true,
      optional: true,
    },
  ],
  options: [
    ...JUDGING_OPTIONS,
    ...BUDGET_OPTIONS,
    {
      group: "Output",
      key: "out",
      value: "file",
      help: "where the verdict goes (default: verdict.json in the benchmark folder; verdict.md beside it)",
    },
  ],
  examples: [
    "baseline compare baseline-out predictions.csv",
    "baseline compare baseline-out forest.csv boosting.csv --min-gain 2%",
    "baseline compare baseline-out model.csv --metric roc_auc --min-gain 0.005 --json",
    "baseline compare baseline-out model.csv --cost-matrix fp=1,fn=5 --extra-cost 0.01",
  ],
  run: async ([benchmark, ...files], options, terminal) => {
    const [{ compare: judge }, { openBenchmark }, { verdictPath, writeVerdict }, { terminalVerdict }] =
      await Promise.all([
        import("../../benchmark/compare.ts"),
        import("../../benchmark/opened.ts"),
        import("../../benchmark/verdict-files.ts"),
        import("../../report/verdict-terminal.ts"),
      ]);
    const settings: CompareOptions = chosen(options, [...JUDGING_OPTIONS, ...BUDGET_OPTIONS]);
    const opened = await openBenchmark(benchmark, {
      ...(settings.sealed !== undefined && { sealed: settings.sealed }),
    });
    const document = await judge(opened, files, settings);
    const out = (options.out as string | undefined) ?? verdictPath(opened.folder);
    writeVerdict(out, document);
    terminal.out(
      options.json
        ? `${JSON.stringify(document, null, 1)}\n`
        : terminalVerdict(document, { colour: terminal.colour, width: terminal.width, folder: out }),
    );
    const verdicts = document.challengers.map(({ verdict }) => verdict);
    if (verdicts.includes("JUSTIFIED")) return EXIT.justified;
    return verdicts.includes("INCONCLUSIVE") ? EXIT.inconclusive : EXIT.notJustified;
  },
};
