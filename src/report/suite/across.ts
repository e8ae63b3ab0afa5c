/** What a suite says over all its datasets: one answer for each challenger, and every model against every other. */
import type { Across, ContestantAcross, Overall, PairAcross } from "../across.ts";
import type { AcrossDatasets, DatasetGain } from "../bench.ts";
import {
  paragraph,
  toned,
  type Block,
  type Column,
  type Figure,
  type Section,
  type Text,
} from "../document/document.ts";
import { intervals } from "../figures/intervals.ts";
import { matrix } from "../figures/matrix.ts";
import { TONES } from "../verdict/document.ts";
import { counted, figure, percent, pFigure, whole } from "../../words/numbers.ts";

/** Cost: O(pairs + datasets x challengers). */
export function acrossSection({ models: across, challengers }: AcrossDatasets): Section {
  return {
    id: "across",
    title: "Over all datasets",
    serves: "What is worth it on tables like these?",
    depth: "first",
    blocks: [
      ...challengers.map(({ overall }) => paragraph(...[overallSentence(overall)].flat())),
      ...challengers.map(({ overall, gains }) => gainsFigure(overall.name, gains)),
      ranksTable(across),
      ...(across.pairs.length === 0 ? [] : [matrixFigure(across)]),
    ],
  };
}

/** `boosting: JUSTIFIED over 12 datasets. ...` */
export function overallSentence(overall: Overall): Text {
  const { name, verdict, datasets, wins, ties, losses } = overall;
  const record = `Better by more than the margin on ${whole(wins)}, worse by more on ${whole(losses)}, neither on ${whole(ties)}.`;
  return [
    `${name}: `,
    toned(TONES[verdict], verdict),
    ` over ${counted(datasets, "dataset")}: ${reasonOf(overall)}. ${record}`,
  ];
}

function reasonOf({ verdict, sublabel, reason, detail, gain, bounds, test }: Overall): string {
  const limit = (bound: number | null): string => (bound === null ? "no limit" : short(bound));
  const range = `${percent(bounds.level)} interval ${limit(bounds.lower)} to ${limit(bounds.upper)}`;
  const typical =
    gain === null
      ? `there is no typical gain (${range})`
      : `the typical gain is ${short(gain)} times the margin (${range})`;
  if (verdict === "JUSTIFIED") return `${typical}, proven to exceed the margin (p = ${pFigure(test.adjusted)})`;
  switch (sublabel ?? reason) {
    case "must-pass":
      return `it failed must-pass cases ${detail}`;
    case "over-budget":
      return `it is over its budget ${detail}`;
    case "slice":
      return `a slice got worse ${detail}`;
    case "fairness":
      return `protected groups are treated less evenly ${detail}`;
    case "worse":
      return `${typical}, proven to be a loss`;
    case "equivalent":
      return `${typical}, a difference that does not matter`;
    case "no-gain":
      return `${typical}: no gain was seen, and one that matters is ruled out`;
    case "gain-too-small":
      return `${typical}, too small to matter`;
    case "too-few-datasets":
      return `too few to tell, ${detail}`;
    case "budget-uncertain":
      return `${typical}, but whether it is within its budget is not settled ${detail}`;
    case "near-margin":
      return `${typical}, so close to the margin that many times as many datasets would be needed`;
    default:
      return `${typical}; these datasets cannot tell${detail === null ? "" : ` (${detail})`}`;
  }
}

/** More would not be read. */
const MOST_GAINS = 30;

/** A challenger's gains, the largest first, against the margin. Of many datasets, those with the largest and smallest gains are drawn. */
export function gainsFigure(name: string, gains: readonly DatasetGain[]): Figure {
  const sorted = [...gains].sort((a, b) => (b.gain ?? -Infinity) - (a.gain ?? -Infinity));
  const half = MOST_GAINS / 2;
  const drawn = sorted.length <= MOST_GAINS ? sorted : [...sorted.slice(0, half), ...sorted.slice(-half)];
  const few =
    drawn.length < sorted.length ? ` The ${half} largest and the ${half} smallest of ${sorted.length} are drawn.` : "";
  const caption = `Gains over the baseline that is hardest to beat, in margins, with their intervals. Right of the dashed line at 1 a gain matters; left of 0 it is a loss.${few}`;
  const title = `Gain of ${name} on each dataset`;
  return {
    kind: "figure",
    title,
    caption,
    draw: () =>
      intervals({
        title,
        description: `Gains on ${counted(drawn.length, "dataset")} with their intervals`,
        label: "gain in margins (1 is the smallest that matters)",
        signed: true,
        intervals: drawn.map(({ dataset, gain, lower, upper }) => ({
          name: gain === null ? `${dataset} (failed)` : dataset,
          value: gain,
          lower,
          upper,
        })),
        references: [
          { name: "the smallest gain that matters", value: 1 },
          { name: "no gain", value: 0 },
        ],
      }),
    numbers: {
      kind: "table",
      columns: [{ head: "dataset" }, ...numeric("gain in margins", "from", "to")],
      rows: sorted.map(({ dataset, gain, lower, upper }) => [
        dataset,
        gain === null ? "failed" : short(gain),
        lower === null ? "no limit" : short(lower),
        upper === null ? "no limit" : short(upper),
      ]),
    },
  };
}

function numeric(...heads: readonly string[]): readonly Column[] {
  return heads.map((head) => ({ head, numeric: true }));
}

/** Best first; those that met nobody last. */
function byRank({ contestants }: Across): readonly ContestantAcross[] {
  return [...contestants].sort((a, b) => (a.meanRank ?? Infinity) - (b.meanRank ?? Infinity));
}

function ranksTable(across: Across): Block {
  return {
    kind: "table",
    columns: [{ head: "model" }, ...numeric("mean rank", "datasets", "failed")],
    rows: byRank(across).map(({ name, meanRank, datasets, failures }) => [
      name,
      figure(meanRank === null ? null : Math.round(100 * meanRank) / 100),
      whole(datasets),
      whole(failures),
    ]),
  };
}

/** As many models as fit side by side. */
const MOST_MODELS = 8;
const ALPHA = 0.05;

/** The multi-comparison matrix: mean difference in margins, and on how many datasets better, neither and worse. */
export function matrixFigure(across: Across): Figure {
  const ranked = byRank(across).map(({ name }) => name);
  const names = ranked.slice(0, MOST_MODELS);
  const rest = ranked.length > names.length ? ` The ${MOST_MODELS} models of the best mean rank are drawn.` : "";
  const caption = `The model at the left against the one of that number: the mean difference in margins (bold: significant, Wilcoxon with Holm), and on how many datasets it is better, neither and worse by more than the margin.${rest}`;
  const title = "Every model against every other";
  const pairs = across.pairs
    .map((pair) => turnedTo(pair, ranked))
    .sort(
      (a, b) =>
        ranked.indexOf(a.pair[0]) - ranked.indexOf(b.pair[0]) || ranked.indexOf(a.pair[1]) - ranked.indexOf(b.pair[1]),
    );
  return {
    kind: "figure",
    title,
    caption,
    draw: () =>
      matrix({
        title,
        description: `${counted(names.length, "model")}, each against every other`,
        names,
        cells: pairs
          .filter(({ pair }) => pair.every((name) => names.includes(name)))
          .map(({ pair, mean, wins, ties, losses, datasets, adjusted }) => ({
            row: names.indexOf(pair[0]),
            column: names.indexOf(pair[1]),
            lines: [signed(mean), `${wins}/${ties}/${losses}`] as const,
            shade: Math.abs(wins - losses) / datasets,
            forRow: wins >= losses,
            strong: adjusted <= ALPHA,
          })),
      }),
    numbers: {
      kind: "table",
      columns: [
        { head: "model" },
        { head: "against" },
        ...numeric("mean", "typical", "better", "neither", "worse", "p", "p after Holm"),
        ...numeric("probably better", "probably alike", "probably worse"),
      ],
      rows: pairs.map(({ pair, mean, typical, wins, ties, losses, p, adjusted, posterior }) => [
        ...pair,
        signed(mean),
        signed(typical),
        whole(wins),
        whole(ties),
        whole(losses),
        pFigure(p),
        pFigure(adjusted),
        ...[posterior.better, posterior.equivalent, posterior.worse].map((share) =>
          String(Math.round(100 * share) / 100),
        ),
      ]),
    },
  };
}

/** A pair with the model of the better rank first. */
function turnedTo(pair: PairAcross, ranked: readonly string[]): PairAcross {
  const [a, b] = pair.pair;
  if (ranked.indexOf(a) < ranked.indexOf(b)) return pair;
  const { mean, typical, wins, losses, posterior } = pair;
  const turned = (value: number | null): number | null => (value === null ? null : 0 - value);
  return {
    ...pair,
    pair: [b, a],
    mean: turned(mean),
    typical: turned(typical),
    wins: losses,
    losses: wins,
    posterior: { worse: posterior.better, equivalent: posterior.equivalent, better: posterior.worse },
  };
}

/** Three digits, two below 1: it has to fit a cell. */
function short(value: number): string {
  return figure(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 3)));
}

/** `+3.2`. */
function signed(value: number | null): string {
  return value === null ? "-" : `${value > 0 ? "+" : ""}${short(value)}`;
}
