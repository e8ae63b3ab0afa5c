/** Records back into trials. */
import type { Point, Space } from "../space.ts";
import { pathPoints } from "../space/enumerate.ts";
import { type Direction, type Reading, type Report, type Trial, type TrialState, withReport } from "../trial.ts";
import { pointFromJSON } from "./distributions.ts";
import { type CreateTrial, JOURNAL_VERSION, JournalError, type JournalRecord } from "./records.ts";
import { decodeReport } from "./reports.ts";

/** What a study is: two runs with equal headers make the same proposals. */
export interface Header {
  readonly name: string;
  readonly metric: string;
  readonly direction: Direction;
  /** JSON text of what the study was made from: space, seed, sampler, folds, batch, racing, planned trials. */
  readonly recipe: string;
}

export interface Replayed {
  readonly trials: Trial[];
  /** By trial number and name. */
  readonly notes: Map<number, Map<string, string>>;
  readonly studyNotes: Map<string, string>;
  readonly enqueued: readonly Point[];
  readonly repeats: ReadonlyMap<number, readonly Report[]>;
  /** Is the metric's name written? */
  readonly named: boolean;
}

const STATES: Readonly<Record<number, TrialState>> = { 1: "complete", 2: "pruned", 3: "failed" };

/** @throws JournalError when the records are not a journal of this study. */
export function replay(records: readonly JournalRecord[], header: Header, reading: Reading, space: Space): Replayed {
  const trials: Trial[] = [];
  const notes = new Map<number, Map<string, string>>();
  const studyNotes = new Map<string, string>();
  let named = false;
  for (const [index, record] of records.entries()) {
    const line = index + 1;
    if ((index === 0) !== (record.op_code === 0))
      throw foreign(line, index === 0 ? "does not begin with a study" : "holds a second study");
    if (record.op_code === 0)
      checkStudy(record.study_name, record.directions[0] === 1 ? "minimize" : "maximize", header);
    else if (record.op_code === 2)
      for (const [name, value] of Object.entries(record.user_attr)) studyNotes.set(name, value);
    else if (record.op_code === 3) named ||= "study:metric_names" in record.system_attr;
    else if (record.op_code === 4) {
      checkHeader(studyNotes, header);
      trials.push(startTrial(record, trials.length, space, line));
      notes.set(trials.length - 1, new Map());
    } else if (record.op_code === 6 || record.op_code === 7 || record.op_code === 8) {
      const trial = trials[record.trial_id];
      if (trial === undefined) throw corrupt(line, `speaks of trial ${record.trial_id}, which has not begun`);
      if (trial.state !== "running") throw corrupt(line, `changes trial ${record.trial_id}, which has ended`);
      const known = notes.get(trial.number) as Map<string, string>;
      if (record.op_code === 8) for (const [name, value] of Object.entries(record.user_attr)) known.set(name, value);
      else if (record.op_code === 7)
        trials[trial.number] = withReport(trial, reportOf(record.step, record.intermediate_value, known), reading);
      else trials[trial.number] = endTrial(trial, STATES[record.state], record.values, known, line);
    } else
      throw foreign(
        line,
        `has a record of kind ${(record as { op_code: number }).op_code}, which baseline does not write`,
      );
  }
  if (trials.length === 0 && records.length > 0) checkVersion(studyNotes);
  if (studyNotes.has("baseline:study")) checkHeader(studyNotes, header);
  return { trials, notes, studyNotes, named, enqueued: enqueuedOf(studyNotes), repeats: repeatsOf(studyNotes) };
}

function startTrial(record: CreateTrial, number: number, space: Space, line: number): Trial {
  const origin = record.user_attrs?.["baseline:origin"];
  const folds = record.user_attrs?.["baseline:folds"];
  const point = pointFromJSON(space, record.params ?? {});
  if (origin === undefined || folds === undefined) throw foreign(line, `holds a trial that baseline did not write`);
  if (point === undefined) throw foreign(line, "holds a trial of another space");
  const order = folds.split(",").map(Number);
  return {
    number,
    point,
    path: pathPoints(space, point),
    origin,
    order,
    state: "running",
    reports: [],
    value: Number.NaN,
    chosen: -1,
  };
}

function reportOf(fold: number, shown: number, notes: ReadonlyMap<string, string>): Report {
  const payload = notes.get(`baseline:fold:${fold}`);
  return payload === undefined ? { fold, scores: [shown] } : decodeReport(fold, payload);
}

function endTrial(
  trial: Trial,
  state: TrialState | undefined,
  values: readonly [number] | null,
  notes: ReadonlyMap<string, string>,
  line: number,
): Trial {
  if (state === undefined) throw corrupt(line, "ends a trial in a state that is not known");
  const reason = notes.get("baseline:reason");
  const told = values === null || state !== "complete" ? trial.value : values[0];
  const ended = {
    ...trial,
    state,
    value: told,
    chosen: state === "complete" ? Math.max(trial.chosen, 0) : trial.chosen,
  };
  return reason === undefined ? ended : { ...ended, reason };
}

function checkStudy(name: string, direction: string, header: Header): void {
  if (name !== header.name)
    throw new JournalError("foreign", `journal: holds the study ${name}, wanted ${header.name}`);
  if (direction !== header.direction)
    throw new JournalError("foreign", `journal: holds a study to ${direction}, wanted to ${header.direction}`);
}

function checkVersion(studyNotes: ReadonlyMap<string, string>): void {
  const version = studyNotes.get("baseline:journal");
  if (version === undefined || Number(version) === JOURNAL_VERSION) return;
  const kind = Number(version) > JOURNAL_VERSION ? "newer" : "older";
  throw new JournalError(
    kind,
    `journal: written in version ${version}, this program reads version ${JOURNAL_VERSION}; begin the search anew`,
  );
}

function checkHeader(studyNotes: ReadonlyMap<string, string>, header: Header): void {
  checkVersion(studyNotes);
  const recipe = studyNotes.get("baseline:study");
  if (recipe === undefined) throw new JournalError("foreign", "journal: was not written by baseline");
  if (recipe === header.recipe) return;
  const was = JSON.parse(recipe) as Record<string, unknown>;
  const wanted = JSON.parse(header.recipe) as Record<string, unknown>;
  const differing = Object.keys(wanted).find((key) => JSON.stringify(was[key]) !== JSON.stringify(wanted[key]));
  throw new JournalError(
    "foreign",
    `journal: holds another study: ${differing} was ${JSON.stringify(was[differing ?? ""])}, wanted ${JSON.stringify(wanted[differing ?? ""])}`,
  );
}

function enqueuedOf(studyNotes: ReadonlyMap<string, string>): readonly Point[] {
  const points: Point[] = [];
  for (let i = 0; studyNotes.has(`baseline:enqueued:${i}`); i++)
    points.push(JSON.parse(studyNotes.get(`baseline:enqueued:${i}`) as string) as Point);
  return points;
}

function repeatsOf(studyNotes: ReadonlyMap<string, string>): ReadonlyMap<number, readonly Report[]> {
  const repeats = new Map<number, Report[]>();
  for (const [name, value] of studyNotes) {
    const [, kind, trial, fold] = name.split(":");
    if (kind !== "repeat") continue;
    repeats.set(Number(trial), [...(repeats.get(Number(trial)) ?? []), decodeReport(Number(fold), value)]);
  }
  return repeats;
}

function foreign(line: number, what: string): JournalError {
  return new JournalError("foreign", `journal: line ${line} ${what}`);
}

function corrupt(line: number, what: string): JournalError {
  return new JournalError("corrupt", `journal: line ${line} ${what}`);
}
