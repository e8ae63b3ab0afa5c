/**
 * A study written down as it happens, and read back. The header holds everything that proposals depend on; a trial is
 * its point, then a record for each fold, then how it ended. What was written before a kill is not written again, so an
 * interrupted and resumed journal is the journal of an uninterrupted run.
 */
import type { Point, Space } from "../space.ts";
import type { Reading, Report, Trial } from "../trial.ts";
import { parametersToJSON } from "./distributions.ts";
import { formatRecord, JOURNAL_VERSION, type JournalRecord, parseJournal } from "./records.ts";
import { type Header, replay } from "./replay.ts";
import { encodeReport, needsPayload } from "./reports.ts";
import type { JournalStorage } from "./storage.ts";

const WORKER = "baseline";

/** What a journal held when it was opened. */
export interface Recorded {
  readonly trials: readonly Trial[];
  readonly notes: ReadonlyMap<number, ReadonlyMap<string, string>>;
  readonly enqueued: readonly Point[];
  /** Extra repeats of ended trials, by trial. */
  readonly repeats: ReadonlyMap<number, readonly Report[]>;
  /** The half line that a killed writer had left; empty when none. */
  readonly dropped: string;
}

export interface Journal {
  readonly recorded: Recorded;
  enqueue(index: number, point: Point): void;
  start(trial: Trial, time: string): void;
  report(trial: Trial, report: Report, shown: number): void;
  note(number: number, name: string, value: string): void;
  end(trial: Trial, started: string, time: string): void;
  repeat(number: number, report: Report): void;
  repeatFailed(number: number, reason: string): void;
  /** A search that a clock or a person ended, which a replay cannot know. */
  ended(sentence: string): void;
}

/** For a study that nobody will take up again, such as the many searches inside folds. */
export function noJournal(): Journal {
  const nothing = (): void => {};
  return {
    recorded: { trials: [], notes: new Map(), enqueued: [], repeats: new Map(), dropped: "" },
    enqueue: nothing,
    start: nothing,
    report: nothing,
    note: nothing,
    end: nothing,
    repeat: nothing,
    repeatFailed: nothing,
    ended: nothing,
  };
}

/**
 * Opens a storage: reads what is there, repairs a cut last line, writes what is missing of the header.
 * @throws JournalError when what is there is corrupt, another study's, or newer than this version.
 */
export function openJournal(storage: JournalStorage, header: Header, reading: Reading, space: Space): Journal {
  const { records, whole, dropped } = parseJournal(storage.read());
  if (dropped !== "") storage.repair(whole);
  const { trials, notes, studyNotes, enqueued, repeats, named } = replay(records, header, reading, space);
  const write = (record: JournalRecord): void => storage.append(formatRecord(record));
  const studyNote = (name: string, value: string): void => {
    if (studyNotes.get(name) === value) return;
    studyNotes.set(name, value);
    write({ op_code: 2, worker_id: WORKER, study_id: 0, user_attr: { [name]: value } });
  };
  const note = (number: number, name: string, value: string): void => {
    const known = notes.get(number) ?? new Map<string, string>();
    if (known.get(name) === value) return;
    notes.set(number, known.set(name, value));
    write({ op_code: 8, worker_id: WORKER, trial_id: number, user_attr: { [name]: value } });
  };

  if (records.length === 0)
    write({
      op_code: 0,
      worker_id: WORKER,
      study_name: header.name,
      directions: [header.direction === "minimize" ? 1 : 2],
    });
  studyNote("baseline:journal", String(JOURNAL_VERSION));
  studyNote("baseline:study", header.recipe);
  if (!named)
    write({ op_code: 3, worker_id: WORKER, study_id: 0, system_attr: { "study:metric_names": [header.metric] } });

  return {
    recorded: { trials, notes, enqueued, repeats, dropped },
    enqueue: (index, point) => studyNote(`baseline:enqueued:${index}`, JSON.stringify(point)),
    note,
    start: ({ point, origin, order }, time) =>
      write({
        op_code: 4,
        worker_id: WORKER,
        study_id: 0,
        datetime_start: time,
        state: 0,
        ...parametersToJSON(space, point),
        user_attrs: { "baseline:origin": origin, "baseline:folds": order.join(",") },
        system_attrs: {},
        intermediate_values: {},
      }),
    report({ number }, report, shown) {
      if (needsPayload(report)) note(number, `baseline:fold:${report.fold}`, encodeReport(report));
      write({ op_code: 7, worker_id: WORKER, trial_id: number, step: report.fold, intermediate_value: shown });
    },
    end({ number, state, value, path, chosen, reason }, started, time) {
      if (reason !== undefined) note(number, "baseline:reason", reason);
      if (path.length > 1 && chosen >= 0) note(number, "baseline:chosen", JSON.stringify(path[chosen]));
      write({
        op_code: 6,
        worker_id: WORKER,
        trial_id: number,
        state: state === "complete" ? 1 : state === "pruned" ? 2 : 3,
        values: Number.isFinite(value) && state !== "failed" ? [value] : null,
        datetime_start: started,
        datetime_complete: time,
      });
    },
    repeat: (number, report) => studyNote(`baseline:repeat:${number}:${report.fold}`, encodeReport(report)),
    repeatFailed: (number, reason) => studyNote(`baseline:failed:${number}`, reason),
    ended: (sentence) => studyNote("baseline:ended", sentence),
  };
}
