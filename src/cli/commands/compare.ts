import type { ChallengerSource } from "../../challengers/enter.ts";
import type { CompareOptions } from "../../benchmark/compare.ts";
import { budgetOptions, challengerOptions, judgingOptions, vetoOptions } from "../../options/judging.ts";
import { EXIT, UsageError, type Command, type Options } from "../contract.ts";
import { chosen } from "../judging-options.ts";
import { startStatus } from "../progress.ts";
import { choice, text } from "../../options/kinds.ts";

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
    ...challengerOptions,
    ...judgingOptions,
    ...budgetOptions,
    ...vetoOptions,
    {
      group: "Output",
      key: "out",
      kind: text,
      value: "file",
      help: "where the verdict goes (default: verdict.json in the benchmark folder; verdict.md and verdict.html beside it)",
    },
    {
      group: "Output",
      key: "name",
      kind: text,
      value: "name",
      help: "also keep the verdict as verdicts/<name>.json, where the next one does not replace it",
    },
    {
      group: "Output",
      key: "failOn",
      value: "verdict",
      kind: choice("inconclusive", "not-justified"),
      help: "exit code 1 from which verdict on: inconclusive counts as a failure, or as none (default: it is 3)",
    },
  ],
  examples: [
    "baseline compare baseline-out predictions.csv",
    "baseline compare baseline-out forest.csv boosting.csv --min-gain 2%",
    "baseline compare baseline-out --builtin boosting --data data.csv",
    "baseline compare baseline-out --command 'python train.py {train} {test} {out}' --data data.csv --seeds 5",
    "baseline compare baseline-out model.csv --cost-matrix fp=1,fn=5 --extra-cost 0.01",
    "baseline compare baseline-out model.csv --metric roc_auc --min-gain 0.005 --json",
    "baseline compare baseline-out model.csv --name spring --fail-on inconclusive",
  ],
  run: async ([benchmark, ...files], options, terminal) => {
    const [
      { compare: judge },
      { openBenchmark },
      { nearPath },
      { keepVerdict, namedVerdictPath, verdictPath, writeVerdict },
      { terminalVerdict },
    ] = await Promise.all([
      import("../../benchmark/compare.ts"),
      import("../../intake/opened.ts"),
      import("../../folder/typed-path.ts"),
      import("../../folder/verdict-files.ts"),
      import("../../report/verdict/reports.ts"),
    ]);
    const records = [...challengerOptions, ...judgingOptions, ...budgetOptions, ...vetoOptions];
    const settings: CompareOptions = chosen(options, records);
    const { sealed } = settings;
    const opened = await openBenchmark(benchmark, sealed === undefined ? {} : { sealed });
    const sources = [...files, ...made(options, files)];
    const kept = options.name === undefined ? undefined : namedVerdictPath(opened.folder, options.name as string);
    const status = await startStatus(terminal, "reading the predictions");
    const document = await judge(opened, sources, settings, { onProgress: status.show }).finally(status.stop);
    const out = (options.out as string | undefined) ?? nearPath(verdictPath(opened.folder));
    writeVerdict(out, document);
    if (kept !== undefined) keepVerdict(kept, document);
    terminal.out(
      options.json
        ? `${JSON.stringify(document, null, 1)}\n`
        : terminalVerdict(document, { colour: terminal.colour, width: terminal.width, folder: out }),
    );
    const verdicts = document.challengers.map(({ verdict }) => verdict);
    if (verdicts.includes("JUSTIFIED")) return EXIT.justified;
    if (!verdicts.includes("INCONCLUSIVE") || options.failOn === "inconclusive") return EXIT.notJustified;
    return options.failOn === "not-justified" ? EXIT.ok : EXIT.inconclusive;
  },
};

/** Challengers that are trained on the spot. */
function made(options: Options, files: readonly string[]): readonly ChallengerSource[] {
  const {
    command,
    builtin = [],
    seeds,
    withFolds,
    commandLimit,
    trials,
  } = options as {
    command?: string;
    builtin?: readonly string[];
    seeds?: number;
    withFolds?: boolean;
    commandLimit?: number;
    trials?: number;
  };
  const both = { ...(seeds !== undefined && { seeds }), ...(withFolds !== undefined && { folds: withFolds }) };
  const limit = commandLimit === undefined ? {} : { timeLimitSeconds: commandLimit };
  const sources: ChallengerSource[] = [
    ...(command === undefined ? [] : [{ command, ...both, ...limit }]),
    ...builtin.map((name) => ({ builtin: name, ...both, ...(trials !== undefined && { trials }) })),
  ];
  if (files.length + sources.length === 0)
    throw new UsageError("compare: wanted a challenger: predictions files, --command '...' or --builtin boosting");
  return sources;
}
