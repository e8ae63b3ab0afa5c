/** What changed since an earlier bench. */
import type { Against, Change } from "../bench.ts";
import { paragraph, toned, type Block, type Section, type Text, type Tone } from "../document/document.ts";
import { counted } from "../../words/numbers.ts";

const TONES: Readonly<Record<Change["outcome"], Tone>> = { worse: "bad", better: "good", open: "open", other: "quiet" };
const ORDER: readonly Change["outcome"][] = ["worse", "open", "better", "other"];
const WORDS: Readonly<Record<Change["outcome"], string>> = {
  worse: "worse",
  better: "better",
  open: "open",
  other: "changed",
};

/** @param timed Datasets on which both programs were run in turn. */
export function changesSection(against: Against, timed: number): Section {
  const { changes } = against;
  return {
    id: "changes",
    title: changes.length === 0 ? "Nothing changed" : "What changed",
    serves: "Did this change make anything worse?",
    depth: "first",
    blocks: [paragraph(summaryOf(against, timed)), ...blocksOf(changes)],
  };
}

function summaryOf({ name, datasets, same, compared }: Against, timed: number): string {
  const times =
    timed === 0 ? "" : ` Both programs were run in turn on ${counted(timed, "dataset")} to compare CPU seconds.`;
  return `Against ${name}: ${counted(datasets, "dataset")} in both; ${counted(same, "model")} gave the same answers${
    compared === 0
      ? ""
      : `, ${counted(compared, "model")} gave others and ${compared === 1 ? "was" : "were"} compared row by row`
  }.${times}`;
}

/** What matters; scores that changed by less than that are folded away. */
function blocksOf(changes: readonly Change[]): readonly Block[] {
  const small = changes.filter(({ kind, outcome }) => kind === "score" && outcome === "other");
  const others = changes.filter((change) => !small.includes(change));
  return [
    ...(others.length === 0 ? [] : [listOf(others)]),
    ...(small.length === 0
      ? []
      : [
          {
            kind: "details" as const,
            summary: `${counted(small.length, "score")} changed by no more than the margin, or for the better without proof`,
            blocks: [listOf(small)],
          },
        ]),
  ];
}

function listOf(changes: readonly Change[]): Block {
  const sorted = ORDER.flatMap((outcome) => changes.filter((change) => change.outcome === outcome));
  return {
    kind: "list",
    items: sorted.map(({ dataset, outcome, sentence }): Text => [
      toned(TONES[outcome], WORDS[outcome]),
      ` ${dataset}: ${sentence}`,
    ]),
  };
}
