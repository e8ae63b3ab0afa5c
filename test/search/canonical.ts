import { parseJournal } from "../../src/search/journal/records.ts";

/**
 * The journal's content without what may differ between runs of the same study: records in trial order, no times.
 * Two runs did the same when their canonical texts are equal.
 */
export function canonicalJournal(text: string): string {
  const { records } = parseJournal(text);
  let created = 0;
  const keyed = records.map((record, position) => {
    const trial = "trial_id" in record ? record.trial_id : record.op_code === 4 ? created++ : -1;
    return { record, trial, position };
  });
  keyed.sort((a, b) => a.trial - b.trial || a.position - b.position);
  return keyed
    .map(({ record }) =>
      JSON.stringify(record, (key, value: unknown) => (key.startsWith("datetime") ? undefined : value)),
    )
    .join("\n");
}
