/**
 * Fuzzing: a few hundred cases in every test run, as many as asked for by hand (`FUZZ=100000 npx vitest run test/fuzz`;
 * `FUZZ_SEED` names another run). Every case has a number, and is made from that number alone.
 */
import { expect } from "vitest";
import { isStated } from "../../src/error.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";

const asked = Number(process.env["FUZZ"] ?? 0);
const seed = process.env["FUZZ_SEED"] ?? "1";

/** How a case of untrusted input may end: refused with a sentence, or accepted. */
export type Ending = "refused" | "accepted";

export interface Fuzz<E extends string = Ending> {
  readonly name: string;
  /** Cases in an ordinary test run. */
  readonly few: number;
  /** Cases of a long run per case that was asked for. */
  readonly share?: number;
  /** How some case must end, or nothing was tried; default: some are refused, some accepted. */
  readonly must?: readonly E[];
  /** Runs a case and says how it ended; throws when something is wrong. */
  readonly run: (rng: Rng, number: number) => Promise<E>;
}

export const MOST_MILLISECONDS: number = 24 * 3600 * 1000;

/** Runs the cases, and fails with the numbers and sentences of those that ended badly. */
export async function fuzz<E extends string = Ending>(plan: Fuzz<E>): Promise<void> {
  const { name, few, share = 1, must = ["refused", "accepted"], run } = plan;
  const cases = asked > 0 ? Math.ceil(asked * share) : few;
  const counts = new Map<string, number>();
  const bad: string[] = [];
  for (let number = 0; number < cases && bad.length < 20; number++)
    try {
      const ending = await run(seeded(`fuzz ${name} ${seed}`).split(number), number);
      counts.set(ending, (counts.get(ending) ?? 0) + 1);
    } catch (error) {
      bad.push(`case ${number}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  if (asked > 0) {
    const endings = [...counts].map(([ending, count]) => `${count} ${ending}`);
    process.stderr.write(`${name}: ${cases} cases, ${endings.join(", ")}, ${bad.length} bad\n`);
  }
  expect(bad).toEqual([]);
  for (const ending of must) expect(counts.has(ending), `${name}: some ${ending}`).toBe(true);
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
