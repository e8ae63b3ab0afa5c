/** Answers that look better than honest ones do: what to check before a gain is believed. */
import { perfectScore } from "../measure.ts";
import { misplacedAnswers } from "./misplaced.ts";
import type { Challenger, Finding, PartVerdict, Question } from "./contract.ts";

/** Share of what the best baseline leaves to gain that is suspicious to gain, */
const ALMOST_ALL = 0.95;
/** where that baseline leaves at least this share of what the worst does. */
const MUCH_LEFT = 0.1;
/** So many times the worst baseline's distance to a perfect score is no bad model's. */
const FAR_BEHIND = 1.2;

/** @param main What the part that decides says. @param other The other part's answer, when both were given. */
export function suspicionsOf(
  { metric, holdout, folds }: Pick<Question, "metric" | "holdout" | "folds">,
  challenger: Challenger,
  main: PartVerdict,
  other: PartVerdict | null,
): readonly Finding[] {
  const found: Finding[] = [];
  const perfect = perfectScore(metric);
  const left = main.against.map(({ score }) => Math.abs((score ?? Number.NaN) - perfect));
  const [least, most] = [Math.min(...left), Math.max(...left)];
  const own = Math.abs((main.score ?? Number.NaN) - perfect);
  const share = 1 - own / least;
  if (share >= ALMOST_ALL && least >= MUCH_LEFT * most) found.push({ code: "almost-perfect", share });
  const truth = (main.part === "holdout" ? holdout : folds)?.truth;
  const [answers] = challenger[main.part] ?? [];
  if (main.sublabel === "worse" && own > FAR_BEHIND * most && truth && answers)
    found.push(...misplacedAnswers(truth, answers));
  const repeats = folds === undefined ? 1 : sameInRepeats(folds, challenger);
  if (repeats > 1) found.push({ code: "same-in-every-repeat", repeats });
  const held = main.part === "holdout" ? main : null;
  if (held && other?.bounds.lower != null && held.bounds.upper !== null && other.bounds.lower > held.bounds.upper)
    found.push({ code: "folds-above-holdout", folds: other.gain ?? 0, holdout: held.gain ?? 0 });
  return found;
}

/** The number of repeats whose answers are all the same for every row; 1: they differ, or there is one. */
function sameInRepeats({ row, repeat }: NonNullable<Question["folds"]>, { folds = [] }: Challenger): number {
  const [prediction] = folds;
  if (prediction === undefined) return 1;
  const { values } = prediction;
  const width = values.length / row.length;
  const first = new Map<number, number>();
  for (let i = 0; i < row.length; i++) {
    const at = first.get(row[i]) ?? i;
    first.set(row[i], at);
    for (let k = 0; k < width; k++) if (values[i * width + k] !== values[at * width + k]) return 1;
  }
  return new Set(repeat).size;
}
