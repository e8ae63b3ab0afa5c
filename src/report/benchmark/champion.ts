/** The champion explained: what it says, which columns matter to it, how its answer moves. */
import type { Artifact, Rung } from "../artifact.ts";
import { paragraph, type Block, type Section } from "../document/document.ts";
import { bars } from "../figures/bars.ts";
import { lines } from "../figures/lines.ts";
import { counted, figure } from "../wording.ts";
import { modelFigure } from "./model.ts";
import { spanOf } from "./span.ts";

export function championSection(artifact: Artifact): Section {
  const { champion, ladder } = artifact;
  const best = ladder.find(({ rung }) => rung === champion.rung);
  const others = ladder.filter(({ rung, explanation }) => rung !== champion.rung && explanation);
  return {
    id: "champion",
    title: `The champion explained: ${champion.rung}`,
    serves: "Does what the model has learnt make sense?",
    depth: "more",
    blocks: [
      ...(best ? [headOf(best), ...drawn(artifact, best)] : []),
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
                ...linesOf(rung),
              ]),
            },
          ]
        : []),
    ],
  };
}

function headOf({ title, params, explanation }: Rung): Block {
  const settings = Object.entries(params)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
  return paragraph(`${title}. ${explanation?.summary ?? ""}${settings === "" ? "" : ` Settings: ${settings}.`}`);
}

function linesOf({ explanation }: Rung): readonly Block[] {
  const lines = explanation?.lines ?? [];
  return lines.length > 0 ? [{ kind: "code", lines }] : [];
}

/** The model as a figure, and as text below it; as text alone where no figure shows it. */
function drawn(artifact: Artifact, rung: Rung): readonly Block[] {
  const { drawing } = rung.explanation ?? {};
  const figures = drawing ? modelFigure(artifact, rung.rung, drawing) : [];
  if (figures.length === 0) return linesOf(rung);
  return [...figures, { kind: "details", summary: "The same as text", blocks: linesOf(rung) }];
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
    const numbers = {
      kind: "table" as const,
      columns: [{ head: column }, { head: answer, numeric: true }],
      rows: points.map(({ at, answer: value }) => [typeof at === "number" ? figure(at) : at, figure(value)]),
    };
    const caption = `The ${answer} when ${column} is set to one value in every row and all else stays.`;
    const numeric = points.flatMap(({ at, answer: value }) => (typeof at === "number" ? [[at, value] as const] : []));
    const draw =
      numeric.length === points.length
        ? () =>
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
            })
        : () =>
            bars({
              title,
              description: caption,
              label: answer,
              bars: points.map(({ at, answer: value }) => ({ name: String(at), value })),
            });
    return { kind: "figure", title, caption, draw, numbers };
  });
}
