/** Where in a branch is improvement most to be expected? Many candidates, the best of them polished. */
import { lbfgs } from "../../../numeric/lbfgs.ts";
import type { Rng } from "../../../numeric/rng.ts";
import { SOBOL_DIMENSIONS, sobol } from "../../../numeric/sobol.ts";
import { placeOf, valueNumber } from "../../space/dimension.ts";
import { type BranchModel, snap } from "../../surrogate/branch-models.ts";
import { logExpectedImprovement, logImprovementSlope } from "../../surrogate/log-ei.ts";

export interface Candidate {
  readonly place: Float64Array;
  /** Log expected improvement over the incumbent, in units shared by all branches. */
  readonly score: number;
}

const SPREAD = 512;
const POLISHED = 6;
const NEIGHBOURHOODS = 4;
const NEIGHBOURS = 16;
const MAX_SWEEPS = 4;
/** A discrete axis with at most this many values is tried in full. */
const FEW_VALUES = 32;

/** Candidates from the best on. Cost: about (candidates + polishing) x n^2. */
export function maximise(model: BranchModel, incumbent: number, rng: Rng): readonly Candidate[] {
  const { axes } = model;
  const score = (place: Float64Array): number => scoreAt(model, incumbent, place);
  if (axes.length === 0) {
    const place = new Float64Array(0);
    return [{ place, score: score(place) }];
  }
  const starts = [...spread(model, rng), ...neighbours(model, rng)].map((place) => ({ place, score: score(place) }));
  starts.sort(byScore);
  const polished = distinct(starts, POLISHED).map((start) => polish(model, incumbent, start));
  return [...polished, ...starts].sort(byScore);
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score;
}

function scoreAt({ process }: BranchModel, incumbent: number, place: Float64Array): number {
  const { mean, variance } = process.at(place);
  return logExpectedImprovement(incumbent, mean, Math.sqrt(variance));
}

/** An even spread over the cube. */
function spread({ axes }: BranchModel, rng: Rng): readonly Float64Array[] {
  const d = axes.length;
  const covered = Math.min(d, SOBOL_DIMENSIONS);
  const points = sobol(SPREAD, covered, rng.split("spread"));
  const rest = rng.split("spread beyond sobol");
  return Array.from({ length: SPREAD }, (_, i) => {
    const place = Float64Array.from({ length: d }, (_, k) => (k < covered ? points[i * covered + k] : rest.uniform()));
    return snap(axes, place);
  });
}

/** Small moves from the evaluated configurations with the lowest posterior means: one or all axes, near and far. */
function neighbours({ axes, process, observed }: BranchModel, rng: Rng): readonly Float64Array[] {
  const d = axes.length;
  const draw = rng.split("neighbours");
  const means = process.means();
  const order = Array.from(means.keys()).sort((a, b) => means[a] - means[b]);
  return order.slice(0, NEIGHBOURHOODS).flatMap((i) =>
    Array.from({ length: NEIGHBOURS }, (_, move) => {
      const place = observed.slice(i * d, (i + 1) * d);
      const only = move % 2 === 0 ? draw.below(d) : -1;
      const size = 0.3 * 0.5 ** (move >> 2);
      for (let k = 0; k < d; k++) {
        if (only >= 0 && k !== only) continue;
        const nominal = axes[k].kind === "nominal";
        if (nominal) place[k] = only >= 0 || draw.uniform() < 0.2 ? draw.uniform() : place[k];
        else place[k] = Math.min(Math.max(place[k] + size * draw.normal(), 0), 1);
      }
      return snap(axes, place);
    }),
  );
}

/** The best few that are not close to a better one. */
function distinct(sorted: readonly Candidate[], count: number): readonly Candidate[] {
  const chosen: Candidate[] = [];
  for (const candidate of sorted) {
    if (chosen.length === count) break;
    if (chosen.every(({ place }) => distance(place, candidate.place) > 0.02)) chosen.push(candidate);
  }
  return chosen;
}

function distance(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}

/** Climbs: the continuous axes together by L-BFGS-B, then each discrete axis in turn, until neither helps. */
function polish(model: BranchModel, incumbent: number, start: Candidate): Candidate {
  let best = start;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const before = best.score;
    best = alongDiscrete(model, incumbent, alongContinuous(model, incumbent, best));
    if (!(best.score > before + 1e-4)) break;
  }
  return best;
}

function alongContinuous(model: BranchModel, incumbent: number, start: Candidate): Candidate {
  const { axes, process } = model;
  const free = axes.flatMap((axis, k) => (axis.kind === "continuous" ? [k] : []));
  if (free.length === 0) return start;
  const place = start.place.slice();
  const meanGradient = new Float64Array(axes.length);
  const varianceGradient = new Float64Array(axes.length);
  const found = lbfgs(
    (x, gradient) => {
      for (const [i, k] of free.entries()) place[k] = x[i];
      const { mean, variance } = process.withGradient(place, meanGradient, varianceGradient);
      const deviation = Math.sqrt(variance);
      const z = (incumbent - mean) / deviation;
      const slope = logImprovementSlope(z);
      for (const [i, k] of free.entries()) {
        const deviationGradient = varianceGradient[k] / (2 * deviation);
        gradient[i] = (slope * (meanGradient[k] + z * deviationGradient) - deviationGradient) / deviation;
      }
      return -logExpectedImprovement(incumbent, mean, deviation);
    },
    Float64Array.from(free, (k) => start.place[k]),
    {
      lower: new Float64Array(free.length),
      upper: new Float64Array(free.length).fill(1),
      gradientTolerance: 1e-3,
      valueTolerance: 1e-6,
      maxIterations: 40,
    },
  );
  for (const [i, k] of free.entries()) place[k] = found.x[i];
  return -found.value > start.score ? { place, score: -found.value } : start;
}

function alongDiscrete(model: BranchModel, incumbent: number, start: Candidate): Candidate {
  let best = start;
  for (const [k, axis] of model.axes.entries()) {
    if (axis.kind === "continuous") continue;
    for (const index of indicesToTry(axis.count, Math.floor(best.place[k] * axis.count))) {
      const place = best.place.slice();
      place[k] = placeOf(axis, valueNumber(axis, index));
      if (place[k] === best.place[k]) continue;
      const score = scoreAt(model, incumbent, place);
      if (score > best.score) best = { place, score };
    }
  }
  return best;
}

/** All indices when there are few; else steps of 1, 2, 4, ... both ways. */
function indicesToTry(count: number, at: number): readonly number[] {
  if (count <= FEW_VALUES) return Array.from({ length: count }, (_, i) => i);
  const indices: number[] = [];
  for (let step = 1; step < count; step *= 2)
    for (const index of [at - step, at + step]) if (index >= 0 && index < count) indices.push(index);
  return indices;
}
