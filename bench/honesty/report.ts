/** The tables, and the parts of the bench put together. */
import type { Table } from "../answer.ts";
import { seeded, type Rng } from "./api.ts";
import { runCell, type Cell, type CellResult } from "./cell.ts";
import { dependenceCells } from "./dependence.ts";
import { familyResults } from "./family.ts";
import { foldCells } from "./folds.ts";
import { gateResults } from "./gate.ts";
import { powerCells, rowsNeededResults } from "./power.ts";
import { populationsOf } from "./populations.ts";
import { realCells } from "./real.ts";
import { sizeCells } from "./size.ts";
import { triesResults } from "./tries.ts";
import { folderTables, shippedTables, simulatedTables } from "./tables.ts";

export interface Plan {
  /** Replications of an ordinary cell; costly ones take a fixed share of it. */
  readonly replications: number;
  readonly seed: string;
  /** Only cells whose study or world contains this. */
  readonly only?: string;
  /** A folder of tables with a manifest, whose larger tables are judged too. */
  readonly folder?: string;
  /** Called before each part, for progress. */
  readonly progress?: (what: string) => void;
}

export async function runBench({ replications, seed, only = "", folder, progress }: Plan): Promise<CellResult[]> {
  const rng = seeded(seed);
  const wanted = (text: string): boolean => text.includes(only);
  progress?.("populations of real models");
  const tables = [
    ...simulatedTables(SIMULATED_ROWS, rng.split("tables")),
    ...(await shippedTables(process.cwd())),
    ...(folder === undefined ? [] : await folderTables(folder)),
  ];
  const cells: readonly Cell[] = [
    ...sizeCells(),
    ...realCells(tables.flatMap(({ name, data, metric }) => populationsOf(name, data, metric, rng.split(name)))),
    ...dependenceCells(),
    ...foldCells(),
    ...powerCells(),
  ].filter((c) => wanted(`${c.study} ${c.world} ${c.setting}`));
  let study = "";
  const results = cells.flatMap((cell) => {
    if (cell.study !== study) progress?.((study = cell.study));
    return runCell(cell, replications, rng);
  });
  for (const [name, part] of [
    ["several challengers, Holm", familyResults],
    ["repeated gate", gateResults],
    ["tries of real forests", (runs: number, own: Rng) => triesResults(tables, runs, own)],
    ["rows needed", rowsNeededResults],
  ] as const) {
    if (!wanted(name)) continue;
    progress?.(name);
    results.push(...part(replications, rng));
  }
  return results;
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
  return kind === "known-liberal" ? "known liberal" : "";
}
