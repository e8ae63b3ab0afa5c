/** A result that may come out otherwise the next time is computed again before it is called worse. */
import type { BenchDocument, Change } from "../report/bench.ts";
import { challengerOf } from "./against/model-name.ts";
import { confirmedSentence } from "../report/suite/sentences.ts";

/** Datasets with something worse that is not determined by data, options and program: what a command gave, and times. */
export function unsettled({ against, datasets }: BenchDocument): readonly string[] {
  const names = (against?.changes ?? [])
    .filter((change) => isUnsettled(change, datasets))
    .map(({ dataset }) => dataset);
  return [...new Set(names)];
}

function isUnsettled({ outcome, kind, dataset, model }: Change, datasets: BenchDocument["datasets"]): boolean {
  if (outcome !== "worse") return false;
  if (kind === "time") return true;
  const challengers = datasets.find(({ name }) => name === dataset)?.challengers ?? [];
  const name = model === null ? undefined : challengerOf(model);
  return challengers.some((one) => one.source === "command" && one.name === name && one.result !== null);
}

/** What is worse in both stays worse; what is not in the second is open. */
export function confirmed(first: BenchDocument, second: BenchDocument): BenchDocument {
  if (first.against === null) return first;
  const again = second.against?.changes ?? [];
  const changes = first.against.changes.map((change): Change => {
    if (!isUnsettled(change, first.datasets)) return change;
    const { dataset, model, kind, sentence } = change;
    const worse = again.some(
      (one) => one.dataset === dataset && one.model === model && one.kind === kind && one.outcome === "worse",
    );
    return worse
      ? { ...change, sentence: confirmedSentence(sentence, true) }
      : { ...change, outcome: "open", sentence: confirmedSentence(sentence, false) };
  });
  return { ...first, against: { ...first.against, changes } };
}
