import type { GateOptions } from "../../benchmark/gate.ts";
import { EXIT, type Command } from "../contract.ts";
import { gateOptions, judgingOptions } from "../../options/judging.ts";
import { chosen } from "../judging-options.ts";

export const gate: Command = {
  name: "gate",
  summary: "judge one challenger again and again on the same held-out rows, as in CI, with a ledger",
  arguments: [
    { name: "benchmark", help: "a benchmark folder with held-out rows" },
    { name: "predictions", help: "predictions of the challenger for the held-out rows" },
  ],
  options: [...judgingOptions, ...gateOptions],
  examples: [
    "baseline gate baseline-out predictions.csv",
    "baseline gate baseline-out predictions.csv --sealed holdout.sealed.csv --budget 50",
    "baseline gate baseline-out predictions.csv --mode open",
  ],
  run: async ([benchmark, predictions], options, terminal) => {
    const [{ gate: judge }, { gateText }, { terminalVerdict }] = await Promise.all([
      import("../../benchmark/gate.ts"),
      import("../../report/gate.ts"),
      import("../../report/verdict/reports.ts"),
    ]);
    const settings: GateOptions = chosen(options, [...judgingOptions, ...gateOptions]);
    const document = await judge(benchmark, predictions, settings);
    const { verdict, outcome } = document;
    const details = verdict && terminalVerdict(verdict, { colour: terminal.colour, width: terminal.width });
    terminal.out(options.json ? `${JSON.stringify(document, null, 1)}\n` : gateText(document, details ?? ""));
    return { PASS: EXIT.justified, "NO PASS": EXIT.notJustified, INCONCLUSIVE: EXIT.inconclusive }[outcome];
  },
};
