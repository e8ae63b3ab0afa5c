/** The champion explained: what it says, which columns matter to it, how its answer moves. */
import type { Artifact, Rung } from "../artifact.ts";
import { paragraph, type Block, type Section, type Table } from "../document/document.ts";
import { bars } from "../figures/bars.ts";
import { lines } from "../figures/lines.ts";
import { counted, figure, readable } from "../../words/numbers.ts";
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
      ...effects(artifact),
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

function importance({ diagnostics }: Artifact): readonly Block[] {
  const found = diagnostics?.importance;
  if (!diagnostics || !found || found.columns.length === 0) return [];
  const { columns, floor, repeats, rows } = found;
  const title = "Which columns matter";
  const silent = columns.filter(({ increase, error }) => increase <= Math.max(floor, 2 * error)).length;
  return [
    {
      kind: "figure",
      title,
      caption: `Increase of ${diagnostics.loss} when a column is shuffled among the ${rows} rows, mean of ${repeats} shuffles with two standard errors. The dashed line is what chance reaches${silent === 0 ? "" : `; ${counted(silent, "column")} cannot be told from it`}.`,
      draw: () =>
        bars({
          title,
          description: `Permutation importance of ${columns.length} columns`,
          label: `increase of ${diagnostics.loss}`,
          bars: columns.map(({ column, increase, error }) => ({
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
        rows: columns.map(({ column, increase, error }) => [column, figure(increase), figure(error)]),
      },
    },
  ];
}

function effects({ diagnostics, classes, positive, target }: Artifact): readonly Block[] {
  if (!diagnostics) return [];
  const answer =
    classes.length === 0
      ? `mean predicted ${target.name}`
      : `mean probability of ${positive ?? classes[classes.length - 1]}`;
  return diagnostics.effects.map(({ column, points }): Block => {
    const title = `How the answer moves with ${column}`;
    const caption = `The ${answer} when ${column} is set to one value in every row and all else stays.`;
    const numeric = points.flatMap(({ at, answer: value }) => (typeof at === "number" ? [[at, value] as const] : []));
    if (numeric.length < points.length)
      return { kind: "figure", title, caption, numbers: levels(column, answer, points) };
    return {
      kind: "figure",
      title,
      caption,
      draw: () =>
        lines({
          title,
          description: caption,
          x: {
            label: column,
            ...spanOf(
              numeric.map(([at]) => at),
              0,
            ),
          },
          y: { label: answer, ...spanOf(numeric.map(([, value]) => value)) },
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

function levels(column: string, answer: string, points: Effect["points"]): Table {
  const values = points.map((point) => point.answer);
  const scale = { from: Math.min(0, ...values), to: Math.max(0, ...values) };
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
