/** Which column is to be predicted, and what kind of prediction that is. */
import type { Task } from "../frame/dataset.ts";
import { didYouMean } from "../error.ts";
import { DataError } from "../frame/error.ts";
import { distinctTexts, type RawColumn, type Table } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { counted, whole } from "../words/numbers.ts";
import { few, flagItem, inList } from "../words/texts.ts";
import { detectDates } from "./dates.ts";
import { dateNumbers } from "./kinds.ts";
import { soundsLikeKey } from "./names.ts";
import { classOf, compareLevels, isNumberText } from "./levels.ts";
import { DISTINCT_CAP, LARGEST, type Profile } from "./profile.ts";
import type { SchemaOptions, TargetSchema } from "./schema.ts";

const TARGET_NAMES = ["target", "label", "class", "y"];
/** More classes than this are no classification that a simple model could be measured by. */
const MAX_CLASSES = 1000;
const FEW_WHOLE = 20;

export interface TargetChoice {
  readonly name: string;
  readonly reason: string;
  /** It is only the last column: neither asked for nor named like a target. */
  readonly guessed: boolean;
}

/**
 * The target column: the one asked for, else one named target, label, class or y in any case (but not y between x and z), else
 * the last that is not named like an id or an index.
 */
export function chooseTarget(table: Table, asked: string | undefined, taken: ReadonlySet<string>): TargetChoice {
  if (asked !== undefined) return { name: asked, reason: "as asked", guessed: false };
  for (const wanted of TARGET_NAMES) {
    const found = table.columns.find(({ name }) => name.toLowerCase() === wanted && !isCoordinate(table, name));
    if (found !== undefined) return { name: found.name, reason: `it is named ${found.name}`, guessed: false };
  }
  const free = table.columns.filter(({ name }) => !taken.has(name));
  const { name } =
    free.findLast(({ name }) => !soundsLikeKey(name)) ?? free.at(-1) ?? table.columns[table.columns.length - 1];
  const last = name === free.at(-1)?.name ? "the last column" : "the last column that is not named like an id";
  return { name, reason: `guessed: it is ${last}; say --target to choose another`, guessed: true };
}

/** Y between X and Z is a place, or what Z depends on. */
function isCoordinate({ columns }: Table, name: string): boolean {
  const at = columns.findIndex((column) => column.name === name);
  const around = columns.slice(Math.max(0, at - 1), at + 2).map((column) => column.name);
  return ["x,y,z", "X,Y,Z"].includes(around.join());
}

/** Distinct classes of a target, in order; numbers in their shortest form, texts trimmed and without quotes around them. */
function classesOf(column: RawColumn): string[] {
  return [...new Set(distinctTexts(column).map(classOf))].filter((text) => text !== "").toSorted(compareLevels);
}

/**
 * Task and classes of the target.
 *
 * @throws DataError when the user asked for a task or a positive class that the column cannot have.
 */
export function judgeTarget(
  table: Table,
  column: RawColumn,
  profile: Profile,
  { reason, guessed }: TargetChoice,
  options: SchemaOptions,
  warn: (warning: Warning) => void,
): TargetSchema {
  const { name } = column;
  const { missing } = profile;
  const many = profile.kind === "number" && !profile.exact;
  const classes = many ? [] : classesOf(column);
  const numeric = column.kind === "number" || classes.every(isNumberText);
  const distinct = many ? DISTINCT_CAP : classes.length;
  const { task, taskReason } = taskOf(options, distinct, numeric);
  const facts = { name, reason, ...(guessed && { guessed }), task, taskReason, missing };
  const clipped = profile.kind === "number" ? profile.clipped : 0;
  const dates =
    column.kind === "number" && profile.kind === "number"
      ? options.task === undefined && profile.whole && dateNumbers("", column.values, profile) !== undefined
      : !numeric && distinct > 2 && task !== "regression" && detectDates(classes) !== undefined;
  const problem = problemOf(table, column, { task, distinct, numeric, missing, clipped, dates, guessed });
  if (task === "regression") {
    if (problem === undefined && options.positive !== undefined)
      throw new DataError(
        `target ${JSON.stringify(name)} has no positive class: the task is regression (say --task binary or multiclass)`,
      );
    if (problem === undefined && options.task === undefined && distinct <= FEW_WHOLE && isWhole(profile, classes))
      warn({
        code: "integer-target",
        column: name,
        message: `${name} holds ${whole(distinct)} distinct whole numbers and is taken as a quantity; if they are classes, say --task multiclass`,
        count: distinct,
        evidence: { values: classes },
      });
    return { ...facts, classes: [], ...(problem !== undefined && { problem }) };
  }
  if (problem !== undefined) return { ...facts, classes: classes.slice(0, MAX_CLASSES), problem };
  return { ...facts, classes: withPositiveLast(name, classes, options.positive) };
}

function taskOf(options: SchemaOptions, distinct: number, numeric: boolean): { task: Task; taskReason: string } {
  if (options.task !== undefined) return { task: options.task, taskReason: "as asked" };
  if (distinct === 2) return { task: "binary", taskReason: "two distinct values" };
  if (!numeric)
    return {
      task: "multiclass",
      taskReason: `${counted(distinct, "distinct value")} that ${distinct === 1 ? "is no number" : "are not numbers"}`,
    };
  return {
    task: "regression",
    taskReason: `numbers with ${distinct >= DISTINCT_CAP ? "many distinct values" : counted(distinct, "distinct value")}`,
  };
}

function problemOf(
  table: Table,
  column: RawColumn,
  target: {
    readonly task: Task;
    readonly distinct: number;
    readonly numeric: boolean;
    readonly missing: number;
    readonly clipped: number;
    readonly dates: boolean;
    readonly guessed: boolean;
  },
): string | undefined {
  const name = JSON.stringify(column.name);
  const { task, distinct, numeric, missing, clipped, dates, guessed } = target;
  if (table.rows === 0) return "the table has no rows";
  if (missing === table.rows) return `target ${name} is missing in all ${whole(table.rows)} rows${keptHint(column)}`;
  if (table.columns.length === 1)
    return `the table has only one column, ${name}, and nothing to predict it from${quotedHint(column.name)}`;
  if (distinct === 1)
    return `target ${name} has the same value in all rows${missing > 0 ? " that have one" : ""}, so there is nothing to learn${keptHint(column)}`;
  if (table.rows - missing === 1) return `target ${name} is known in one row only`;
  if (guessed && missing > table.rows / 2)
    return `target ${name} is missing in ${whole(missing)} of ${whole(table.rows)} rows; choose a target with --target`;
  if (dates)
    return `target ${name} holds dates, which are neither classes nor quantities; choose a target with --target`;
  if (task === "regression") {
    if (!numeric) return `target ${name} is not numeric, so it cannot be a regression target`;
    if (clipped > 0)
      return `target ${name} holds ${counted(clipped, "value")} beyond ${LARGEST}, too large to be squared; divide it by a power of ten`;
    return undefined;
  }
  if (task === "binary" && distinct !== 2)
    return `target ${name} has ${distinct} classes, not two; say --task multiclass`;
  if (!numeric && distinct > FEW_WHOLE && distinct > (table.rows - missing) / 2)
    return `target ${name} has ${whole(distinct)} distinct texts in ${whole(table.rows - missing)} rows, which are no classes; choose a target with --target`;
  if (distinct > MAX_CLASSES)
    return `target ${name} has ${distinct >= DISTINCT_CAP ? "more than " : ""}${whole(distinct)} distinct values, too many for classes; choose a target with --target`;
  return undefined;
}

/** What may be wrong with a table of one column, by its name. */
function quotedHint(name: string): string {
  return /[,;\t|]/.test(name) ? "; its lines seem to be quoted as a whole: take the quotes around them off" : "";
}

/** Of texts that were read as missing and may be classes: what they are, and how to keep them. Empty: none were. */
export function keptHint({ name, markers }: RawColumn): string {
  if (markers.length === 0) return "";
  const texts = markers.map(({ text, count }) => `${JSON.stringify(text)} (${counted(count, "cell")})`);
  const flag = markers.map(({ text }) => flagItem(`${name}=${text}`)).join(",");
  return `; ${few(texts)} ${markers.length === 1 ? "is" : "are"} read as missing: if ${markers.length === 1 ? "it is a class" : "they are classes"}, say --keep-na ${flag}`;
}

function isWhole(profile: Profile, classes: readonly string[]): boolean {
  if (profile.kind === "number") return profile.whole;
  return classes.every((text) => Number.isInteger(Number(text)));
}

function withPositiveLast(name: string, classes: readonly string[], asked: string | undefined): string[] {
  if (asked === undefined) return [...classes];
  const positive = classOf(asked);
  if (!classes.includes(positive))
    throw new DataError(
      `target ${JSON.stringify(name)} has no class ${JSON.stringify(asked)}${didYouMean(asked, classes)}; its classes are ${classes.slice(0, 10).map(inList).join(", ")}${classes.length > 10 ? ", ..." : ""}`,
    );
  return [...classes.filter((text) => text !== positive), positive];
}
