/** Would more rows or more tuning help? */
import type { Artifact, SearchSummary } from "../artifact.ts";
import type { Block, Section } from "../document/document.ts";
import { lines } from "../figures/lines.ts";
import { counted, figure, percent, whole } from "../../words/numbers.ts";
import { rowsExamined } from "./deciding.ts";
import { spanOf } from "./span.ts";
import { TABLE_ROWS, thinned } from "./thinned.ts";

export function moreSection(artifact: Artifact): readonly Section[] {
  const blocks = [...learning(artifact), ...history(artifact), ...searches(artifact)];
  if (blocks.length === 0) return [];
  return [
    {
      id: "more",
      title: "Would more rows or more tuning help?",
      serves: "Is it worth collecting data, or searching longer?",
      depth: "more",
      blocks,
    },
  ];
}

/** What the last doubling of the training rows did. */
export interface Learned {
  readonly verdict: "falling" | "rising" | "flat" | "open";
  readonly loss: string;
  /** By how much the loss fell, and half the width of its 95 % interval. */
  readonly gain: number;
  readonly reach: number;
}

/** @returns undefined where it was not measured. */
export function learned({ diagnostics }: Artifact): Learned | undefined {
  const [half, full] = diagnostics?.learning.slice(-2) ?? [];
  if (!diagnostics || full === undefined) return undefined;
  const gain = half.loss - full.loss;
  const reach = 1.96 * (half.error ?? 0);
  const still = gain + reach < 0.01 * full.loss ? "flat" : "open";
  const verdict = gain - reach > 0 ? "falling" : gain + reach < 0 ? "rising" : still;
  return { verdict, loss: diagnostics.loss, gain, reach };
}

const LEARNED: Readonly<Record<Learned["verdict"], string>> = {
  falling: "still falling, so more rows would help",
  rising: "it rose, so more rows of this kind would not help",
  flat: "flat, so more rows of this kind would buy little",
  open: "these rows cannot tell whether more would help",
};

/** A change, its sign always written. */
export const signed = (change: number): string => `${change > 0 ? "+" : ""}${figure(change)}`;

function learning(artifact: Artifact): readonly Block[] {
  const { diagnostics } = artifact;
  const found = learned(artifact);
  if (!diagnostics || !found) return [];
  const points = diagnostics.learning;
  const full = points[points.length - 1];
  const { gain, reach, verdict } = found;
  const title = "Do more rows help?";
  const caption = `${diagnostics.loss} of ${diagnostics.rung} trained on parts of the training rows, scored on ${rowsExamined(diagnostics)}. The last doubling of their number changed it by ${signed(-gain)} (95 % interval ${signed(-gain - reach)} to ${signed(reach - gain)}): ${LEARNED[verdict]}.`;
  return [
    {
      kind: "figure",
      title,
      caption,
      draw: () =>
        lines({
          title,
          description: `${diagnostics.loss} by number of training rows`,
          x: { label: "training rows (logarithmic)", from: points[0].rows, to: full.rows, log: true },
          y: {
            label: diagnostics.loss,
            ...spanOf(
              points.map(({ loss }) => loss),
              0.1,
            ),
          },
          series: [{ name: diagnostics.loss, points: points.map(({ rows, loss }) => [rows, loss]) }],
        }),
      numbers: {
        kind: "table",
        columns: [
          { head: "training rows", numeric: true },
          { head: diagnostics.loss, numeric: true },
          { head: "standard error of the difference to all rows", numeric: true },
        ],
        rows: points.map(({ rows, loss, error }) => [whole(rows), figure(loss), figure(error)]),
      },
    },
  ];
}

/** How the champion's search went. */
function history({ diagnostics, champion }: Artifact): readonly Block[] {
  const points = diagnostics?.search ?? [];
  const found = points.flatMap(({ fits, best }) => (best === null ? [] : [[fits, best] as const]));
  if (points.length < 2 || found.length === 0) return [];
  const { fits, saved } = points[points.length - 1];
  const best = found[found.length - 1][1];
  const [reached] = found.find(([, loss]) => loss === best)!;
  const title = `The search for ${champion.rung}'s settings`;
  const spared =
    saved === 0
      ? ""
      : ` Stopping hopeless ones early saved ${whole(saved)} of ${whole(fits + saved)} fold fits (${percent(saved / (fits + saved))}).`;
  const caption = `Each point is a configuration: its mean loss over its folds, on the part that each leaves out, by the folds fitted until then; the line is the best so far.${spared} The best came after ${whole(reached)} of ${whole(fits)} fold fits.`;
  const of = (stopped: boolean): (readonly [number, number])[] =>
    points.flatMap((one) => (one.stopped === stopped && one.loss !== null ? [[one.fits, one.loss] as const] : []));
  const [complete, cut] = [of(false), of(true)];
  return [
    {
      kind: "figure",
      title,
      caption,
      draw: () =>
        lines({
          title,
          description: "Loss of each configuration by folds fitted, and the best so far",
          x: { label: "folds fitted", from: 0, to: fits },
          y: { label: "loss", ...spanOf([...complete, ...cut, ...found].map(([, loss]) => loss)) },
          series: [
            { name: "best so far", shape: "steps", points: found },
            { name: "all folds", shape: "dots", points: complete },
            ...(cut.length > 0 ? [{ name: "stopped early", shape: "crosses" as const, points: cut }] : []),
          ],
        }),
      numbers: {
        kind: "table",
        columns: [
          { head: "folds fitted", numeric: true },
          { head: "saved", numeric: true },
          { head: "loss", numeric: true },
          { head: "best so far", numeric: true },
          { head: "stopped early" },
        ],
        rows: thinned(points, TABLE_ROWS).map((one) => [
          whole(one.fits),
          whole(one.saved),
          figure(one.loss),
          figure(one.best),
          one.stopped ? "yes" : "no",
        ]),
      },
    },
  ];
}

function searches({ search }: Artifact): readonly Block[] {
  const entries = Object.entries(search);
  if (entries.length === 0) return [];
  const run = entries.reduce((sum, [, { foldFits }]) => sum + foldFits.run, 0);
  const saved = entries.reduce((sum, [, { foldFits }]) => sum + foldFits.saved, 0);
  return [
    {
      kind: "paragraph",
      text: `Searches fitted ${counted(run, "fold")}${saved === 0 ? "" : ` and saved ${whole(saved)} by stopping early`}. Gain left: what the choice gains over the default, corrected for having been picked as the best of several.`,
    },
    {
      kind: "table",
      columns: [
        { head: "rung" },
        { head: "trials", numeric: true },
        { head: "fold fits", numeric: true },
        { head: "loss: default / chosen", numeric: true },
        { head: "gain left", numeric: true },
        { head: "ended because" },
        { head: "choice" },
      ],
      rows: entries.map(([rung, one]) => [
        rung,
        `${whole(one.trials)}${one.pruned === 0 ? "" : ` (${whole(one.pruned)} stopped early)`}`,
        fits(one),
        `${figure(one.default.loss)} / ${figure(one.chosen.loss)}`,
        figure(one.gain.corrected),
        one.ended.sentence,
        one.chosen.reason,
      ]),
    },
  ];
}

/** `120 (30 saved)`; with iterative fits and repeats, what they saved and took too. */
function fits({ foldFits: { run, saved }, steps: rounds, extraFits = 0 }: SearchSummary): string {
  const notes = saved === 0 ? [] : [`${whole(saved)} saved`];
  if (rounds !== undefined && rounds.saved > 0)
    notes.push(
      `${percent(Math.round((100 * rounds.saved) / (rounds.run + rounds.saved)) / 100)} of the others' rounds too`,
    );
  if (extraFits > 0) notes.push(`${whole(extraFits)} more on fresh folds for the leaders`);
  return notes.length === 0 ? whole(run) : `${whole(run)} (${notes.join(", ")})`;
}
