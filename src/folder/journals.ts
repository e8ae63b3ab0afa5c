/** The search journals of a run: one file a rung while it lasts, so that each can be resumed; one for all in the end. */
import { join } from "node:path";

/**
 * The journals of several studies as one, study after study: the numbers of studies and trials, which count creations in
 * file order, are moved on. Lines of extra attributes stay with their trial.
 */
export function mergedJournals(journals: readonly string[]): string {
  let studies = 0;
  let trials = 0;
  let out = "";
  for (const text of journals) {
    const [study, trial] = [studies, trials];
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const record = JSON.parse(line) as { op_code: number; study_id?: number; trial_id?: number };
      if (record.op_code === 0) studies++;
      if (record.op_code === 4) trials++;
      if (record.study_id !== undefined) record.study_id += study;
      if (record.trial_id !== undefined) record.trial_id += trial;
      out += `${JSON.stringify(record)}\n`;
    }
  }
  return out;
}

/** Where a rung's journal stands while the run lasts. */
export function journalPath(folder: string, rung: string): string {
  return join(folder, "journal", `${encodeURIComponent(rung)}.jsonl`);
}
