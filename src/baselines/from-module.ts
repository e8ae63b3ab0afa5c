/** Estimators of one's own that lie in a module: threads import it, where a function could not be sent. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { didYouMean, OptionError } from "../error.ts";
import type { Estimator } from "./contract.ts";
import { requireEstimators } from "./own.ts";

/** Where an estimator is to be found: `{ module: "./mine.mjs" }`. */
export interface EstimatorModule {
  /** File, from the current folder, or URL. Every thread imports it by itself, so its estimators may share no state. */
  readonly module: string | URL;
  /** What it exports the estimator as; default: `default`. */
  readonly export?: string;
}

/** The same as plain data, for threads. */
export interface ImportedFrom {
  readonly href: string;
  readonly export: string;
}

/** Estimators of one's own, ready to be used. */
export interface OwnEstimators {
  readonly estimators: readonly Estimator[];
  /** Where threads find them; absent: some of them are at hand in this thread only. */
  readonly modules?: readonly ImportedFrom[];
}

/**
 * Imports what lies in modules, and checks all of them.
 *
 * @param where What they are a part of, for messages: `estimators`. @param taken Names of others beside them.
 * @throws OptionError for a module that cannot be imported or lacks the export, and as `requireEstimators`.
 */
export async function ownEstimators(
  where: string,
  given: readonly (Estimator | EstimatorModule)[],
  taken: readonly string[],
): Promise<OwnEstimators> {
  const modules = given.flatMap((one) => (isModule(one) ? [placeOf(where, one)] : []));
  const imported = (await importAll(where, modules)).values();
  const estimators = given.map((one): unknown => (isModule(one) ? imported.next().value : one));
  requireEstimators(where, estimators, taken);
  return { estimators, ...(modules.length === given.length && { modules }) };
}

/** What threads do with what they were sent. */
export async function importAll(where: string, modules: readonly ImportedFrom[]): Promise<readonly unknown[]> {
  return Promise.all(modules.map((one) => importOne(where, one)));
}

export function isModule(given: unknown): given is EstimatorModule {
  return typeof given === "object" && given !== null && "module" in given;
}

function placeOf(where: string, { module, export: name = "default" }: EstimatorModule): ImportedFrom {
  if (!(typeof module === "string" && module !== "") && !(module instanceof URL))
    throw new OptionError(`${where}: wanted a file or URL as module, got ${JSON.stringify(module) ?? typeof module}`);
  if (typeof name !== "string" || name === "")
    throw new OptionError(`${where}: wanted the name of an export, got ${JSON.stringify(name) ?? typeof name}`);
  const isUrl = module instanceof URL || /^(file|data):/.test(module);
  return { href: isUrl ? String(module) : pathToFileURL(resolve(module)).href, export: name };
}

async function importOne(where: string, { href, export: name }: ImportedFrom): Promise<unknown> {
  let found: Readonly<Record<string, unknown>>;
  try {
    found = (await import(href)) as typeof found;
  } catch (error) {
    throw new OptionError(`${where}: ${href} cannot be imported (${(error as Error).message})`, { cause: error });
  }
  const names = Object.keys(found);
  if (!Object.hasOwn(found, name))
    throw new OptionError(
      `${where}: ${href} exports no ${name}${didYouMean(name, names)}; it exports ${names.join(", ") || "nothing"}`,
    );
  return found[name];
}
