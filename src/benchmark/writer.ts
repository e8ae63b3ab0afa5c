/** The folder that a run writes to while it lasts: opened before anything is trained, filled by `write.ts` in the end. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_FOLDER } from "../report/benchmark/place.ts";
import { dropFolder, openFolder, standingAt, type Standing, type WorkFolder } from "../folder/folder.ts";
import { openJournalFile, type JournalFile } from "../folder/journal-file.ts";
import { journalPath } from "../folder/journals.ts";
import type { WriteSettings } from "../intake/options.ts";
import type { Inputs } from "./train.ts";

/** An open folder of a run: journals are written as the search goes, everything else at the end (`writeInto`). */
export interface BenchmarkWriter {
  readonly folder: WorkFolder;
  readonly options: WriterOptions;
  /** The benchmark that stands where this one goes. */
  readonly standing?: Standing;
  /** The same, of other data or another target: it will make room. */
  readonly replaces?: Standing;
  /** The journal of a rung, in its file. */
  readonly journal: (rung: string) => JournalFile;
  closeJournals(): void;
  /** Gives up. True: journals stay for `--resume`; else nothing does. */
  abandon(): boolean;
}

export interface WriterOptions extends WriteSettings {
  /** Default: `baseline-out`, where any benchmark makes room for the next. */
  readonly out?: string;
  /** The path of the table as it was typed, for the commands of the report. */
  readonly table?: string;
  readonly resume: boolean;
  readonly redact: boolean;
  readonly inputs: Inputs;
}

/** Opens `<out>.partial`. @throws FolderError when the folder may not be written. */
export function openWriter(options: WriterOptions): BenchmarkWriter {
  const { out = DEFAULT_FOLDER, inputs } = options;
  const isSame = ({ sha256, target }: Standing): boolean => sha256 === inputs.sha256 && target === inputs.target;
  const folder = openFolder(out, {
    keep: options.resume,
    mayReplace: (standing) => isSame(standing) || options.force === true || options.out === undefined,
  });
  const standing = standingAt(folder.final);
  const journals = new Map<string, JournalFile>();
  const closeJournals = (): void => {
    for (const journal of journals.values()) journal.close();
    journals.clear();
  };
  return {
    folder,
    options,
    ...(standing && { standing, ...(!isSame(standing) && { replaces: standing }) }),
    journal: (rung) => {
      const path = journalPath(folder.partial, rung);
      mkdirSync(join(folder.partial, "journal"), { recursive: true });
      const opened = openJournalFile(path);
      journals.set(rung, opened);
      return opened;
    },
    closeJournals,
    abandon: () => {
      const kept = journals.size > 0;
      closeJournals();
      if (kept) folder.lock.release();
      else dropFolder(folder);
      return kept;
    },
  };
}
