/** What a run has to warn of, most harmful first. */
import type { Warning } from "../frame/warning.ts";
import type { Findings } from "./artifact.ts";
import { designWarnings } from "../doubts/design-warnings.ts";
import { leakageWarnings } from "../doubts/leakage.ts";
import { searchWarnings } from "../doubts/search-warnings.ts";
import { tailWarnings } from "../doubts/tail-warnings.ts";

type Warned = Pick<Findings, "loaded" | "splits" | "design" | "metric" | "trained" | "options" | "cut" | "judged">;

/** What spoils scores comes first, what reading found last. Cost: a fit of each fold where a column gives the target away. */
export async function runWarnings(run: Warned & { readonly seed: string }): Promise<readonly Warning[]> {
  const { loaded, splits, design, trained, options, judged, seed, cut } = run;
  const { data, schema } = loaded;
  const { metric } = run.metric;
  const champion = judged.answers.find(({ rung }) => rung === judged.champion.rung)!;
  return [
    ...cutWarnings(run),
    ...searchWarnings(design),
    ...(await leakageWarnings({
      data,
      schema,
      design,
      metric,
      trained,
      judged,
      seed,
      options,
      hurried: cut !== undefined,
    })),
    ...designWarnings(data, schema, splits, design, options),
    ...tailWarnings(metric, loaded, design, champion),
    ...loaded.warnings,
  ];
}

/** A ladder that was cut short is no full benchmark: said where it is made, and again by whatever judges against it. */
function cutWarnings({ cut, trained }: Warned): readonly Warning[] {
  if (cut === undefined) return [];
  const missing = trained.filter(({ status }) => status === "failed").map(({ estimator }) => estimator.name);
  const lacking =
    missing.length === 0
      ? "repeats or fits after the ladder were left out"
      : `${missing.join(", ")} could not be trained`;
  const message = `${cut}: ${lacking}; until the ladder is trained to the end, compare says INCONCLUSIVE where it would say JUSTIFIED`;
  return [{ code: "ladder-incomplete", message, count: missing.length }];
}
