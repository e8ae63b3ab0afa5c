/**
 * Is the verdict honest? Simulates worlds whose truth is known and counts wrong answers.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/honesty/main.js [--replications 2000] [--seed honesty] [--parts real,coverage] [--json results.json] [--earlier results.json] [--page docs/error-rates.md] [--brief] [FOLDER]
 *
 * `--parts` runs some of them; with `--earlier` the others are taken from what `--json` kept of another run.
 * Prints a table a study (with `--brief` a line), writes JSON, and ends with exit code 1 when a guaranteed world exceeds its stated bound by more than
 * chance (2.58 standard errors). About five minutes with 2,000 replications.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { tell } from "../answer.ts";
import { isPromised } from "./cell.ts";
import { page } from "./page.ts";
import { overview } from "./overview.ts";
import { merged, PART_NAMES, runBench, tables, type PartResult } from "./report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    replications: { type: "string", default: "2000" },
    seed: { type: "string", default: "honesty" },
    parts: { type: "string" },
    json: { type: "string" },
    earlier: { type: "string" },
    page: { type: "string" },
    brief: { type: "boolean", default: false },
  },
});
const replications = Number(values.replications);
if (!(Number.isInteger(replications) && replications >= 50)) {
  console.error(`honesty: --replications must be a whole number of at least 50, got ${values.replications}`);
  process.exit(2);
}
const parts = values.parts?.split(",");
const unknown = parts?.find((name) => !PART_NAMES.includes(name));
if (unknown !== undefined) {
  console.error(`honesty: there is no part ${unknown}; choose from ${PART_NAMES.join(", ")}`);
  process.exit(2);
}
const { seed } = values;
const [folder] = positionals;
const earlier =
  values.earlier === undefined
    ? []
    : (JSON.parse(readFileSync(values.earlier, "utf8")) as { figures: PartResult[] }).figures;
const later = await runBench({
  replications,
  seed,
  ...(parts !== undefined && { parts }),
  ...(folder !== undefined && { folder }),
  progress: (what) => console.error(what),
});
const results = merged(earlier, later);
const promised = results.filter(isPromised);
const broken = promised
  .filter((r) => r.exceeded)
  .map((r) => `${r.study}, ${r.world}, ${r.rows} rows: ${r.error.toFixed(4)} wrong, promised ${r.bound}`);
const question = "Is the verdict honest?";
const size = `${replications} replications, seed ${seed}; ${promised.length} cells with a promise`;
tell(
  { question, size, tables: values.brief ? [overview(promised)] : tables(results), broken, figures: results },
  values.json,
);
if (values.page !== undefined) writeFileSync(values.page, page(results, replications, seed));
