/** A law is a claim and a check that can fail. Built-in members and yours are held against the same ones. */
import { isDeepStrictEqual } from "node:util";
import { requireKnown, StatedError } from "../error.ts";
import { shown } from "../options/check.ts";
import type { OptionRecord } from "../options/contract.ts";
import { given, texts } from "../options/kinds.ts";

/** One thing that every member of a kind promises. `Case`: a member, and what it is tried on. */
export interface Law<Case> {
  /** For `laws` and `except`: `row-order`. */
  readonly name: string;
  /** In words: "the order of the training rows does not matter". */
  readonly claim: string;
  /** Does the member promise it? Absent: every one does. */
  readonly applies?: (it: Case) => boolean;
  /** @throws when the law is broken. */
  readonly check: (it: Case) => void;
}

/** A member breaks a law: the message says whose law it is, what it claims and what was found. */
export class LawError extends StatedError {
  override readonly name = "LawError";
  override readonly code = "law";
  /** The name of the law. */
  readonly law: string;

  constructor(law: string, message: string, cause: unknown) {
    super(message, { cause });
    this.law = law;
  }
}

/** Which laws are tried. */
export interface LawOptions {
  /** Names of the only laws to try; default: all. */
  readonly laws?: readonly string[];
  /** Laws that are known to be broken, by name, and why that is right. */
  readonly except?: Readonly<Record<string, string>>;
}

export const lawOptions: readonly OptionRecord[] = [
  { group: "Check", key: "laws", only: "api", kind: texts, help: "names of the only laws to try" },
  {
    group: "Check",
    key: "except",
    only: "api",
    kind: given("reasons by the name of a law", (value) => typeof value === "object" && value !== null),
    help: "laws that are known to be broken, and why",
  },
];

/**
 * Tries the laws in order.
 * @param who Whose laws they are, for messages: `mean, regression`.
 * @returns The names of the laws that were tried and hold.
 * @throws LawError with the first one that is broken; OptionError for a law that does not exist.
 */
export function requireLaws<Case>(
  who: string,
  laws: readonly Law<Case>[],
  it: Case,
  { laws: only, except = {} }: LawOptions,
): readonly string[] {
  const names = laws.map(({ name }) => name);
  for (const name of [...(only ?? []), ...Object.keys(except)]) requireKnown("laws", "law", name, names);
  const tried = laws.filter(
    ({ name, applies }) => (only ?? names).includes(name) && !Object.hasOwn(except, name) && applies?.(it) !== false,
  );
  for (const { name, claim, check } of tried)
    try {
      check(it);
    } catch (error) {
      throw new LawError(name, `${who}: ${claim} (law ${name}): ${foundBy(error)}`, error);
    }
  return tried.map(({ name }) => name);
}

function foundBy(error: unknown): string {
  if (error instanceof Breach) return error.message;
  return error instanceof Error ? `it threw ${error.name}: ${error.message}` : `it threw ${shown(error)}`;
}

/** What a check found, without whose law it is. */
class Breach extends Error {}

/** @throws when the condition does not hold. @param found What was found instead, in words. */
export function holds(condition: boolean, found: string | (() => string)): asserts condition {
  if (!condition) throw new Breach(typeof found === "string" ? found : found());
}

/** The same in every member and to the last bit. @param what What is compared, in words. */
export function same(got: unknown, wanted: unknown, what: string): void {
  if (isDeepStrictEqual(got, wanted)) return;
  const place = firstDifference(got, wanted);
  const at = place.path === "" ? what : `${what}, at ${place.path.slice(1)}`;
  throw new Breach(`${at}: wanted ${shown(place.wanted)}, got ${shown(place.got)}`);
}

interface Difference {
  readonly path: string;
  readonly got: unknown;
  readonly wanted: unknown;
}

/** The innermost place where two unequal values differ. */
function firstDifference(got: unknown, wanted: unknown, path = ""): Difference {
  if (typeof got !== "object" || typeof wanted !== "object" || got === null || wanted === null)
    return { path, got, wanted };
  const [a, b] = [got, wanted] as Readonly<Record<string, unknown>>[];
  const key = Object.keys({ ...b, ...a }).find((one) => !isDeepStrictEqual(a[one], b[one]));
  return key === undefined ? { path, got, wanted } : firstDifference(a[key], b[key], `${path}.${key}`);
}

/** The call throws an error of this class. @returns what was thrown. */
export function throws<E extends Error>(act: () => unknown, type: new (...args: never[]) => E, what: string): E {
  try {
    act();
  } catch (error) {
    holds(error instanceof type, () => `${what}: wanted a ${type.name}, got ${String(error)}`);
    return error;
  }
  throw new Breach(`${what}: wanted a ${type.name}, and nothing was thrown`);
}
