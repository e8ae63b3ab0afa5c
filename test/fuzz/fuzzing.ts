/**
 * Fuzzing: a few hundred cases in every test run, as many as asked for by hand (`FUZZ=100000 npx vitest run test/fuzz`;
 * `FUZZ_SEED` names another run). Every case has a number, and is made from that number alone.
 */
import { expect } from "vitest";
import { isStated } from "../../src/error.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";

const asked = Number(process.env["FUZZ"] ?? 0);
const seed = process.env["FUZZ_SEED"] ?? "1";

/** How a case may end: refused with a sentence, or accepted. */
export type Ending = "refused" | "accepted";

export interface Fuzz {
  readonly name: string;
  /** Cases in an ordinary test run. */
  readonly few: number;
  /** Cases of a long run per case that was asked for. */
  readonly share?: number;
  /** Every case must be accepted; default: some must be, and some refused. */
  readonly acceptsAll?: true;
  /** Runs a case; throws what is no stated error when something is wrong. */
  readonly run: (rng: Rng, number: number) => Promise<Ending>;
}

export const MOST_MILLISECONDS: number = 24 * 3600 * 1000;

/** Runs the cases, and fails with the numbers and sentences of those that ended badly. */
export async function fuzz({ name, few, share = 1, acceptsAll, run }: Fuzz): Promise<void> {
  const cases = asked > 0 ? Math.ceil(asked * share) : few;
  const counts = { refused: 0, accepted: 0 };
  const bad: string[] = [];
  for (let number = 0; number < cases && bad.length < 20; number++)
    try {
      counts[await run(seeded(`fuzz ${name} ${seed}`).split(number), number)]++;
    } catch (error) {
      bad.push(`case ${number}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  if (asked > 0) process.stderr.write(`${name}: ${cases} cases, ${JSON.stringify(counts)}, ${bad.length} bad\n`);
  expect(bad).toEqual([]);
  if (acceptsAll) expect(counts.refused, `${name}: refused`).toBe(0);
  else expect(counts.refused, `${name}: refused`).toBeGreaterThan(0);
  expect(counts.accepted, `${name}: accepted`).toBeGreaterThan(0);
}

/** What a piece of work ends in. @throws whatever is no stated error. */
export async function endingOf(work: () => Promise<void> | void): Promise<Ending> {
  try {
    await work();
    return "accepted";
  } catch (error) {
    if (!isStated(error)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
    return "refused";
  }
}

export function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[rng.below(list.length)];
}
