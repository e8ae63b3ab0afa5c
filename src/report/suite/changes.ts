/** What changed since an earlier bench. */
import type { Against, Change } from "../bench.ts";
import { paragraph, toned, type Block, type Section, type Text, type Tone } from "../document/document.ts";
import { counted } from "../wording.ts";

const TONES: Readonly<Record<Change["outcome"], Tone>> = { worse: "bad", better: "good", open: "open", other: "quiet" };
const ORDER: readonly Change["outcome"][] = ["worse", "open", "better", "other"];
const WORDS: Readonly<Record<Change["outcome"], string>> = {
  worse: "worse",
  better: "better",
  open: "open",
  other: "changed",
};

export function changesSection(against: Against): Section {
  const { changes } = against;
  return {
    id: "changes",
    title: changes.length === 0 ? "Nothing changed" : "What changed",
    serves: "Did this change make anything worse?",
    depth: "first",
    blocks: [paragraph(summaryOf(against)), ...tableOf(changes)],
  };
}

function summaryOf({ name, datasets, same, compared }: Against): string {
  return `Against ${name}: ${counted(datasets, "dataset")} in both; ${counted(same, "model")} gave the same answers${
    compared === 0
      ? ""
      : `, ${counted(compared, "model")} gave others and ${compared === 1 ? "was" : "were"} compared row by row`
  }.`;
}

function tableOf(changes: readonly Change[]): readonly Block[] {
  if (changes.length === 0) return [];
  const sorted = ORDER.flatMap((outcome) => changes.filter((change) => change.outcome === outcome));
  return [
    {
      kind: "table",
      columns: [{ head: "dataset" }, { head: "outcome" }, { head: "what" }],
      rows: sorted.map(({ dataset, outcome, sentence }): readonly Text[] => [
        dataset,
        toned(TONES[outcome], WORDS[outcome]),
        sentence,
      ]),
    },
  ];
}
