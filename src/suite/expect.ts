/** What a suite expects, held against what was found. Pure. */
import { sameCounts } from "./counts.ts";
import type { BenchDataset, BenchResult, BenchScores, Expectation } from "../report/bench.ts";
import { figure } from "../words/numbers.ts";
import type { Expectations, SuiteDataset } from "./contract.ts";

/**
 * @param before The same dataset of the earlier bench; absent: there is none, and nothing can be expected of it.
 * @returns In the order of the suite. A dataset that failed meets nothing.
 */
export function expectationsOf(
  { expect, challengers }: SuiteDataset,
  found: BenchDataset,
  before: BenchDataset | undefined,
): readonly Expectation[] {
  const { result } = found;
  const own =
    result === null
      ? []
      : [...facts(expect, result, before?.result ?? undefined), ...bounds(expect, championScores(result), null)];
  const others = challengers.flatMap(({ name, expect: wanted }) => {
    const one = found.challengers.find((each) => each.name === name)?.result;
    if (one == null) return [];
    const verdict = wanted.verdict ?? expect.verdict;
    return [
      ...(verdict === undefined ? [] : [expectation(name, "verdict", verdict, one.verdict, one.verdict === verdict)]),
      ...bounds(wanted, one.scores, name),
    ];
  });
  return [...own, ...others];
}

function championScores({ rungs, champion }: BenchResult): BenchScores {
  return rungs.find(({ rung }) => rung === champion)?.scores ?? {};
}

function facts(expect: Expectations, result: BenchResult, before: BenchResult | undefined): Expectation[] {
  const list: Expectation[] = [];
  const { champion } = expect;
  if (champion !== undefined)
    list.push(expectation(null, "champion", champion, result.champion, champion === result.champion));
  if (before === undefined) return list;
  if (expect.work !== undefined) {
    const same = result.work !== null && before.work !== null && sameCounts(result.work, before.work);
    list.push(expectation(null, "work", "the same", same ? "the same" : "other work", same));
  }
  if (expect.data !== undefined) {
    const same = result.data.fingerprint === before.data.fingerprint;
    list.push(expectation(null, "data", "the same", same ? "the same" : "other data", same));
  }
  return list;
}

function bounds({ metrics }: Expectations, scores: BenchScores, challenger: string | null): Expectation[] {
  return metrics.map(({ metric, min, max }) => {
    const value = scores[metric]?.value ?? null;
    const wanted = [
      ...(min === undefined ? [] : [`at least ${min}`]),
      ...(max === undefined ? [] : [`at most ${max}`]),
    ];
    const met = value !== null && !(min !== undefined && value < min) && !(max !== undefined && value > max);
    const found = value === null ? "not among its metrics" : figure(value);
    return expectation(challenger, metric, wanted.join(" and "), found, met);
  });
}

function expectation(
  challenger: string | null,
  what: string,
  wanted: string,
  found: string,
  met: boolean,
): Expectation {
  return { challenger, what, wanted, found, met };
}
