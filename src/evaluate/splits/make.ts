import type { Dataset, Rows } from "../../frame/dataset.ts";
import { seeded } from "../../numeric/rng.ts";
import { OptionError } from "../../error.ts";
import type { Part, Scheme, Splits } from "./contract.ts";
import { countUnits, dealFolds, LEAST_UNITS, unitOf, type Unit } from "./deal.ts";
import { dealHoldout } from "./holdout.ts";
import { rowsDealt, scattered } from "./plan.ts";
import { percent } from "../../words/numbers.ts";

export interface SplitOptions {
  readonly seed: string | number;
  /** Default 5; fewer where there are fewer groups or times. With an expanding window, the number of scored folds (there is one block more). */
  readonly folds?: number | undefined;
  /** Default 1; below 500 rows 2 to 10, as many as are needed. Fewer where there are not as many ways to deal. */
  readonly repeats?: number | undefined;
  /** Share of rows held out; default 0.2, or 0 below 500 rows or when there is a test file. */
  readonly holdout?: number | undefined;
  /** Groups that a default holdout has where there are three times as many, so that it can judge; default 1. */
  readonly heldGroups?: number | undefined;
  /** Default: `expanding` when the dataset has a time, else `kfold`. */
  readonly kind?: "kfold" | "expanding" | undefined;
  /** What the columns of groups and times are called, for messages. */
  readonly names?: { readonly groups?: string | undefined; readonly times?: string | undefined } | undefined;
  /** Rows from here on belong to a test file. */
  readonly testFrom?: number | undefined;
}

/** Where the design changes: below it no holdout is cut and cross-validation is repeated. */
export const SMALL = 500;
/** Repeats of the cross-validation of small tables. */
const USUAL = { atLeast: 2, atMost: 10 } as const;

/** Rows that have a target. */
export function usableRows({ target, rows: all }: Dataset): Rows {
  const rows = new Int32Array(all);
  let count = 0;
  for (let i = 0; i < all; i++)
    if (target.task === "regression" ? target.values[i] === target.values[i] : target.codes[i] >= 0) rows[count++] = i;
  return rows.slice(0, count);
}

/**
 * Cuts the holdout and deals the folds: by class or by order of the target; by whole groups where the dataset has
 * groups; in order of time where it has a time (the holdout is then the latest rows). What is made fits the table: no fold is
 * empty, and no fold is more than groups or times allow.
 * @throws OptionError when there are too few rows, groups or times for two scored folds, or an option is out of range.
 */
export function makeSplits(data: Dataset, options: SplitOptions): Splits {
  const testFrom = options.testFrom ?? data.rows;
  const usable = usableRows(data);
  const own = testFrom < data.rows ? usable.filter((row) => row < testFrom) : usable;
  const kind = options.kind ?? (data.time ? "expanding" : "kfold");
  if (kind === "expanding" && !data.time) throw new OptionError("splits: an expanding window needs a time (--time)");
  const scheme = kind === "expanding" ? "expanding" : "exchange";
  const folds = whole("folds", options.folds ?? 5, 2) + (scheme === "expanding" ? 1 : 0);
  const asked = options.repeats === undefined ? undefined : whole("repeats", options.repeats, 1);
  if (scheme === "expanding" && asked !== undefined && asked > 1)
    throw new OptionError("splits: an expanding window cannot be repeated; leave --repeats out");
  if (options.holdout !== undefined && !(options.holdout >= 0 && options.holdout < 1))
    throw new OptionError(`splits: the holdout must be a share from 0 up to 1, got ${options.holdout}`);
  if (options.holdout !== undefined && options.holdout > 0 && testFrom < data.rows)
    throw new OptionError("splits: a test table takes the place of the holdout; leave --holdout (or --test) out");
  const unit = unitOf(data, scheme);
  const name = unit === "rows" ? undefined : options.names?.[unit];
  requireUnits(countUnits(data, own, scheme), unit, scheme, 0, name);
  const share = options.holdout ?? defaultShare(data, own, scheme, testFrom < data.rows);
  if (share > 0) requireUnits(countUnits(data, own, scheme), unit, scheme, share, name);
  const rng = seeded(options.seed).split("splits");
  const heldGroups = options.holdout === undefined ? (options.heldGroups ?? 1) : 1;
  const held =
    share === 0 ? new Int32Array(own.length) : dealHoldout(data, own, share, scheme, heldGroups, rng.split("holdout"));
  const train = rowsDealt(own, held, 0);
  const units = countUnits(data, train, scheme);
  if (units < LEAST_UNITS[scheme] || (options.folds !== undefined && unit === "rows" && units < folds))
    throw new OptionError(
      `splits: ${folds} folds need at least ${folds} rows with a target to train on, got ${train.length}`,
    );
  const blocks = Math.min(folds, units);
  const usual = own.length < SMALL && scheme === "exchange" ? USUAL.atMost : 1;
  const part = Array<Part>(data.rows).fill("unused");
  for (let i = 0; i < usable.length; i++) part[usable[i]] = usable[i] >= testFrom ? "test" : "train";
  for (let i = 0; i < own.length; i++) if (held[i] === 1) part[own[i]] = "holdout";
  const deals = Array.from({ length: asked ?? usual }, (_, repeat) =>
    dealFolds(data, train, blocks, scheme, rng.split("folds").split(repeat)),
  );
  const fold = differentDeals(deals).map((dealt) => scattered(dealt, train, data.rows));
  return {
    kind: kind === "kfold" && data.groups ? "group" : kind,
    scheme,
    seed: String(options.seed),
    folds: blocks,
    repeats: fold.length,
    ...(asked === undefined && fold.length > USUAL.atLeast && { atLeast: USUAL.atLeast }),
    part,
    fold,
    reason: `${howDealt(data, unit)}; ${howHeld(own.length, train.length, unit, testFrom < data.rows, units <= LEAST_UNITS[scheme])}`,
  };
}

/** Deals that put the same rows together say the same twice: the first of them stays. Few units can be dealt in few ways. */
function differentDeals(deals: readonly Int32Array[]): readonly Int32Array[] {
  if (deals.length < 2) return deals;
  const known = new Set<string>();
  return deals.filter((dealt) => {
    const place = new Map<number, number>();
    const key = dealt.map((part) => place.get(part) ?? (place.set(part, place.size), place.size - 1)).join();
    return known.size < known.add(key).size;
  });
}

/** A fifth from 500 rows on, where that leaves enough to fold; nothing beside a test table. */
function defaultShare(data: Dataset, own: Rows, scheme: Scheme, hasTest: boolean): number {
  if (hasTest || own.length < SMALL) return 0;
  return countUnits(data, own, scheme) > LEAST_UNITS[scheme] ? 0.2 : 0;
}

/** What a design needs, in words that say what to do about it. */
const NEEDS: Readonly<Record<Unit, { readonly what: string; readonly why: string; readonly remedy: string }>> = {
  rows: { what: "rows with a target", why: "", remedy: "give more rows" },
  groups: {
    what: "different groups",
    why: ", so that models are scored on groups they have not seen",
    remedy: "leave --group (or --group-duplicates) out, or name a column with more groups",
  },
  times: {
    what: "different times",
    why: ", of which the first are only trained on",
    remedy: "leave --time out, or say --split-kind kfold",
  },
};

/** @throws OptionError when two folds cannot be scored, beside the holdout that is asked for. */
function requireUnits(count: number, unit: Unit, scheme: Scheme, share: number, name: string | undefined): void {
  const least = LEAST_UNITS[scheme] + (share > 0 ? 1 : 0);
  if (count >= least) return;
  const { what, why, remedy } = NEEDS[unit];
  const [beside, without] =
    share > 0 ? [` and a holdout of ${share}`, ", or hold nothing out (--holdout 0)"] : ["", ""];
  const where = name === undefined ? "" : ` in column ${JSON.stringify(name)}`;
  throw new OptionError(
    `splits: two scored folds${beside} need at least ${least} ${what}${why}, got ${count}${where}; ${remedy}${without}`,
  );
}

function howDealt({ target }: Dataset, unit: Unit): string {
  if (unit === "times")
    return "in order of time: each fold but the first is scored by a model trained on the earlier ones";
  if (unit === "groups") return "by whole groups, so that no fold is scored by a model that has seen its groups";
  return target.task === "regression"
    ? "stratified random split, over the target's range"
    : "stratified random split, by class";
}

function howHeld(own: number, train: number, unit: Unit, hasTest: boolean, tooFew: boolean): string {
  if (train < own) return `${percent(1 - train / own)} held out`;
  if (hasTest) return "scored on the test table";
  if (own < SMALL) return `no holdout: ${own} rows are fewer than ${SMALL}`;
  return tooFew ? `no holdout: there are too few ${unit} for one` : "no holdout";
}

function whole(name: string, value: number, least: number): number {
  if (!Number.isInteger(value) || value < least)
    throw new OptionError(`splits: ${name} must be a whole number from ${least}, got ${value}`);
  return value;
}
