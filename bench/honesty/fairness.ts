/** Do protected groups veto what widens the gap between them, and nothing else? Two groups of equal size, two classes. */
import { compareModels, findMetric, seeded, type Rng } from "./api.ts";
import { happened, type CellResult } from "./cell.ts";

const ALPHA = 0.05;
const SIZES: readonly number[] = [500, 2000, 20_000];
/** By how much more often one group is told yes than the other: by the baseline, and by the challenger. */
const GAPS: readonly (readonly [before: number, after: number])[] = [
  [0, 0],
  [0.05, 0.05],
  [0.05, 0.1],
  [0.05, 0.15],
];

/** Was it refused for the gap? The models give other answers to the share `apart` of the people. */
function vetoed(rows: number, apart: number, [before, after]: readonly [number, number], rng: Rng): boolean {
  const groups = Int32Array.from({ length: rows }, (_, i) => i % 2);
  const codes = new Int32Array(rows);
  const [baseline, challenger] = [new Float64Array(2 * rows), new Float64Array(2 * rows)];
  groups.forEach((group, i) => {
    const side = group === 0 ? 0.5 : -0.5;
    const yes = 0.5 + before * side;
    const moved = (after - before) * side;
    const first = rng.uniform() < yes;
    const turned = rng.uniform() < (first ? (apart - moved) / (2 * yes) : (apart + moved) / (2 * (1 - yes)));
    codes[i] = rng.uniform() < (turned ? 0.5 : first ? 0.8 : 0.2) ? 1 : 0;
    baseline.set(first ? [0, 1] : [1, 0], 2 * i);
    challenger.set(first === turned ? [1, 0] : [0, 1], 2 * i);
  });
  const answers = (values: Float64Array) => [{ kind: "probability" as const, values, classes: 2 }];
  const [{ fairness }] = compareModels({
    metric: findMetric("accuracy", "binary"),
    holdout: { truth: { task: "binary", name: "y", codes, classes: ["no", "yes"] } },
    baselines: [{ name: "baseline", holdout: answers(baseline) }],
    champion: "baseline",
    challengers: [{ name: "challenger", holdout: answers(challenger) }],
    margin: { value: 0, kind: "absolute" },
    alpha: ALPHA,
    protect: [{ column: "group", levels: ["a", "b"], codes: groups }],
    rng: seeded("bench"),
  }).challengers;
  return fairness.some(({ rates }) => rates.some(({ outcome }) => outcome === "worse than the baseline"));
}

/** Of the people, with other answers: the more there are, the more of a change is chance. */
const LEAST_APART = 0.07;

/** A veto is wrong where the gap is the same; where it is 5 points wider, it has to come in nine of ten samples of 2,000. */
export function fairnessResults(replications: number, rng: Rng): CellResult[] {
  return GAPS.flatMap(([before, after]) =>
    [LEAST_APART, 0.15].flatMap((apart) =>
      SIZES.map((rows): CellResult => {
        const runs = Math.max(50, Math.round(replications / (rows > 5000 ? 4 : 1)));
        const own = rng.split(`fairness ${before} ${after} ${apart} ${rows}`);
        let vetoes = 0;
        for (let run = 0; run < runs; run++) if (vetoed(rows, apart, [before, after], own.split(run))) vetoes++;
        const share = vetoes / runs;
        const widens = after > before;
        const points = (gap: number): string => (100 * gap).toFixed(0);
        return happened({
          study: widens ? "protected groups, a wider gap not found" : "protected groups, a veto without cause",
          world: `a gap of ${points(before)} points ${widens ? `becomes ${points(after)}` : "stays"}`,
          setting: `models apart on ${points(apart)} % of people`,
          rows,
          replications: runs,
          share,
          error: widens ? 1 - share : share,
          kind: widens && (rows < 2000 || apart > LEAST_APART) ? "known-liberal" : "guaranteed",
          bound: widens ? 0.1 : ALPHA,
        });
      }),
    ),
  );
}
