/** Tables without any signal: features and target are drawn apart, so whatever beats the constant does it by luck. */
import { seeded, type Rng } from "../api.ts";

export type Row = Readonly<Record<string, unknown>>;

export interface NoiseWorld {
  readonly name: string;
  readonly task: "binary" | "multiclass" | "regression";
  readonly rows: number;
  readonly target: (rng: Rng, row: number) => string | number;
}

/** Classes of exactly even size make other rungs say what the constant says, but for rounding. */
export const noiseWorlds: readonly NoiseWorld[] = [
  { name: "two even classes", task: "binary", rows: 240, target: (_, row) => ["a", "b"][row % 2] },
  { name: "three even classes", task: "multiclass", rows: 240, target: (_, row) => ["a", "b", "c"][row % 3] },
  { name: "regression", task: "regression", rows: 240, target: (rng) => rng.normal() },
  { name: "4 positives", task: "binary", rows: 3000, target: (_, row) => (row % 750 === 0 ? "yes" : "no") },
];

/** Two numbers, one of few values, a category, and a target that has nothing to do with them. */
export function noiseTable(world: NoiseWorld, seed: number, rows: number = world.rows): Row[] {
  const rng = seeded(`noise ${world.name} ${seed}`);
  return Array.from({ length: rows }, (_, row) => ({
    a: rng.normal(),
    b: rng.normal(),
    c: Math.round(10 * rng.uniform()),
    d: "pqrs"[rng.below(4)],
    y: world.target(rng, row),
  }));
}

/** What a benchmark says of its champion. */
export interface Chosen {
  readonly rung: string;
  readonly evidence: readonly { readonly rung: string; readonly difference: number | null }[];
}

/** Did the champion win by what rounding could have made? Differences of losses near 1 are meant. */
export function wonByRounding({ rung, evidence }: Chosen): boolean {
  const constant = evidence.find((one) => one.rung === "constant")?.difference ?? 0;
  return rung !== "constant" && Math.abs(constant) < 1e-9;
}
