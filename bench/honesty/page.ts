/** The results as a page of the documentation: a table a study, worlds down and sizes across. */
import { isPromised, type CellResult } from "./cell.ts";
import { overview } from "./overview.ts";

export function page(results: readonly CellResult[], replications: number, seed: string): string {
  const promised = results.filter(isPromised);
  const exceeded = promised.filter((result) => result.exceeded);
  const { head, rows } = overview(promised);
  const studies = Array.from(new Set(results.map(({ study }) => study)));
  return `# Error rates, measured

Written by \`bench/honesty\`; do not edit. Worlds whose truth is known are judged again and again, and the share of wrong answers is counted. ${replications.toLocaleString("en-US")} replications of an ordinary cell, seed \`${seed}\`; costly cells take fewer, those of 20,000 rows a quarter. One standard error of a rate of .05 is ${Math.sqrt(0.0475 / replications).toFixed(4)}.

"Real losses" are those of this package's own models (logistic or linear rung; boosting, its blend with that rung, an overfitted boosting, a forest with leaves of single rows that answers exactly 0 and 1), fitted on up to 4,000 rows of a table and drawn from all its other rows. The margin is the true gain, so every JUSTIFIED is wrong, and every NOT JUSTIFIED too. Intervals are of the scores of the same models. Where a class is rare, or a few rows cost most, those of losses hold the score in more than .98 of small samples: of 50 rows with 2.7 % positives one sample in four has none, all of these look alike, and an interval holds the score in each of them or in none. By the spread of the rows at hand alone it is none, and .70 to .90 of all samples.

"Folds of real tables" are pairs of this package's models on parts of a table, each in turn the challenger of each other.

\`\`\`sh
npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
node .cache/bench/bench/honesty/main.js --replications ${replications} --json results.json --page docs/error-rates.md [FOLDER]
\`\`\`

FOLDER holds larger tables and a \`MANIFEST.json\` that says what they are. \`--parts coverage --earlier results.json\` runs one part again. ${promised.length} cells have a promise; ${exceeded.length} of them exceed it by more than 2.58 standard errors${exceeded.length === 0 ? "" : " (in bold)"}.

## In short

Every study with a promise: how often answers were wrong in its cells, on average and at the most. An interval is wrong that does not hold the score.

${table(head, rows)}

${studies.map((study) => section(results.filter((result) => result.study === study))).join("\n\n")}
`;
}

function section(results: readonly CellResult[]): string {
  const [{ study }] = results;
  const sizes = Array.from(new Set(results.map(({ rows }) => rows))).sort((a, b) => a - b);
  const worlds = Array.from(new Set(results.map(worldOf)));
  const body = worlds.map((world) => [
    world,
    ...sizes.map((rows) => shown(results.find((result) => worldOf(result) === world && result.rows === rows))),
  ]);
  const head = ["world", ...sizes.map((rows) => `${rows.toLocaleString("en-US")} rows`)];
  return `## ${study[0].toUpperCase()}${study.slice(1)}\n\n${captionOf(results)}\n\n${table(head, body)}`;
}

function captionOf(results: readonly CellResult[]): string {
  const [{ kind }] = results;
  const promised = Array.from(new Set(results.map(({ bound }) => bound).filter((bound) => bound !== null)));
  if (kind === "coverage")
    return `In each cell: share of intervals that hold the true score, promised at least ${promised.join(" or ")}; in brackets where it is not promised.`;
  const what = kind === "power" ? "share JUSTIFIED" : "share of wrong answers";
  const promise = promised.length === 0 ? "" : `, promised at most ${promised.join(" or ")}`;
  const blind = results.some((result) => result.blind !== undefined)
    ? " Behind the stroke: the share of samples that hold none of those rows, in which no test can know of them."
    : "";
  return `In each cell: ${what}${promise}.${blind}`;
}

function worldOf({ world, setting }: CellResult): string {
  return setting === "" ? world : `${world}; ${setting}`;
}

function shown(result: CellResult | undefined): string {
  const figure = result === undefined ? undefined : figureOf(result);
  if (result === undefined || figure === undefined) return "";
  const { kind, exceeded, blind } = result;
  const text = [figure, ...(blind === undefined ? [] : [blind])].map((share) => share.toFixed(3)).join(" / ");
  if (exceeded) return `**${text}**`;
  return kind === "power" || isPromised(result) ? text : `(${text})`;
}

function figureOf({ kind, error, justified, coverage }: CellResult): number | undefined {
  if (kind === "coverage") return coverage ?? undefined;
  return kind === "power" ? justified : error;
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((text, k) => Math.max(text.length, 3, ...body.map((row) => row[k].length)));
  const line = (row: readonly string[]): string => `| ${row.map((text, k) => text.padEnd(widths[k])).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)].join("\n");
}
