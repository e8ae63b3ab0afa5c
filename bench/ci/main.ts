/**
 * A small bench for every change: reading beside csv-parse, the main job on three tables, a search's own cost, a comparison
 * of two models on many rows. Figures are for people and for trends (times depend on the machine, ratios less); what fails here is a
 * wrong answer, never a slow one.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/ci/main.js [--json out.json]
 */
import { execFileSync } from "node:child_process";
import { parse } from "csv-parse";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { cpuSeconds, tell } from "../answer.ts";
import { compareModels, findMetric } from "../../src/api/compare.ts";
import { readTable, type Prediction } from "../../src/api/extend.ts";
import { createStudy } from "../../src/api/search.ts";
import type { OpenTrial } from "../../src/search/open-trial.ts";
import { seeded } from "../../src/numeric/rng.ts";

/** The built package, as a user has it: worker threads are started from it. */
const PACKAGE: string = "tabular-baseline";
const { train } = (await import(PACKAGE)) as typeof import("../../src/index.ts");

const { values } = parseArgs({ options: { json: { type: "string" } } });
const lines: (readonly [what: string, figure: string, unit: string, note: string])[] = [];
const report = (what: string, figure: number, unit: string, note: string): void => {
  lines.push([what, String(Number(figure.toPrecision(3))), unit, note]);
};
/** Of CPU, all threads: what else the machine does matters little. */
const seconds = async <T>(run: () => T | Promise<T>): Promise<[number, T]> => {
  const start = cpuSeconds();
  const result = await run();
  return [cpuSeconds() - start, result];
};
const broken: string[] = [];
const require = (condition: boolean, sentence: string): void => {
  if (!condition) broken.push(sentence);
};

startUp();
await reading();
for (const [name, target, floor] of [
  ["breast-cancer", "diagnosis", 0.5],
  ["gapminder", "life_expect", 0.8],
  ["co2", "CO2", 0.5],
] as const)
  await mainJob(name, target, floor);
await suggesting();
await comparing();
const table = { head: ["what", "figure", "unit", "note"], rows: lines };
tell(
  { question: "Does a change make things slower or wrong?", size: "once", tables: [table], broken, figures: lines },
  values.json,
);

/** The quickest of some starts: what else the machine does only adds to it. */
function startUp(): void {
  const quickest = (args: readonly string[]): number =>
    Math.min(
      ...Array.from({ length: 7 }, () => {
        const start = performance.now();
        execFileSync(process.execPath, args, { stdio: "ignore" });
        return performance.now() - start;
      }),
    );
  const alone = quickest(["--eval", "0"]);
  report("baseline --help", quickest(["dist/cli/main.js", "--help"]), "ms", `Node alone: ${Math.round(alone)} ms`);
}

async function reading(): Promise<void> {
  const rng = seeded("bench");
  const rows = 60_000;
  const text = ["id,a,b,c,d,e,level"];
  for (let i = 0; i < rows; i++)
    text.push(
      [i, ...Array.from({ length: 5 }, () => rng.normal().toFixed(6)), ["red", "green", "blue"][rng.below(3)]].join(),
    );
  const bytes = new TextEncoder().encode(text.join("\n"));
  await readTable(bytes, { workers: 1 });
  const [ours, table] = await seconds(() => readTable(bytes, { workers: 1 }));
  require(table.rows === rows, `readTable found ${table.rows} rows of ${rows}`);
  const [theirs, count] = await seconds(async () => {
    let records = 0;
    for await (const record of Readable.from([Buffer.from(bytes)]).pipe(parse())) records += record.length > 0 ? 1 : 0;
    return records;
  });
  require(count === rows + 1, "csv-parse found other rows");
  report(
    "reading, one thread",
    bytes.length / 1e6 / ours,
    "MB a CPU second",
    `${(theirs / ours).toFixed(1)} times as fast as csv-parse`,
  );
}

async function mainJob(name: string, target: string, floor: number): Promise<void> {
  const [time, { artifact }] = await seconds(() => train(`datasets/${name}/${name}.csv`, { target }));
  const { ladder, champion, metric } = artifact;
  const value = (rung: string): number => ladder.find((one) => one.rung === rung)!.cv[metric.name].value!;
  const share = value(champion.rung) / value("constant");
  require(share < floor, `${name}: ${champion.rung} leaves ${share} of the constant's ${metric.name}`);
  report(
    `the whole ladder on ${name}`,
    time,
    "CPU s",
    `${champion.rung}, ${share.toFixed(2)} of the constant's ${metric.name}`,
  );
}

async function suggesting(): Promise<void> {
  const names = ["a", "b", "c", "d"];
  const space = Object.fromEntries(
    names.map((name) => [name, { type: "float", low: -1, high: 1, default: 0.9 } as const]),
  );
  const study = createStudy({ space, seed: 1, stop: { trials: 40 } });
  const bowl = ({ point }: OpenTrial): number =>
    names.reduce((sum, name, i) => sum + (Number(point[name]) - i / 10) ** 2, 0);
  const [time] = await seconds(() => study.optimize(bowl));
  require(study.best()!.value < 0.05, `search: the best of 40 trials is ${study.best()!.value}`);
  report(
    "search: proposing a configuration",
    (1000 * time) / 40,
    "CPU ms",
    `best of 40 trials in 4 dimensions ${study.best()!.value.toPrecision(2)}`,
  );
}

async function comparing(): Promise<void> {
  const rows = 200_000;
  const rng = seeded("comparison");
  const codes = Int32Array.from({ length: rows }, () => rng.below(2));
  const shares = (hit: number): Prediction => {
    const values = new Float64Array(2 * rows);
    for (let i = 0; i < rows; i++) {
      const p = Math.min(0.99, Math.max(0.01, (codes[i] === 1 ? hit : 1 - hit) + 0.1 * rng.normal()));
      values[2 * i] = 1 - p;
      values[2 * i + 1] = p;
    }
    return { kind: "probability", classes: 2, values };
  };
  const metric = findMetric("log_loss", "binary");
  const [time, comparison] = await seconds(() =>
    compareModels({
      metric,
      holdout: { truth: { task: "binary", name: "y", codes, classes: ["no", "yes"] } },
      baselines: [{ name: "logistic", holdout: [shares(0.6)] }],
      champion: "logistic",
      challengers: [
        { name: "better", holdout: [shares(0.7)] },
        { name: "worse", holdout: [shares(0.5)] },
      ],
      rng: seeded("verdict"),
    }),
  );
  const verdicts = comparison.challengers.map(({ verdict }) => verdict);
  require(verdicts.join() === "JUSTIFIED,NOT JUSTIFIED", `comparison says ${verdicts.join()}`);
  report("comparing two challengers on 200,000 rows", time, "CPU s", verdicts.join(", "));
}
