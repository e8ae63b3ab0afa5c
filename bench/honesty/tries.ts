/** The strict gate against real models: none of them is better than the margin, and each is tried. */
import type { Prediction, Rng } from "./api.ts";
import { happened, type CellResult } from "./cell.ts";
import { fitted, gainOf, rungOf, splitOf, targetOf, type Population } from "./populations.ts";
import { judgeDrawn } from "./real.ts";
import type { NamedTable } from "./tables.ts";

const ALPHA = 0.05;
const FORESTS = 20;
const SHAKEN = 200;
const LEAST_MARGIN = 0.01;

/** Forests that answer exactly 0 and 1, of several leaf sizes; and one of them with its answers shaken. */
function triesOf({ data, metric }: NamedTable, rng: Rng): Record<"forests" | "shaken", Population[]> {
  const { training, others } = splitOf(data, rng);
  const baseline = fitted(data, training, others, rungOf(data), rng);
  const truth = targetOf(data.target, others);
  const forests = Array.from({ length: FORESTS }, (_, k) =>
    fitted(
      data,
      training,
      others,
      [{ estimator: "forest", params: { smoothing: 0, minLeaf: 1 + (k % 4) } }],
      rng.split(k),
    ),
  );
  const shaken = Array.from({ length: SHAKEN }, (_, k) => shake(forests[0], rng.split(`shaken ${k}`)));
  const worthless = (challengers: readonly Prediction[], name: string): Population[] => {
    const pairs = challengers.map((challenger) => ({ name, metric, truth, baseline, challenger }));
    const margin = Math.max(LEAST_MARGIN, ...pairs.map(gainOf));
    return pairs.map((pair) => ({ ...pair, gain: gainOf(pair), margin }));
  };
  return { forests: worthless(forests, "forests"), shaken: worthless(shaken, "shaken") };
}

function shake(prediction: Prediction, rng: Rng): Prediction {
  const values = prediction.values.slice();
  for (let i = 0; i < values.length; i += 2) {
    const p = Math.min(1, Math.max(0, values[i] + 0.02 * rng.normal()));
    values.set([p, 1 - p], i);
  }
  return { ...prediction, values };
}

/** Histories in which all are tried on the same rows, at the level that the ledger gives each of so many runs. */
export function triesResults(tables: readonly NamedTable[], replications: number, rng: Rng): CellResult[] {
  const runs = Math.max(50, Math.round(replications / 4));
  return tables.filter(isEven).flatMap((table) => {
    const own = rng.split(`tries ${table.name}`);
    const { forests, shaken } = triesOf(table, own);
    return [
      ...[300, 1000, 4000].map((rows) => result(table.name, `${FORESTS} forests`, forests, rows, runs, own)),
      result(table.name, `a forest shaken ${SHAKEN} times`, shaken, 1000, Math.round(runs / 2), own),
    ];
  });
}

/** Two classes, neither of them rare: there certain answers pass most easily. */
function isEven({ data: { target } }: NamedTable): boolean {
  if (target.task !== "binary") return false;
  const positives = target.codes.reduce((sum, code) => sum + (code === 1 ? 1 : 0), 0) / target.codes.length;
  return Math.min(positives, 1 - positives) > 0.15;
}

function result(
  world: string,
  what: string,
  challengers: readonly Population[],
  rows: number,
  runs: number,
  rng: Rng,
): CellResult {
  let passes = 0;
  for (let run = 0; run < runs; run++) {
    // The same stream draws the same rows for each.
    const passed = (one: Population): boolean =>
      judgeDrawn(one, rows, rng.split(`${what} ${rows} ${run}`), one.margin, ALPHA / challengers.length).verdict ===
      "JUSTIFIED";
    if (challengers.some(passed)) passes++;
  }
  return happened({
    study: "strict gate, real forests, none better than the margin",
    world,
    setting: `${what}: any pass`,
    rows,
    replications: runs,
    share: passes / runs,
    kind: "guaranteed",
    bound: ALPHA,
  });
}
