/** All contestants over all datasets: mean ranks, and every pair of them by itself. */
import { rankEvidence } from "../../compare/tests/signed-rank.ts";
import { holm } from "../../compare/multiplicity.ts";
import { finiteOrNull } from "../../compare/verdict/contract.ts";
import { mean } from "../../numeric/moments.ts";
import { midRanks } from "../../numeric/ranks.ts";
import { seeded } from "../../numeric/rng.ts";
import type { Across, Field, PairAcross } from "./contract.ts";
import { checkField, countsOf, differences } from "./differences.ts";
import { signedRankPosteriors } from "./posterior.ts";

/**
 * Compares every two contestants over the datasets, the multi-comparison matrix of Ismail-Fawaz et al. 2023: what is said of a
 * pair stays when others join or leave, which Nemenyi's test and critical differences of ranks do not grant.
 *
 * @param seed Of the posterior's draws.
 * @throws RangeError as `checkField`. Cost: O(pairs x datasets²) and 20,000 draws.
 */
export function acrossDatasets(field: Field, seed: string | number): Across {
  checkField(field);
  const { contestants, datasets } = field;
  const ranks = datasets.map((dataset) => ranksOf(dataset.scores, dataset.direction));
  return {
    datasets: datasets.length,
    contestants: contestants.map((name, c) => ({
      name,
      meanRank: mean(ranks.map((list) => list[c])),
      failures: datasets.filter(({ scores }) => scores[c] === null).length,
    })),
    pairs: pairsOf(field, seed),
  };
}

function ranksOf(scores: readonly (number | null)[], direction: "minimize" | "maximize"): Float64Array {
  const sign = direction === "minimize" ? 1 : -1;
  return midRanks(Float64Array.from(scores, (score) => (score === null ? Infinity : sign * score)));
}

function pairsOf(field: Field, seed: string | number): PairAcross[] {
  const places = field.contestants.flatMap((_, a) =>
    field.contestants.slice(a + 1).map((_name, i) => [a, a + 1 + i] as const),
  );
  const lists = places.map(([a, b]) => differences(field, a, b));
  const posteriors = signedRankPosteriors(lists, 1, seeded(seed).split("across datasets"));
  const evidence = lists.map((list) => rankEvidence(list));
  const p = evidence.map(({ p: above, pBelow }) => Math.min(1, 2 * Math.min(above, pBelow)));
  const adjusted = holm(p);
  return places.map(([a, b], k) => {
    const both = lists[k].filter(
      (_, i) => field.datasets[i].scores[a] !== null && field.datasets[i].scores[b] !== null,
    );
    return {
      pair: [field.contestants[a], field.contestants[b]],
      ...countsOf(lists[k]),
      mean: finiteOrNull(mean(both)),
      typical: finiteOrNull(evidence[k].gain),
      p: p[k],
      adjusted: adjusted[k],
      posterior: posteriors[k],
    };
  });
}
