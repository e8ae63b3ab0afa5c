/** All contestants over all datasets: mean ranks, and every pair of them by itself. */
import { rankEvidence } from "../../compare/tests/signed-rank.ts";
import { holm } from "../../compare/multiplicity.ts";
import { finiteOrNull } from "../../compare/verdict/contract.ts";
import { mean } from "../../numeric/moments.ts";
import { midRanks } from "../../numeric/ranks.ts";
import { seeded } from "../../numeric/rng.ts";
import type { Across, PairAcross } from "../../report/across.ts";
import type { DatasetScores, Field } from "./contract.ts";
import { checkField, countsOf, differences } from "./differences.ts";
import { signedRankPosteriors } from "./posterior.ts";

/**
 * Compares every two contestants over the datasets, the multi-comparison matrix of Ismail-Fawaz et al. 2023: what is said of a
 * pair stays when others join or leave, which Nemenyi's test and critical differences of ranks do not grant.
 *
 * @param seed Of the posterior's draws.
 * @throws RangeError as `checkField`. Cost: O(pairs x datasets²) and 8,000 draws.
 */
export function acrossDatasets(field: Field, seed: string | number): Across {
  checkField(field);
  const { contestants, datasets } = field;
  const ranks = datasets.map(ranksOf);
  return {
    datasets: datasets.length,
    contestants: contestants.map((name, c) => {
      const own = ranks.map((list) => list[c]).filter((rank) => rank !== undefined);
      const failures = datasets.filter(({ scores }) => scores[c] === null).length;
      return { name, datasets: own.length, meanRank: finiteOrNull(mean(own)), failures };
    }),
    pairs: pairsOf(field, seed),
  };
}

/** Ranks of those who take part, by place among all. */
function ranksOf({ scores, direction }: DatasetScores): readonly (number | undefined)[] {
  const sign = direction === "minimize" ? 1 : -1;
  const there = scores.filter((score) => score !== undefined);
  const ranks = midRanks(Float64Array.from(there, (score) => (score === null ? Infinity : sign * score))).values();
  return scores.map((score) => (score === undefined ? undefined : ranks.next().value));
}

function pairsOf(field: Field, seed: string | number): PairAcross[] {
  const { contestants } = field;
  const pairs = contestants.flatMap((_, a) =>
    contestants.slice(a + 1).flatMap((_name, i): readonly Pair[] => {
      const b = a + 1 + i;
      const all = differences(field, a, b);
      const met = all.filter((difference) => !Number.isNaN(difference));
      return met.length === 0 ? [] : [{ a, b, all, met }];
    }),
  );
  const posteriors = signedRankPosteriors(
    pairs.map(({ all }) => all),
    1,
    seeded(seed).split("across datasets"),
  );
  const evidence = pairs.map(({ met }) => rankEvidence(met));
  const p = evidence.map(({ p: above, pBelow }) => Math.min(1, 2 * Math.min(above, pBelow)));
  const adjusted = holm(p);
  return pairs.map(({ a, b, all, met }, k) => {
    const scored = all.filter((_, i) => field.datasets[i].scores[a] != null && field.datasets[i].scores[b] != null);
    return {
      pair: [contestants[a], contestants[b]],
      datasets: met.length,
      ...countsOf(met),
      mean: finiteOrNull(mean(scored)),
      typical: finiteOrNull(evidence[k].gain),
      p: p[k],
      adjusted: adjusted[k],
      posterior: posteriors[k],
    };
  });
}

interface Pair {
  readonly a: number;
  readonly b: number;
  /** By dataset; NaN where they do not meet. */
  readonly all: Float64Array;
  readonly met: Float64Array;
}
