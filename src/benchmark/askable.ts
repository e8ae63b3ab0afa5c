/** What can be asked of a benchmark: looked at before anything is trained or judged. */
import type { Candidate } from "../compare/verdict/contract.ts";
import { OptionError } from "../error.ts";
import { figure } from "../words/numbers.ts";
import { FolderError } from "../folder/folder.ts";
import type { Judging } from "./judging.ts";
import type { OpenBenchmark } from "../intake/opened.ts";

/**
 * @param rivals Baselines to be beaten. @throws OptionError for a metric that this target has no place in, and for a margin that
 *   no model could exceed. Cost: one score of each rival.
 */
export function requireAskable(
  opened: OpenBenchmark,
  { metric, margin, money }: Judging,
  rivals: readonly Candidate[],
): void {
  const refusal = metric.refuses?.(opened.data.target);
  if (refusal !== undefined) throw new OptionError(`metric: ${metric.name} ${refusal}`);
  const wanted = money === undefined ? margin : { kind: "absolute", value: money.extraCost / money.valuePerUnit };
  const maximize = metric.direction === "maximize";
  const perfect = metric.range[maximize ? 1 : 0];
  if (wanted?.kind !== "absolute" || !Number.isFinite(perfect)) return;
  const { holdout, folded } = opened;
  const { truth, weights } = holdout ?? folded.part;
  const scores = rivals.flatMap(({ name, ...answers }) => {
    const [prediction] = (holdout ? answers.holdout : answers.folds) ?? [];
    return prediction ? [{ name, score: metric.score({ truth, prediction }, weights) }] : [];
  });
  const leftBy = (score: number): number => (maximize ? perfect - score : score - perfect);
  scores.sort((a, b) => leftBy(a.score) - leftBy(b.score));
  const [hardest] = scores;
  if (hardest === undefined || !(wanted.value >= leftBy(hardest.score))) return;
  const remedy = money ? "look at --value-per-unit and --extra-cost" : meant(wanted.value);
  throw new OptionError(
    `minGain: wanted a gain that can be made, got ${figure(wanted.value)} where ${hardest.name} has ${metric.name} ${figure(hardest.score)} and leaves ${figure(leftBy(hardest.score))} to gain; ${remedy}`,
  );
}

function meant(value: number): string {
  return value < 100 ? `did you mean ${value}%?` : "give a share of what is left, such as 1%";
}

/** A gate spends a run for its answer, so a benchmark without all its rungs is refused first. @throws FolderError */
export function requireComplete({ folder, artifact }: OpenBenchmark): void {
  if (artifact.interrupted)
    throw new FolderError(
      `${folder}: was cut short (${artifact.interruptedBy ?? "by hand"}), and a gate needs the whole ladder; train it again to the end`,
    );
}
