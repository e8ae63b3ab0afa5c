/** A cell: one world at one size, judged many times; what came out is counted. */
import type { ChallengerVerdict, Rng } from "./api.ts";

/** What is promised of a cell, and what came out. */
export interface CellResult {
  readonly study: string;
  readonly world: string;
  readonly setting: string;
  readonly rows: number;
  readonly replications: number;
  readonly justified: number;
  readonly not: number;
  readonly inconclusive: number;
  /** Share of runs in which [lower, upper] held the true gain; null where that is not asked. */
  readonly coverage: number | null;
  /** The error that is judged. */
  readonly error: number;
  /** `guaranteed`: the error must not exceed `bound` (beyond chance); else it is only shown. */
  readonly kind: "guaranteed" | "known-liberal" | "power";
  readonly bound: number | null;
  readonly exceeded: boolean;
}

export interface Cell {
  readonly study: string;
  readonly world: string;
  readonly setting: string;
  readonly rows: number;
  /** True gain on the scale of the margin; absent: coverage is not asked. */
  readonly gain?: number;
  readonly kind: CellResult["kind"];
  readonly bound?: number;
  /** Which answer is the error. Both: the larger share. */
  readonly wrong: "JUSTIFIED" | "NOT JUSTIFIED" | "both" | "neither";
  /** The other wrong answer of the same runs, told in a study of its own. */
  readonly other?: { readonly study: string; readonly wrong: "JUSTIFIED" | "NOT JUSTIFIED"; readonly bound: number };
  /** Share of the usual replications: costly cells take fewer. */
  readonly share?: number;
  run(rng: Rng): ChallengerVerdict;
}

/** Two and a half standard errors and a bit: one guaranteed cell in two hundred would fail by chance at its bound. */
export function limitOf(bound: number, replications: number): number {
  return bound + 2.58 * Math.sqrt((bound * (1 - bound)) / replications);
}

/** Runs a cell on a stream of its own, so that adding a cell changes no other. One result a study. */
export function runCell(cell: Cell, replications: number, rng: Rng): CellResult[] {
  const runs = Math.max(1, Math.round(replications * (cell.share ?? 1)));
  const own = rng.split(`${cell.study} ${cell.world} ${cell.setting} ${cell.rows}`);
  const counts = { JUSTIFIED: 0, "NOT JUSTIFIED": 0, INCONCLUSIVE: 0 };
  let covered = 0;
  for (let i = 0; i < runs; i++) {
    const v = cell.run(own.split(i));
    counts[v.verdict]++;
    const { lower, upper } = v.bounds;
    if (cell.gain !== undefined && (lower ?? -Infinity) <= cell.gain && cell.gain <= (upper ?? Infinity)) covered++;
  }
  const shared = {
    world: cell.world,
    setting: cell.setting,
    rows: cell.rows,
    replications: runs,
    justified: counts.JUSTIFIED / runs,
    not: counts["NOT JUSTIFIED"] / runs,
    inconclusive: counts.INCONCLUSIVE / runs,
    coverage: cell.gain === undefined ? null : covered / runs,
  };
  const errorOf = (wrong: Cell["wrong"]): number =>
    wrong === "neither"
      ? 0
      : wrong === "both"
        ? Math.max(counts.JUSTIFIED, counts["NOT JUSTIFIED"]) / runs
        : counts[wrong] / runs;
  const result = (study: string, wrong: Cell["wrong"], kind: Cell["kind"], bound: number | null): CellResult => {
    const error = errorOf(wrong);
    const exceeded = kind === "guaranteed" && bound !== null && error > limitOf(bound, runs);
    return { ...shared, study, error, kind, bound, exceeded };
  };
  const { other } = cell;
  return [
    result(cell.study, cell.wrong, cell.kind, cell.bound ?? null),
    ...(other === undefined ? [] : [result(other.study, other.wrong, "guaranteed", other.bound)]),
  ];
}
