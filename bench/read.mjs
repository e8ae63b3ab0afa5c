// How fast is a table read, beside csv-parse (streaming) and, when it is installed, pandas read_csv?
//
//   npm run build && node bench/read.mjs FILE.csv [--rounds 3] [--json out.json]
//
// FILE must have a header and plain commas. Every reading is a process of its own, so that memory can be compared;
// the readers take turns. PYTHON names the interpreter that has pandas (default python3). Times are medians; compare
// the ratios of one run, as the machine may be busy.
import { spawnSync } from "node:child_process";
import { createReadStream, statSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";

const [, , file, ...rest] = process.argv;
const option = (name, fallback) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : fallback);
if (file === undefined) {
  console.error("usage: node bench/read.mjs FILE.csv [--rounds 3] [--json out.json]");
  process.exit(2);
}

/** Each gives typed columns: numbers as Float64Array, the others as it likes; then, off the clock, sums as proof. */
const readers = {
  async ours(workers) {
    const { readTable } = await import("../.cache/dist/table/read-table.js");
    return async () => {
      const { rows, columns } = await readTable(file, workers === undefined ? {} : { workers });
      return { rows, numbers: columns.flatMap((column) => (column.kind === "number" ? [column.values] : [])) };
    };
  },
  async "csv-parse"() {
    const { parse } = await import("csv-parse");
    return async () => {
      let columns;
      let rows = 0;
      let capacity = 1 << 16;
      let header = true;
      for await (const record of createReadStream(file, { highWaterMark: 1 << 20 }).pipe(parse())) {
        if (header) {
          header = false;
          continue;
        }
        columns ??= record.map((cell) => (Number.isNaN(Number(cell)) ? [] : new Float64Array(capacity)));
        if (rows === capacity) {
          capacity *= 2;
          columns = columns.map((column) => (Array.isArray(column) ? column : grown(column, capacity)));
        }
        for (let c = 0; c < columns.length; c++)
          if (Array.isArray(columns[c])) columns[c].push(record[c]);
          else columns[c][rows] = record[c] === "" ? Number.NaN : Number(record[c]);
        rows++;
      }
      return { rows, numbers: columns.filter((column) => !Array.isArray(column)).map((c) => c.subarray(0, rows)) };
    };
  },
};

function grown(column, capacity) {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}

function total(columns) {
  let sum = 0;
  for (const column of columns) for (const value of column) if (value === value) sum += value;
  return sum;
}

const PANDAS = `
import json, os, resource, sys, time
import pandas
wall = time.time(); cpu = os.times()
table = pandas.read_csv(sys.argv[1])
wall = time.time() - wall; now = os.times()
print(json.dumps({"wall": wall, "cpu": now.user + now.system - cpu.user - cpu.system,
  "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "rows": len(table),
  "sum": float(table.select_dtypes("number").sum().sum()), "version": pandas.__version__}))
`;

async function measure(name, workers) {
  const read = await readers[name](workers);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { rows, numbers } = await read();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ wall, cpu: (user + system) / 1e6, rss, rows, sum: total(numbers) }));
}

function child(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

if (rest.includes("--measure")) {
  const [name, workers] = option("--measure").split(":");
  await measure(name, workers === undefined ? undefined : Number(workers));
} else {
  const rounds = Number(option("--rounds", "3"));
  const python = process.env.PYTHON ?? "python3";
  const me = (name) => child(process.execPath, [fileURLToPath(import.meta.url), file, "--measure", name]);
  const contenders = [
    { name: "ours, default workers", run: () => me("ours") },
    { name: "ours, 1 worker", run: () => me("ours:1") },
    { name: "pandas read_csv", run: () => child(python, ["-c", PANDAS, file]) },
    { name: "csv-parse, streaming", run: () => me("csv-parse") },
  ];
  const runs = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const { name, run } of contenders) {
      const result = run();
      if (result !== undefined) runs.get(name).push(result);
    }
  const base = runs.get("ours, default workers");
  const bytes = statSync(file).size;
  const lines = [...runs]
    .filter(([, results]) => results.length > 0)
    .map(([name, results]) => {
      const wall = median(results.map((r) => r.wall));
      return {
        name,
        wall,
        cpu: median(results.map((r) => r.cpu)),
        rssMB: Math.max(...results.map((r) => r.rss)),
        timesOurs: wall / median(base.map((r) => r.wall)),
        rows: results[0].rows,
        sumAgrees: Math.abs(results[0].sum - base[0].sum) <= 1e-9 * Math.abs(base[0].sum),
      };
    });
  console.log(`${file}: ${(bytes / 1e6).toFixed(1)} MB, ${base[0].rows} rows; ${rounds} rounds, medians`);
  console.log(`node ${process.version}, ${availableParallelism()} threads, ${cpus()[0]?.model ?? "unknown processor"}`);
  console.log("reader                   wall s    cpu s   peak MB   MB/s   wall / ours   same sums");
  for (const { name, wall, cpu, rssMB, timesOurs, sumAgrees } of lines)
    console.log(
      `${name.padEnd(22)} ${wall.toFixed(2).padStart(8)} ${cpu.toFixed(2).padStart(8)} ${rssMB.toFixed(0).padStart(9)} ${(bytes / 1e6 / wall).toFixed(0).padStart(6)} ${timesOurs.toFixed(2).padStart(13)}   ${sumAgrees ? "yes" : "NO"}`,
    );
  if (!runs.get("pandas read_csv").length) console.log("pandas is not installed (PYTHON names another interpreter)");
  const out = option("--json");
  if (out !== undefined)
    writeFileSync(
      out,
      `${JSON.stringify({ file: file.split("/").pop(), bytes, rounds, node: process.version, lines }, null, 2)}\n`,
    );
}
