/** The champion explained: what it says, which columns matter to it, how its answer moves. */
import type { Artifact, Rung } from "../artifact.ts";
import { paragraph, type Block, type Section, type Table } from "../document/document.ts";
import { bars } from "../figures/bars.ts";
import { lines } from "../figures/lines.ts";
import { counted, figure, readable } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import { clipped } from "../wording.ts";
import { modelFigure } from "./model.ts";
import type { Place } from "./place.ts";
import { quoted } from "./quoted.ts";
import { spanOf } from "./span.ts";
import { TABLE_ROWS, thinned } from "./thinned.ts";

export function championSection(artifact: Artifact, { folder }: Place): Section {
  const { champion, ladder } = artifact;
  const best = ladder.find(({ rung }) => rung === champion.rung);
  const others = ladder.filter(({ rung, explanation }) => rung !== champion.rung && explanation);
  return {
    id: "champion",
    title: `The champion explained: ${champion.rung}`,
    serves: "Does what the model has learnt make sense?",
    depth: "more",
    blocks: [
      ...(best ? [headOf(best), ...drawn(artifact, best, folder)] : []),
      ...importance(artifact),
      ...(best ? effects(artifact, best) : []),
      ...(others.length > 0
        ? [
            {
              kind: "details" as const,
              summary: "The other rungs",
              blocks: others.flatMap((rung) => [
                { kind: "paragraph" as const, text: [{ kind: "strong" as const, text: rung.rung }] },
                headOf(rung),
                ...linesOf(rung, MOST_LINES.other, `baseline explain ${quoted(modelFile(folder, rung))}`),
              ]),
            },
          ]
        : []),
    ],
  };
}

/** Where the folder keeps a rung that is not its champion. */
function modelFile(folder: string, { rung }: Rung): string {
  return `${folder.replace(/\/$/, "")}/models/${encodeURIComponent(rung)}.json`;
}

function headOf({ title, params, explanation }: Rung): Block {
  const settings = Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === "number" ? readable(value) : String(value)}`)
    .join(", ");
  return paragraph(`${title}. ${explanation?.summary ?? ""}${settings === "" ? "" : ` Settings: ${settings}.`}`);
}

/** Lines of a model that are read in a report; `explain` prints more. */
const MOST_LINES = { champion: 40, other: 8 };

function linesOf({ explanation }: Rung, most: number, command: string): readonly Block[] {
  const lines = explanation?.lines ?? [];
  if (lines.length <= most) return lines.length > 0 ? [{ kind: "code", lines }] : [];
  const more = paragraph(`${counted(lines.length - most, "more line")}: `, { kind: "code", text: command });
  return [{ kind: "code", lines: lines.slice(0, most) }, more];
}

/** The model as a figure, or as text where no figure shows it. */
function drawn(artifact: Artifact, rung: Rung, folder: string): readonly Block[] {
  const { drawing } = rung.explanation ?? {};
  const figures = drawing ? modelFigure(artifact, rung.rung, drawing) : [];
  return figures.length > 0 ? figures : linesOf(rung, MOST_LINES.champion, `baseline explain ${quoted(folder)}`);
}

/** Columns that are drawn: the first ones, down to this share of the largest increase. */
const MOST_COLUMNS = 12;
const LEAST_SHARE = 0.01;

type Found = NonNullable<NonNullable<Artifact["diagnostics"]>["importance"]>;

function mattering({ columns }: Found): Found["columns"] {
  const least = LEAST_SHARE * Math.max(...columns.map(({ increase }) => increase));
  return columns.filter(({ increase }, i) => i === 0 || (increase >= least && i < MOST_COLUMNS));
}

function importance({ diagnostics }: Artifact): readonly Block[] {
  const found = diagnostics?.importance;
  if (!diagnostics || !found || found.columns.length === 0) return [];
  const { columns, floor, repeats, rows } = found;
  const title = "Which columns matter";
  const shown = mattering(found);
  const silent = shown.filter(({ increase, error }) => increase <= Math.max(floor, 2 * error)).length;
  const rest = columns.slice(shown.length).map(({ column }) => clipped(column, 40));
  const notes = [
    silent === 0 ? "" : `; ${counted(silent, "column")} cannot be told from it`,
    rest.length === 0 ? "" : `. Of little weight: ${listed(named(rest))}`,
  ];
  return [
    {
      kind: "figure",
      title,
      caption: `Increase of ${diagnostics.loss} when a column is shuffled among the ${rows} rows, mean of ${repeats} shuffles with two standard errors. The dashed line is what chance reaches${notes.join("")}.`,
      draw: () =>
        bars({
          title,
          description: `Permutation importance of ${counted(shown.length, "column")}`,
          label: `increase of ${diagnostics.loss}`,
          bars: shown.map(({ column, increase, error }) => ({
            name: column,
            value: increase,
            lower: increase - 2 * error,
            upper: increase + 2 * error,
          })),
          reference: { name: "what chance reaches", value: floor },
        }),
      numbers: {
        kind: "table",
        columns: [{ head: "column" }, { head: "increase", numeric: true }, { head: "standard error", numeric: true }],
        rows: shown.map(({ column, increase, error }) => [column, figure(increase), figure(error)]),
      },
    },
  ];
}

/** Names that are written out. */
const MOST_NAMES = 6;

function named(names: readonly string[]): readonly string[] {
  const more = names.length - MOST_NAMES;
  return more > 0 ? [...names.slice(0, MOST_NAMES), `${more} more`] : names;
}

/** On one scale, so that a column which hardly moves the answer looks like it. A curve is drawn already. */
function effects({ diagnostics, classes, positive, target }: Artifact, best: Rung): readonly Block[] {
  if (!diagnostics?.importance || best.explanation?.drawing?.kind === "curve") return [];
  const told = new Set(mattering(diagnostics.importance).map(({ column }) => column));
  const answer =
    classes.length === 0
      ? `mean predicted ${target.name}`
      : `mean probability of ${positive ?? classes[classes.length - 1]}`;
  const drawn = diagnostics.effects.filter(({ column }) => told.has(column));
  const answers = drawn.flatMap(({ points }) => points.map((point) => point.answer));
  return drawn.map(({ column, points }): Block => {
    const title = `How the answer moves with ${column}`;
    const caption = `The ${answer} over the ${diagnostics.importance!.rows} rows when ${column} is set to one value in all of them and all else stays.`;
    const numeric = points.flatMap(({ at, answer: value }) => (typeof at === "number" ? [[at, value] as const] : []));
    if (numeric.length < points.length)
      return { kind: "figure", title, caption, numbers: levels(column, answer, points, answers) };
    return {
      kind: "figure",
      title,
      caption,
      draw: () =>
        lines({
          title,
          description: `The ${answer} by ${column}`,
          x: {
            label: column,
            ...spanOf(
              numeric.map(([at]) => at),
              0,
            ),
          },
          y: { label: answer, ...spanOf(answers) },
          series: [{ name: answer, points: numeric }],
        }),
      numbers: {
        kind: "table",
        columns: [{ head: column }, { head: answer, numeric: true }],
        rows: thinned(numeric, TABLE_ROWS).map(([at, value]) => [figure(at), figure(value)]),
      },
    };
  });
}

type Effect = NonNullable<Artifact["diagnostics"]>["effects"][number];

function levels(column: string, answer: string, points: Effect["points"], answers: readonly number[]): Table {
  const scale = { from: Math.min(0, ...answers), to: Math.max(0, ...answers) };
  return {
    kind: "table",
    columns: [{ head: column }, { head: "" }, { head: answer, numeric: true }],
    rows: points.map(({ at, answer: value }) => [
      typeof at === "number" ? figure(at) : at,
      { kind: "bar", bar: { value, ...scale } },
      figure(value),
    ]),
  };
}
