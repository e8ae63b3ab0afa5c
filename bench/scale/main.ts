/**
 * How does the cost of each family grow with the rows, columns, levels, classes and folds? One of them is doubled at a time;
 * the power that cost grows with is fitted to CPU seconds and to the cells read (`work` in benchmark.json), and held against
 * what it should be at most. Of boosting, the cost is that of 10,000 nodes: how many rounds there are is for the data to say.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/scale/main.js [--only rows] [--rungs linear,tree] [--runs 2] [--seed scale] [--json out.json]
 *
 * CPU seconds are the least of the runs, of the rung alone: reading, splitting and scoring others is left out. Ends with 1 when
 * a power is broken. About two minutes of one core.
 */
import { parseArgs } from "node:util";
import { exponentOf, tell, type Table } from "../answer.ts";
import { costOf } from "../small/cost.ts";
import { AXES, table, type Axis, type Grown } from "./axes.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rungs: { type: "string" },
    runs: { type: "string", default: "2" },
    seed: { type: "string", default: "scale" },
    json: { type: "string" },
  },
});
const wanted = values.rungs?.split(",");

interface Point {
  readonly size: number;
  readonly seconds: number;
  readonly cells: number;
}

interface Line {
  readonly axis: string;
  readonly rung: string;
  readonly points: readonly Point[];
  readonly powers: { readonly seconds: number; readonly cells: number };
  readonly most: number;
}

/** Of the largest size over a fit: less says nothing of how it grows. */
const LEAST_SECONDS = 0.02;
/** A fit of more seconds is not repeated: chance has no part in it. */
const LONG = 0.5;

const lines: Line[] = [];
for (const axis of AXES)
  if (axis.name.includes(values.only))
    for (const rung of axis.rungs) if (wanted?.includes(rung.name) ?? true) lines.push(await grown(axis, rung));

const broken = lines.flatMap(({ axis, rung, powers, most, points }) =>
  (["seconds", "cells"] as const)
    .filter((what) => powers[what] > most && (what === "cells" || points[points.length - 1].seconds >= LEAST_SECONDS))
    .map((what) => `${rung} by ${axis}: ${what} grow with power ${powers[what].toFixed(2)}, wanted at most ${most}`),
);
const tables = AXES.filter(({ name }) => lines.some(({ axis }) => axis === name)).map(
  ({ name, sizes, fixed }): Table => ({
    caption: `By ${name} (${sizes.join(", ")}; ${fixed}):`,
    head: ["rung", "power of CPU seconds", "of cells read", "at most", "seconds at the largest"],
    rows: lines
      .filter(({ axis }) => axis === name)
      .map(({ rung, powers, most, points }) => [
        rung,
        powers.seconds.toFixed(2),
        powers.cells.toFixed(2),
        String(most),
        points[points.length - 1].seconds.toFixed(3),
      ]),
  }),
);
const question = "How does cost grow when a table is doubled?";
tell({ question, size: `least of ${values.runs} runs, one thread`, tables, broken, figures: lines }, values.json);

async function grown({ name: axis, sizes, shape }: Axis, { name: rung, most, eachNode }: Grown): Promise<Line> {
  const points: Point[] = [];
  for (const size of sizes) {
    const { folds = 5, ...made } = shape(size);
    const source = table(`${values.seed} ${axis} ${size}`, made, rung);
    const options = { target: "y", models: [rung], trials: 1, folds, repeats: 1, nested: "never" } as const;
    let seconds = Infinity;
    let cells = 0;
    for (let run = 0; run < Number(values.runs) && (run === 0 || seconds < LONG); run++) {
      const cost = await costOf(rung, source, options);
      const work = cost.work.rungs[rung];
      const each = eachNode ? work.treeNodes / 1e4 : 1;
      seconds = Math.min(seconds, cost.parts[rung] / each);
      cells = work.cells / each;
    }
    points.push({ size, seconds, cells });
    process.stderr.write(`${axis} ${size} ${rung}: ${seconds.toFixed(3)} s, ${cells} cells\n`);
  }
  const power = (what: "seconds" | "cells"): number => exponentOf(points.map((point) => [point.size, point[what]]));
  return { axis, rung, points, powers: { seconds: power("seconds"), cells: power("cells") }, most };
}
