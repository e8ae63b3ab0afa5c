/** Where the splits that were made fall short: of what was asked for, of what a verdict needs, of keeping apart what belongs together. */
import { guardRows } from "../compare/guards.ts";
import { independence } from "../compare/independence.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";
import { merged } from "../frame/rows.ts";
import type { Schema } from "../schema/schema.ts";
import type { Warning } from "../frame/warning.ts";
import { counted, whole } from "../words/numbers.ts";
import { quoted } from "../words/texts.ts";
import type { Design } from "../evaluate/rung.ts";
import { targetAt } from "../frame/take.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import { unitOf } from "../evaluate/splits/deal.ts";
import { dependenceAt } from "../intake/fold-part.ts";
import { splitWarnings } from "./split-warnings.ts";
import type { TrainOptions } from "../intake/options.ts";
import { detailWords } from "../report/detail.ts";

/** Findings about the design of the run; known before anything is fitted. O(rows x folds). */
export function designWarnings(
  data: Dataset,
  schema: Schema,
  splits: Splits,
  design: Design,
  asked: TrainOptions,
): readonly Warning[] {
  return [
    ...groupless(schema),
    ...fewerThanAsked(data, splits, asked),
    ...unevenFolds(splits, design),
    ...classesMissing(data, design),
    ...tooFewToJudge(data, design),
    ...splitWarnings(data, splits, design),
  ];
}

/** Rows without a group are dealt one by one, as if each were a group of its own. */
function groupless({ columns }: Schema): readonly Warning[] {
  return columns
    .filter(({ role, missing }) => role === "group" && missing > 0)
    .map(({ name, missing }) => ({
      code: "groups-missing",
      column: name,
      message: `${counted(missing, "row")} without a group in ${name}: each is dealt as a group of its own`,
      count: missing,
    }));
}

function fewerThanAsked(data: Dataset, splits: Splits, { folds = 5, repeats = 1 }: TrainOptions): readonly Warning[] {
  if (splits.kind === "given") return [];
  const scored = splits.scheme === "expanding" ? splits.folds - 1 : splits.folds;
  const unit = unitOf(data, splits.scheme);
  const found: Warning[] = [];
  if (scored < folds)
    found.push({
      code: "fewer-folds",
      message: `${scored} folds are scored instead of ${folds}: there are not enough ${unit} for more`,
      count: scored,
    });
  if (splits.repeats < repeats)
    found.push({
      code: "fewer-repeats",
      message: `cross-validation is repeated ${splits.repeats} instead of ${repeats} times: there are no other ways to deal these ${unit}`,
      count: splits.repeats,
    });
  return found;
}

/** One group or time that outweighs the others makes folds that are hardly comparable. */
function unevenFolds({ kind }: Splits, { plans }: Design): readonly Warning[] {
  const sizes = plans[0].parts.map((part) => part.length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (kind === "given" || most < 4 * least + 4) return [];
  return [
    {
      code: "uneven-folds",
      message: `folds have from ${whole(least)} to ${whole(most)} rows, because groups and times are kept whole; cross-validated scores are means over folds, large and small alike`,
      count: most,
    },
  ];
}

function classesMissing({ target }: Dataset, { plans, repeats }: Design): readonly Warning[] {
  if (target.task === "regression") return [];
  const lacking = (...parts: readonly Rows[]): number[] => {
    const seen = target.classes.map(() => false);
    for (const rows of parts) for (let i = 0; i < rows.length; i++) seen[target.codes[rows[i]]] = true;
    return [...seen.keys()].filter((code) => !seen[code]);
  };
  const folds = plans.slice(0, repeats).flatMap(({ parts, folds }) =>
    folds.map(({ test, train }) => ({
      scored: lacking(parts[test]),
      trained: lacking(...train.map((part) => parts[part])),
    })),
  );
  const bare = folds.filter(({ scored }) => scored.length > 0).length;
  if (bare === 0) return [];
  const names = (codes: readonly number[]): string => quoted(target.classes.filter((_, code) => codes.includes(code)));
  const blind = folds.filter(({ trained }) => trained.length > 0);
  const untrained =
    blind.length === 0
      ? ""
      : `, and ${blind.length === 1 ? "1 is scored by a model" : `${blind.length} are scored by models`} trained without some class (${names(blind.flatMap(({ trained }) => trained))})`;
  return [
    {
      code: "classes-missing-in-folds",
      message: `${bare} of ${folds.length} folds ${bare === 1 ? "lacks rows" : "lack rows"} of some class (${names(folds.flatMap(({ scored }) => scored))})${untrained}; metrics that need every class are not defined on them`,
      count: bare,
    },
  ];
}

/** The guards that a verdict will meet, asked before anything is trained. */
function tooFewToJudge(data: Dataset, { held, plans }: Design): readonly Warning[] {
  const rows = held.length > 0 ? held : merged(plans[0].folds.map(({ test }) => plans[0].parts[test]));
  const units = independence(rows.length, dependenceAt(data, rows));
  const guard = guardRows(targetAt(data.target, rows), units, [], { alpha: 0.05 });
  if (guard === undefined) return [];
  const [where, remedy] =
    held.length > 0
      ? ["the held-out rows", "hold out more (--holdout), or have challengers answer the out-of-fold rows"]
      : ["these rows", `more ${units.unit} are needed`];
  return [
    {
      code: "too-few-to-judge",
      message: `no challenger can be judged on ${where}: ${detailWords(guard.detail)}; ${remedy}`,
      count: units.units,
    },
  ];
}
