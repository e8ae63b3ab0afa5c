/** The first trials of a search: the plain point of every branch, then an even spread over each. */
import type { Point, Space } from "../../space.ts";
import { type Branch, branchDefault, branchesOf, pointAt } from "../../space/branches.ts";
import { searchedDefault } from "../../space/enumerate.ts";
import type { Rng } from "../../../numeric/rng.ts";
import { SOBOL_DIMENSIONS, sobol } from "../../../numeric/sobol.ts";

/** Points for each of several branches: a branch that looks poor gets no more, so a few must do. */
const POINTS_PER_BRANCH = 3;

/** The default, then the default of every other branch. */
export function defaults(space: Space): readonly Point[] {
  return [searchedDefault(space), ...branchesOf(space).map((branch) => branchDefault(space, branch))];
}

/** Scrambled Sobol points: d + 1, at least 4 and at most 10, of a single branch; a few of each of several, in turn. */
export function design(space: Space, study: Rng): readonly Point[] {
  const branches = branchesOf(space);
  const rows = branches.map((branch) => {
    const d = branch.dimensions.filter(({ count }) => count > 1).length;
    const count = branches.length > 1 ? POINTS_PER_BRANCH : Math.max(4, Math.min(d + 1, 10));
    return spread(branch, count, study.split(`design ${branch.name}`));
  });
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, i) => rows.flatMap((row) => row.slice(i, i + 1))).flat();
}

function spread(branch: Branch, count: number, rng: Rng): readonly Point[] {
  const d = branch.dimensions.length;
  const covered = Math.min(d, SOBOL_DIMENSIONS);
  const places = sobol(count, covered, rng);
  const rest = rng.split("beyond sobol");
  return Array.from({ length: count }, (_, i) =>
    pointAt(
      branch,
      Float64Array.from({ length: d }, (_, k) => (k < covered ? places[i * covered + k] : rest.uniform())),
    ),
  );
}
