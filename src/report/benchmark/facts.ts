/** The reader's next questions, answered in a few words. */
import type { Artifact } from "../artifact.ts";
import type { Fact } from "../document/document.ts";
import { amount } from "../verdict.ts";
import { alike, counted, figure, percent } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import { clipped } from "../wording.ts";
import { deciding, rowsJudged } from "./deciding.ts";
import { learned, signed, type Learned } from "./more.ts";
import { told } from "../findings/told.ts";
import { findingsOf } from "./muted.ts";

export function factsOf(artifact: Artifact): readonly Fact[] {
  return [...sure(artifact), ...needed(artifact), data(artifact), ...rows(artifact)];
}

function sure(artifact: Artifact): readonly Fact[] {
  const { champion, ladder, metric } = artifact;
  const rung = ladder.find((one) => one.rung === champion.rung);
  const score = rung && deciding(artifact, rung);
  if (!score || score.lower === null || score.upper === null) return [];
  const shown = alike([score.value, score.lower, score.upper]);
  const answer = `${shown(score.lower)} to ${shown(score.upper)}`;
  return [
    {
      question: "How sure is the score?",
      answer,
      note: `95 % interval of ${metric.name} ${rowsJudged(artifact)}`,
      section: "ladder",
    },
  ];
}

function needed({ bar, metric }: Artifact): readonly Fact[] {
  if (bar === undefined) return [];
  const said = (answer: string, note: string): Fact[] => [
    { question: "What does a better model need?", answer, note, section: "next" },
  ];
  const rival = `${bar.baseline}, the hardest to beat, has ${figure(bar.baselineScore)}`;
  if (bar.reason !== null) return said("cannot be judged", clipped(bar.detail ?? "", 90));
  if (bar.score === null) return said("hardly possible here", `${rival} in ${metric.name}`);
  if (bar.gain === null) return said(`over ${amount(bar.margin.value, bar.margin)} of gain`, rival);
  const way = metric.direction === "minimize" ? "less" : "more";
  return said(
    `${figure(bar.score)} or ${way}`,
    `in ${metric.name}, to be JUSTIFIED (${percent(bar.power)} power); ${rival}`,
  );
}

function data(artifact: Artifact): Fact {
  const { shown } = findingsOf(artifact);
  const names = Array.from(new Set(shown.map(({ code }) => code)), (code) => clipped(code.replaceAll("-", " "), 40));
  const more = names.length > MOST_NAMES ? [`${names.length - MOST_NAMES} more`] : [];
  return {
    question: "What is wrong with the data?",
    answer: shown.length === 0 ? "nothing found" : counted(told(shown).length, "finding"),
    note: listed([...names.slice(0, MOST_NAMES), ...more]),
    section: "data",
  };
}

const MOST_NAMES = 3;

const ROWS: Readonly<Record<Learned["verdict"], string>> = {
  falling: "yes",
  rising: "no",
  flat: "hardly",
  open: "cannot be told",
};

function rows(artifact: Artifact): readonly Fact[] {
  const found = learned(artifact);
  if (found === undefined) return [];
  const { verdict, gain, reach, loss } = found;
  const note = `the last doubling changed ${loss} by ${signed(-gain)} ± ${figure(reach)}`;
  return [{ question: "Would more rows help?", answer: ROWS[verdict], note, section: "more" }];
}
