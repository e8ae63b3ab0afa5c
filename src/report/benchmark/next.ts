/** What to do next, as commands that work as they are. */
import type { Artifact } from "../artifact.ts";
import { challengeSentence } from "../bar.ts";
import { paragraph, type Block, type Section } from "../document/document.ts";
import { findingId } from "../findings/registry.ts";
import { suspicionOf } from "../suspicion.ts";
import { hasHeldOut } from "./deciding.ts";
import { leakNames, leaksIn } from "./leaks.ts";
import type { Place } from "./place.ts";
import { quoted } from "./quoted.ts";
import { commandOf } from "./rerun.ts";

/** What stands in the way of every challenger: compare asks it, muted or not. */
function unsettled(artifact: Artifact): readonly Block[] {
  const suspicion = suspicionOf(artifact);
  if (suspicion === undefined) return [];
  return [
    paragraph(
      `No challenger is JUSTIFIED before it is settled whether the rows are independent (${findingId(suspicion.code)}): train again with --group or --time, or tell compare that they are with --independent-rows.`,
    ),
  ];
}

/** Where columns give the target away, the benchmark without them comes before any challenger. */
function withoutLeaks(artifact: Artifact, place: Place): readonly Block[] {
  const { columns } = leaksIn(artifact);
  if (columns.length === 0) return [];
  const given = artifact.options["ignore"];
  const ignore = [...(Array.isArray(given) ? (given as readonly string[]) : []), ...columns];
  const one = columns.length === 1;
  return [
    paragraph(
      `If ${leakNames(columns)} ${one ? "is" : "are"} not known when a prediction is made, train without ${one ? "it" : "them"} before anything else.`,
    ),
    {
      kind: "commands",
      lines: [commandOf({ ...place, folder: `${place.folder}-without` }, { ...artifact.options, ignore })],
    },
  ];
}

/** @param written It was just written there: the reader is not in its report yet. */
export function nextSection(artifact: Artifact, place: Place, written: boolean): Section {
  const { folder, data } = place;
  const [at, table] = [quoted(folder), quoted(data)];
  const rows = hasHeldOut(artifact) ? "held-out" : "out-of-fold";
  return {
    id: "next",
    title: "What to do next",
    serves: "How do I find out whether a complex model is worth it?",
    depth: "first",
    blocks: [
      ...withoutLeaks(artifact, place),
      ...unsettled(artifact),
      paragraph(challengeSentence(artifact)),
      ...(written ? [paragraph(`Written to ${folder}.`)] : []),
      {
        kind: "commands",
        lines: [
          `baseline compare ${at} --builtin boosting --data ${table}   # is complexity worth trying at all?`,
          `baseline compare ${at} predictions.csv   # your model's answers for the ${rows} rows of ${at}/splits.csv`,
          ...(written ? [`baseline report ${at} --open   # everything else, with figures`] : []),
        ],
      },
    ],
  };
}
