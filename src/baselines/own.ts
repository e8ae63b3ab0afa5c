/** Estimators of one's own: are they what they say they are? */
import type { Task } from "../frame/dataset.ts";
import { OptionError } from "../error.ts";
import type { Estimator } from "./contract.ts";

const TASKS: readonly Task[] = ["binary", "multiclass", "regression"];
const ROLES: readonly Estimator["role"][] = ["baseline", "challenger", "reference"];
const NEEDS: readonly string[] = ["forecast", "time", "groups", "features", "numbers", "text"];

/** It is a key in artifacts and the name of a file. */
const NAME = /^[a-z0-9][a-z0-9_.-]*$/i;

/**
 * Checks records that were handed in; TypeScript sees most of it, JavaScript nothing.
 * @param where What they are a part of, for messages: `estimators`.
 * @param taken Names of others beside them.
 * @throws OptionError that names the first estimator and the member that is not what it should be, or two of one name.
 */
export function requireEstimators(
  where: string,
  given: readonly unknown[],
  taken: readonly string[],
): asserts given is readonly Estimator[] {
  const names = new Set(taken);
  for (const [i, one] of given.entries()) {
    const fault = faultIn(one);
    const named = (one as Partial<Estimator> | undefined)?.name;
    const who = typeof named === "string" && named !== "" ? JSON.stringify(named) : `number ${i + 1}`;
    if (fault !== undefined) throw new OptionError(`${where}: ${who}: ${fault}`);
    if (names.has(named!)) throw new OptionError(`${where}: there is an estimator ${who} already; choose another name`);
    names.add(named!);
  }
}

/** What is wrong with a record, in words, or nothing. */
export function faultIn(given: unknown): string | undefined {
  if (typeof given !== "object" || given === null) return `wanted an estimator (a record), got ${typeof given}`;
  const one = given as Readonly<Record<string, unknown>>;
  if (typeof one.name !== "string" || !NAME.test(one.name))
    return "wanted a name of letters, digits, dots, dashes and underscores that begins with a letter or digit";
  for (const key of ["family", "title"])
    if (typeof one[key] !== "string" || one[key] === "") return `wanted a text as ${key}`;
  if (!ROLES.includes(one.role as Estimator["role"])) return `wanted a role, one of ${ROLES.join(", ")}`;
  if (!isSome(one.tasks, TASKS) || one.tasks.length === 0) return `wanted tasks, some of ${TASKS.join(", ")}`;
  if (one.needs !== undefined && !isSome(one.needs, NEEDS)) return `wanted needs, some of ${NEEDS.join(", ")}`;
  for (const key of ["space", "fit", "fromJSON"])
    if (typeof one[key] !== "function") return `wanted a function as ${key}`;
  for (const key of ["prepare", "fitSteps", "predictAll"])
    if (one[key] !== undefined && typeof one[key] !== "function") return `wanted a function as ${key}, or none`;
  return undefined;
}

function isSome(given: unknown, known: readonly string[]): given is readonly string[] {
  return Array.isArray(given) && given.every((one) => known.includes(one as string));
}
