/** Where the champion errs: drawn from what was counted over the rows that judge it. */
import type { Artifact } from "../artifact.ts";
import { paragraph, type Block, type Figure, type Section, type Table } from "../document/document.ts";
import { grid } from "../figures/grid.ts";
import { lines } from "../figures/lines.ts";
import { shortened } from "../figures/plot.ts";
import { alike, counted, figure, percent, whole } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import { curveFigures } from "./curves.ts";
import { rowsExamined } from "./deciding.ts";

type Diagnostics = NonNullable<Artifact["diagnostics"]>;

export function errorsSection(artifact: Artifact): readonly Section[] {
  const { diagnostics } = artifact;
  if (!diagnostics) return [];
  const on = `On ${rowsExamined(diagnostics)}.`;
  const blocks = [
    ...(diagnostics.confusion ? [confusionFigure(diagnostics.confusion, on)] : []),
    ...curveFigures(artifact, diagnostics, on),
    ...(diagnostics.calibration ? [calibrationFigure(artifact, diagnostics.calibration, on)] : []),
    ...(diagnostics.agreement ? [agreementFigure(artifact, diagnostics.agreement, on)] : []),
    ...(diagnostics.residuals ? [residualFigure(artifact, diagnostics.residuals, on)] : []),
    ...errorByBlocks(artifact, diagnostics, on),
    ...worst(diagnostics),
  ];
  if (blocks.length === 0) return [];
  return [
    {
      id: "errors",
      title: `Where ${diagnostics.rung} errs`,
      serves: "Which rows does it get wrong, and would I notice?",
      depth: "more",
      blocks,
    },
  ];
}

function confusionFigure({ classes, counts }: NonNullable<Diagnostics["confusion"]>, on: string): Figure {
  const title = "Confusion matrix";
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const right = counts.reduce((sum, row, i) => sum + row[i], 0);
  const all = totals.reduce((sum, total) => sum + total, 0);
  const short = classes.map((name) => shortened(name, 16));
  return {
    kind: "figure",
    title,
    caption: `Rows by actual class (down) and predicted class (across); darker is a larger share of the actual class. ${percent(right / Math.max(1, all))} are right. ${on}`,
    draw: () =>
      grid({
        title,
        description: `Confusion matrix of ${classes.length} classes`,
        x: { label: "predicted", from: 0, to: 1, names: short },
        y: { label: "actual", from: 0, to: 1, names: short },
        columns: classes.length,
        rows: classes.length,
        written: true,
        cells: counts.flatMap((row, r) =>
          row.map((count, c) => ({ column: c, row: r, count, shade: totals[r] === 0 ? 0 : count / totals[r] })),
        ),
      }),
    numbers: {
      kind: "table",
      columns: [
        { head: "actual" },
        ...classes.map((name) => ({ head: `as ${name}`, numeric: true })),
        { head: "recall", numeric: true },
      ],
      rows: counts.map((row, r) => [
        classes[r],
        ...row.map(whole),
        totals[r] === 0 ? "-" : percent(row[r] / totals[r]),
      ]),
    },
  };
}

function calibrationFigure({ positive }: Artifact, bins: NonNullable<Diagnostics["calibration"]>, on: string): Figure {
  const title = "Calibration: can its probabilities be trusted?";
  const outside = bins.filter(({ observed, low, high }) => observed < low || observed > high).length;
  const what = positive === null ? "the probability of the predicted class" : `the probability of ${positive}`;
  return {
    kind: "figure",
    title,
    caption: `Rows in ${counted(bins.length, "group")} by ${what}: what was said against what came. The band holds 95 % of outcomes if every probability is right; ${outside === 0 ? "no group lies" : counted(outside, "group lies", "groups lie")} outside it (one in twenty would by chance). ${on}`,
    draw: () =>
      lines({
        title,
        description: `Calibration in ${bins.length} groups`,
        x: { label: "mean predicted probability", from: 0, to: 1 },
        y: { label: "share that came true", from: 0, to: 1 },
        series: [
          { name: "what came", shape: "dots", points: bins.map(({ predicted, observed }) => [predicted, observed]) },
        ],
        band: { name: "if right", points: bins.map(({ predicted, low, high }) => [predicted, low, high]) },
        reference: { name: "perfect", from: [0, 0], to: [1, 1] },
      }),
    numbers: {
      kind: "table",
      columns: [
        { head: "predicted", numeric: true },
        { head: "came true", numeric: true },
        { head: "band", numeric: true },
        { head: "rows", numeric: true },
      ],
      rows: bins.map(({ predicted, observed, low, high, rows }) => [
        figure(predicted),
        figure(observed),
        `${figure(low)} to ${figure(high)}`,
        whole(rows),
      ]),
    },
  };
}

function agreementFigure(
  { target }: Artifact,
  { edges, cells }: NonNullable<Diagnostics["agreement"]>,
  on: string,
): Figure {
  const title = "Predicted against actual";
  const bins = edges.length - 1;
  const most = Math.max(...cells.map(({ rows }) => rows));
  const ends = { from: edges[0], to: edges[bins] };
  const starts = alike(edges.slice(0, bins));
  const count = new Map(cells.map(({ predicted, actual, rows }) => [actual * bins + predicted, rows]));
  return {
    kind: "figure",
    title,
    caption: `Rows by predicted (across) and actual ${target.name} (up); darker holds more rows. On the dashed line both agree; the outer cells hold what lies beyond them. ${on}`,
    draw: () =>
      grid({
        title,
        description: `Predicted against actual in ${bins} by ${bins} cells`,
        x: { label: "predicted", ...ends },
        y: { label: "actual", ...ends },
        columns: bins,
        rows: bins,
        diagonal: true,
        cells: cells.map(({ predicted, actual, rows }) => ({
          column: predicted,
          row: actual,
          count: rows,
          shade: 0.12 + 0.88 * Math.sqrt(rows / most),
        })),
      }),
    numbers: {
      kind: "table",
      columns: [
        { head: "rows by actual (down) and predicted from" },
        ...edges.slice(0, bins).map((edge) => ({ head: starts(edge), numeric: true })),
      ],
      rows: edges
        .slice(0, bins)
        .map((edge, actual) => [
          `from ${starts(edge)}`,
          ...edges.slice(0, bins).map((_, predicted) => whole(count.get(actual * bins + predicted) ?? 0)),
        ]),
    },
  };
}

function residualFigure(
  { target }: Artifact,
  { edges, counts }: NonNullable<Diagnostics["residuals"]>,
  on: string,
): Figure {
  const title = "Residuals: how far off it is";
  const middle = counts.map((count, i) => [(edges[i] + edges[i + 1]) / 2, count] as const);
  return {
    kind: "figure",
    title,
    caption: `Actual less predicted ${target.name}: right of 0 the prediction was too low. The outer bins hold what lies beyond them. ${on}`,
    draw: () =>
      lines({
        title,
        description: `Histogram of residuals in ${counts.length} bins`,
        x: { label: `actual less predicted ${target.name}`, from: edges[0], to: edges[edges.length - 1] },
        y: { label: "rows", from: 0, to: Math.max(...counts) },
        series: [{ name: "rows", shape: "steps", points: middle }],
        reference: { name: "no error", from: [0, 0], to: [0, Math.max(...counts)] },
      }),
    numbers: {
      kind: "table",
      columns: [
        { head: "from", numeric: true },
        { head: "to", numeric: true },
        { head: "rows", numeric: true },
      ],
      rows: counts.map((count, i) => [figure(edges[i]), figure(edges[i + 1]), whole(count)]),
    },
  };
}

/** The column by which the error differs most, group by group; the others by name. */
function errorByBlocks(artifact: Artifact, { errorBy }: Diagnostics, on: string): readonly Block[] {
  const [first, ...others] = errorBy;
  if (first === undefined) return [];
  const named = others.map(({ column, explained }) => `${column} (${percent(explained)})`);
  return [
    errorByFigure(artifact, first, on),
    ...(named.length > 0 ? [paragraph(`The error also differs by ${listed(named)}.`)] : []),
  ];
}

function errorByFigure(
  { task }: Artifact,
  { column, groups, explained, byChance }: Diagnostics["errorBy"][number],
  on: string,
): Figure {
  const title = `Error by ${column}`;
  const what = task === "regression" ? "mean absolute error" : "share of wrong labels";
  const shown = task === "regression" ? figure : percent;
  const share = byChance
    ? "neither it nor any other column explains more than chance could"
    : `${column} explains ${percent(explained)}`;
  const ends = groups.map(({ mean, error }) => [Math.max(0, mean - 2 * error), mean + 2 * error] as const);
  const scale = { from: 0, to: Math.max(...ends.map(([, upper]) => upper)) };
  return {
    kind: "figure",
    title,
    caption: `${what[0].toUpperCase()}${what.slice(1)} by ${column}, with two standard errors on both sides; ${share} of the spread of errors. ${on}`,
    numbers: {
      kind: "table",
      columns: [{ head: column }, { head: "" }, { head: what, numeric: true }, { head: "rows", numeric: true }],
      rows: groups.map(({ name, mean, error, rows }, i) => [
        name,
        { kind: "range", range: { lower: ends[i][0], value: mean, upper: ends[i][1], ...scale } },
        error > 0 ? `${shown(mean)} ± ${shown(2 * error)}` : shown(mean),
        whole(rows),
      ]),
    },
  };
}

function worst({ worst: rows, loss }: Diagnostics): readonly Block[] {
  if (rows.length === 0) return [];
  const table: Table = {
    kind: "table",
    columns: [
      { head: "row" },
      { head: "part" },
      { head: "actual" },
      { head: "predicted" },
      { head: `${loss} of the row`, numeric: true },
    ],
    rows: rows.map((row) => [whole(row.row), row.part, row.truth, row.predicted, figure(row.loss)]),
  };
  return [{ kind: "details", summary: `The ${rows.length} worst rows`, blocks: [table] }];
}
