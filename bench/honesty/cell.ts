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
  /** Share of runs in which [lower, upper] held the truth; null where that is not asked. */
  readonly coverage: number | null;
  /** The error that is judged. */
  readonly error: number;
  /** `guaranteed`: the error must not exceed `bound` (beyond chance), nor may intervals miss more often; else it is only shown. */
  readonly kind: "guaranteed" | "known-liberal" | "power" | "coverage";
  readonly bound: number | null;
  readonly exceeded: boolean;
  /** Of worlds whose worst rows are rare: the share of samples that hold none of them, where no test can know better. */
  readonly blind?: number;
}

export function isPromised({ kind, bound }: CellResult): boolean {
  return kind === "guaranteed" || (kind === "coverage" && bound !== null);
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
  readonly blind?: number;
  run(rng: Rng): ChallengerVerdict;
}

/** Two and a half standard errors and a bit: one guaranteed cell in two hundred would fail by chance at its bound. */
export function limitOf(bound: number, replications: number): number {
  return bound + 2.58 * Math.sqrt((bound * (1 - bound)) / replications);
}

/** The share of runs in which something happened, and what is promised of it. */
export type Happened = Pick<CellResult, "study" | "world" | "setting" | "rows" | "replications" | "kind" | "bound"> & {
  readonly share: number;
  /** The share that is wrong: as a rule that in which it happened. */
  readonly error?: number;
};

export function happened({ share, error = share, ...cell }: Happened): CellResult {
  const { kind, bound, replications } = cell;
  const exceeded = kind === "guaranteed" && bound !== null && error > limitOf(bound, replications);
  return { ...cell, justified: share, not: 0, inconclusive: 1 - share, coverage: null, error, exceeded };
}

/** Of intervals that were given, the share that held the truth; promised, unless it is said not to be, is the nominal share less two points. */
export function coverageResult(cell: {
  readonly study: string;
  readonly world: string;
  readonly setting: string;
  readonly rows: number;
  readonly given: number;
  readonly held: number;
  readonly promised?: boolean;
}): CellResult {
  const { given, held, promised = true, ...place } = cell;
  const error = given === 0 ? 0 : 1 - held / given;
  return {
    ...place,
    replications: given,
    justified: 0,
    not: 0,
    inconclusive: 0,
    coverage: given === 0 ? null : held / given,
    error,
    kind: "coverage",
    bound: promised ? LEAST_COVERAGE : null,
    exceeded: promised && given > 0 && error > limitOf(1 - LEAST_COVERAGE, given),
  };
}

const LEAST_COVERAGE = 0.93;

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
    ...(cell.blind !== undefined && { blind: cell.blind }),
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
