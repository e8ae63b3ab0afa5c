/** The parts of the bench put together, and the tables of what they found. */
import type { Table } from "../answer.ts";
import { seeded, type Rng } from "./api.ts";
import { runCell, type Cell, type CellResult } from "./cell.ts";
import { championResults } from "./champions.ts";
import { coverageResults } from "./coverage.ts";
import { dependenceCells } from "./dependence.ts";
import { fairnessResults } from "./fairness.ts";
import { familyResults } from "./family.ts";
import { foldCoverageResults } from "./fold-coverage.ts";
import { foldCells } from "./folds.ts";
import { gateResults } from "./gate.ts";
import { plantedCells } from "./planted.ts";
import { powerCells, rowsNeededResults } from "./power.ts";
import { populationsOf, type Population } from "./populations.ts";
import { realFoldResults } from "./real-folds.ts";
import { realCells } from "./real.ts";
import { sizeCells } from "./size.ts";
import { triesResults } from "./tries.ts";
import { folderTables, shippedTables, simulatedTables, type NamedTable } from "./tables.ts";

/** What the parts share; tables and populations are made when the first part asks for them. */
interface Bench {
  readonly replications: number;
  readonly rng: Rng;
  readonly tables: () => Promise<readonly NamedTable[]>;
  readonly populations: () => Promise<readonly Population[]>;
  /** Counts what comes out of cells. */
  readonly judged: (cells: readonly Cell[]) => CellResult[];
}

/** In the order of the page. */
const PARTS: Readonly<Record<string, (bench: Bench) => CellResult[] | Promise<CellResult[]>>> = {
  size: ({ judged }) => judged(sizeCells()),
  real: async ({ judged, populations }) => judged(realCells(await populations())),
  planted: ({ judged, rng }) => judged(plantedCells(rng.split("planted"))),
  coverage: async ({ populations, replications, rng }) => coverageResults(await populations(), replications, rng),
  "fold-coverage": ({ replications, rng }) => foldCoverageResults(replications, rng),
  dependence: ({ judged }) => judged(dependenceCells()),
  folds: ({ judged }) => judged(foldCells()),
  "real-folds": async ({ tables, replications, rng }) => realFoldResults(await tables(), replications, rng),
  champions: ({ replications, rng }) => championResults(replications, rng),
  power: ({ judged }) => judged(powerCells()),
  family: ({ replications, rng }) => familyResults(replications, rng),
  fairness: ({ replications, rng }) => fairnessResults(replications, rng),
  gate: ({ replications, rng }) => gateResults(replications, rng),
  tries: async ({ tables, replications, rng }) => triesResults(await tables(), replications, rng),
  "rows-needed": ({ replications, rng }) => rowsNeededResults(replications, rng),
};

export const PART_NAMES: readonly string[] = Object.keys(PARTS);

export interface Plan {
  /** Replications of an ordinary cell; costly ones take a fixed share of it. */
  readonly replications: number;
  readonly seed: string;
  /** Names of parts; absent: all. */
  readonly parts?: readonly string[];
  /** A folder of tables with a manifest, whose larger tables are judged too. */
  readonly folder?: string;
  /** Called before each part, for progress. */
  readonly progress?: (what: string) => void;
}

/** A result and the part it belongs to: what is run again is replaced part by part. */
export type PartResult = CellResult & { readonly part: string };

/** Each part's results, in the order of the page. Every cell has a stream of its own, so a part alone finds what it finds among all. */
export async function runBench(plan: Plan): Promise<PartResult[]> {
  const { replications, seed, parts = PART_NAMES, folder, progress } = plan;
  const rng = seeded(seed);
  const tables = once(async () => [
    ...simulatedTables(SIMULATED_ROWS, rng.split("tables")),
    ...(await shippedTables(process.cwd())),
    ...(folder === undefined ? [] : await folderTables(folder)),
  ]);
  const bench: Bench = {
    replications,
    rng,
    tables,
    populations: once(async () =>
      (await tables()).flatMap(({ name, data, metric }) => populationsOf(name, data, metric, rng.split(name))),
    ),
    judged: (cells) => cells.flatMap((cell) => runCell(cell, replications, rng)),
  };
  const results: PartResult[] = [];
  for (const name of PART_NAMES.filter((one) => parts.includes(one))) {
    progress?.(name);
    results.push(...(await PARTS[name](bench)).map((result) => ({ ...result, part: name })));
  }
  return results;
}

/** The results of an earlier run, parts that were run again taken from the later one. */
export function merged(earlier: readonly PartResult[], later: readonly PartResult[]): PartResult[] {
  const again = new Set(later.map(({ part }) => part));
  const all = [...earlier.filter(({ part }) => !again.has(part)), ...later];
  return PART_NAMES.flatMap((name) => all.filter(({ part }) => part === name));
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const SIMULATED_ROWS = 24_000;

const share = (x: number | null): string => (x === null ? "" : x.toFixed(4));

/** One for each study. */
export function tables(results: readonly CellResult[]): Table[] {
  const studies = Array.from(new Set(results.map((r) => r.study)));
  return studies.map((study) => ({
    caption: `${study[0].toUpperCase()}${study.slice(1)}:`,
    head: ["world", "setting", "rows", "runs", "JUSTIFIED", "NOT", "INCONCL.", "coverage", "promise"],
    rows: results
      .filter((r) => r.study === study)
      .map((r) => [
        r.world,
        r.setting,
        String(r.rows),
        String(r.replications),
        share(r.justified),
        share(r.not),
        share(r.inconclusive),
        share(r.coverage),
        promise(r),
      ]),
  }));
}

function promise({ kind, bound, exceeded }: CellResult): string {
  if (kind === "guaranteed") return `<= ${bound}${exceeded ? "  EXCEEDED" : ""}`;
  if (kind === "coverage") return bound === null ? "" : `>= ${bound}${exceeded ? "  EXCEEDED" : ""}`;
  return kind === "known-liberal" ? "known liberal" : "";
}
