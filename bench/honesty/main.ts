/**
 * Is the verdict honest? Simulates worlds whose truth is known and counts wrong answers.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/honesty/main.js [--replications 2000] [--seed honesty] [--only text] [--json results.json] [--page docs/error-rates.md] [FOLDER]
 *
 * Prints a table a study, writes JSON, and ends with exit code 1 when a guaranteed world exceeds its stated bound by more than
 * chance (2.58 standard errors). About five minutes with 2,000 replications.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { tell } from "../answer.ts";
import { page } from "./page.ts";
import { runBench, tables } from "./report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    replications: { type: "string", default: "2000" },
    seed: { type: "string", default: "honesty" },
    only: { type: "string", default: "" },
    json: { type: "string" },
    page: { type: "string" },
  },
});
const replications = Number(values.replications);
if (!(Number.isInteger(replications) && replications >= 50)) {
  console.error(`honesty: --replications must be a whole number of at least 50, got ${values.replications}`);
  process.exit(2);
}
const { seed, only } = values;
const [folder] = positionals;
const results = await runBench({
  replications,
  seed,
  only,
  ...(folder !== undefined && { folder }),
  progress: (what) => console.error(what),
});
const guaranteed = results.filter((r) => r.kind === "guaranteed");
const broken = guaranteed
  .filter((r) => r.exceeded)
  .map((r) => `${r.study}, ${r.world}, ${r.rows} rows: ${r.error.toFixed(4)} wrong, promised at most ${r.bound}`);
const question = "Is the verdict honest?";
const size = `${replications} replications, seed ${seed}; ${guaranteed.length} cells with a promise`;
tell({ question, size, tables: tables(results), broken, figures: results }, values.json);
if (values.page !== undefined) writeFileSync(values.page, page(results, replications, seed));
