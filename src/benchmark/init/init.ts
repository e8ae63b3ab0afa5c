/** Setting up a project: what is known of its table becomes options, a check in CI, cases to pass and questions. */
import type { Warning } from "../../frame/warning.ts";
import { isStated } from "../../error.ts";
import { cardDocument } from "../../report/card.ts";
import { markdown } from "../../report/formats/markdown.ts";
import type { Inspection } from "../../report/inspection.ts";
import type { TrainOptions } from "../options.ts";
import { packageAndVersion } from "../package.ts";
import { trainBenchmark } from "../train.ts";
import { configDraft, workflowDraft, type Settings } from "./drafts.ts";
import { STAMP, type Draft } from "./files.ts";
import { mustPassDraft } from "./must-pass.ts";

/** Columns that might hold groups, or the order of time, by the first warning that says so. */
export function suspectedOf(
  warnings: readonly Warning[],
): { readonly key: "group" | "time"; readonly column: string } | undefined {
  for (const { code, column } of warnings) {
    if (column === undefined) continue;
    if (code === "group-suspected") return { key: "group", column };
    if (code === "time-suspected") return { key: "time", column };
  }
  return undefined;
}

/** Seconds that the training for must-pass cases may take. */
const QUICK = 30;

/** Every file of the set-up. @param why Told when no cases can be drafted. */
export async function draftsFor(
  data: string,
  settings: Settings,
  reading: TrainOptions,
  inspection: Inspection,
  why: (sentence: string) => void,
): Promise<readonly Draft[]> {
  const made = packageAndVersion();
  const version = made.split(" ")[1];
  const { minGain: _judging, ...schema } = settings;
  const models = inspection.target.task === "regression" ? ["linear", "tree"] : ["logistic", "tree"];
  const cases = await quickCases(data, { ...reading, ...schema, models }, why);
  return [
    configDraft(settings, version),
    workflowDraft(version),
    ...(cases ? [cases] : []),
    { path: "CARD.md", text: markdown(cardDocument(inspection, STAMP)) },
  ];
}

async function quickCases(
  data: string,
  options: TrainOptions,
  why: (sentence: string) => void,
): Promise<Draft | undefined> {
  try {
    const benchmark = await trainBenchmark(data, {
      ...options,
      repeats: 3,
      nested: "never",
      trials: 5,
      timeLimit: QUICK,
    });
    const cases = mustPassDraft(benchmark);
    if (cases === undefined) why("no row is answered well enough");
    return cases;
  } catch (error) {
    if (!isStated(error)) throw error;
    why(error.message);
    return undefined;
  }
}
