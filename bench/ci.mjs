// A small bench for every change: reading beside csv-parse, the main job on three tables, a search's own cost, a
// comparison of two models on many rows. Figures are for people and for trends (times depend on the machine, ratios less);
// what fails here is a wrong answer, never a slow one.
//
//   npm run build && node bench/ci.mjs [--json out.json]
import { parse } from "csv-parse";
import { writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { train } from "tabular-baseline";
import { compareModels, findMetric, seeded } from "tabular-baseline/compare";
import { readTable } from "tabular-baseline/extend";
import { createStudy } from "tabular-baseline/search";

const json = process.argv.includes("--json") ? process.argv[process.argv.indexOf("--json") + 1] : undefined;
const lines = [];
const report = (what, figure, unit, note = "") => {
  lines.push({ what, figure: Number(figure.toPrecision(3)), unit, note });
  console.log(`${what.padEnd(52)} ${String(Number(figure.toPrecision(3))).padStart(8)} ${unit.padEnd(8)} ${note}`);
};
const seconds = async (run) => {
  const start = process.hrtime.bigint();
  const result = await run();
  return [Number(process.hrtime.bigint() - start) / 1e9, result];
};
const require = (condition, sentence) => {
  if (!condition) throw new Error(`bench: ${sentence}`);
};

await reading();
for (const [name, target, floor] of [
  ["breast-cancer", "diagnosis", 0.5],
  ["gapminder", "life_expect", 0.8],
  ["co2", "CO2", 0.5],
])
  await mainJob(name, target, floor);
await suggesting();
await comparing();
if (json !== undefined) writeFileSync(json, `${JSON.stringify(lines, null, 1)}\n`);

async function reading() {
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
    "MB/s",
    `${(theirs / ours).toFixed(1)} times as fast as csv-parse`,
  );
}

async function mainJob(name, target, floor) {
  const [time, { artifact }] = await seconds(() => train(`datasets/${name}/${name}.csv`, { target }));
  const { ladder, champion, metric } = artifact;
  const value = (rung) => ladder.find((one) => one.rung === rung).cv[metric.name].value;
  const share = value(champion.rung) / value("constant");
  require(share < floor, `${name}: ${champion.rung} leaves ${share} of the constant's ${metric.name}`);
  report(
    `the whole ladder on ${name}`,
    time,
    "s",
    `${champion.rung}, ${share.toFixed(2)} of the constant's ${metric.name}`,
  );
}

async function suggesting() {
  const names = ["a", "b", "c", "d"];
  const space = Object.fromEntries(names.map((name) => [name, { type: "float", low: -1, high: 1, default: 0.9 }]));
  const study = createStudy({ space, seed: 1, stop: { trials: 40 } });
  const bowl = ({ point }) => names.reduce((sum, name, i) => sum + (point[name] - i / 10) ** 2, 0);
  const [time] = await seconds(() => study.optimize(bowl));
  require(study.best().value < 0.05, `search: the best of 40 trials is ${study.best().value}`);
  report(
    "search: proposing a configuration",
    (1000 * time) / 40,
    "ms",
    `best of 40 trials in 4 dimensions ${study.best().value.toPrecision(2)}`,
  );
}

async function comparing() {
  const rows = 200_000;
  const rng = seeded("comparison");
  const codes = Int32Array.from({ length: rows }, () => rng.below(2));
  const shares = (hit) => {
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
  report("comparing two challengers on 200,000 rows", time, "s", verdicts.join(", "));
}
