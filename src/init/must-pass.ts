/** Must-pass cases to begin with: the hardest rows that quickly trained models get right every time without having seen them. */
import type { Target } from "../frame/dataset.ts";
import { cellText } from "../frame/table.ts";
import { QUANTILES } from "../schema/json.ts";
import { numbersProfile } from "../schema/training-profile.ts";
import { CASE_COLUMNS } from "../challengers/cases-table.ts";
import { runOf, type Benchmark } from "../ladder/made.ts";
import { pooledOf } from "../intake/fold-part.ts";
import { csvCell, csvNumber } from "../folder/table-file.ts";
import type { Draft } from "./files.ts";

const MOST = 10;

/** Nothing where no row is answered well enough, or a column of the data has a name that cases need. */
export function mustPassDraft(benchmark: Benchmark): Draft | undefined {
  const { judged, loaded } = runOf(benchmark);
  const { table, schema, rowNumber } = loaded;
  const ours = ["row", ...CASE_COLUMNS];
  if (table.columns.some(({ name }) => ours.includes(name))) return undefined;
  const { truth, row, repeat } = judged.foldPart;
  const rows = Array.from({ length: Math.max(...repeat) + 1 }, (_, r) => row.filter((_row, i) => repeat[i] === r));
  const fitted = new Set(judged.ladder.flatMap(({ rung, status }) => (status === "ok" ? [rung] : [])));
  const models = judged.answers.filter(({ rung }) => rung !== "constant" && fitted.has(rung));
  if (models.length === 0) return undefined;
  const answers = models.map((one) => pooledOf(one, { rows }).values);
  const { hardness, wants } = truth.task === "regression" ? numberCases(truth, answers) : classCases(truth);
  const worst = new Map<number, { place: number; hard: number }>();
  row.forEach((at, place) => {
    const hard = Math.max(...answers.map((values) => hardness(values, place)));
    if (hard >= (worst.get(at)?.hard ?? Number.NEGATIVE_INFINITY)) worst.set(at, { place, hard });
  });
  const chosen = [...worst]
    .filter(([, { hard }]) => hard < Infinity)
    .sort((a, b) => b[1].hard - a[1].hard || a[0] - b[0])
    .slice(0, MOST);
  if (chosen.length === 0) return undefined;
  const features = table.columns.filter(({ name }) =>
    schema.columns.some((column) => column.name === name && column.role === "feature"),
  );
  const expected = Object.keys(wants(chosen[0][1].place));
  const header = ["case", "row", ...features.map(({ name }) => name), ...expected];
  const lines = chosen.map(([at, { place }]) => [
    `row ${rowNumber(at)}`,
    String(rowNumber(at)),
    ...features.map((column) => cellText(column, at)),
    ...Object.values(wants(place)),
  ]);
  return {
    path: "must-pass.csv",
    text: `${[header, ...lines].map((line) => line.map(csvCell).join(",")).join("\n")}\n`,
  };
}

/** How hard an answer was, infinite where it is wrong; and what a case says is expected. */
interface Cases {
  readonly hardness: (values: Float64Array, place: number) => number;
  readonly wants: (place: number) => Readonly<Record<string, string>>;
}

/** How far the right class has to lead: what leads by less is right by chance. */
const LEAD = 0.2;

/** Hard: the right class leads, but not by much. */
function classCases({ codes, classes }: Exclude<Target, { task: "regression" }>): Cases {
  return {
    hardness: (values, place) => {
      const shares = values.subarray(place * classes.length, (place + 1) * classes.length);
      const own = shares[codes[place]];
      const next = shares.reduce((most, share, k) => (k === codes[place] ? most : Math.max(most, share)), 0);
      return own - next >= LEAD ? next - own : Infinity;
    },
    wants: (place) => ({ expected: classes[codes[place]] }),
  };
}

/** Hard: far from the middle of the target. Right: within half of all errors; a case may be off by what three in four are. */
function numberCases(
  { values: truth }: Extract<Target, { task: "regression" }>,
  answers: readonly Float64Array[],
): Cases {
  const off = (values: Float64Array, place: number): number => Math.abs(truth[place] - values[place]);
  const quantile = (values: Float64Array, q: number): number =>
    numbersProfile(values).quantiles?.[QUANTILES.indexOf(q)] ?? Number.NaN;
  const errors = Float64Array.from(answers.flatMap((values) => [...truth.keys()].map((place) => off(values, place))));
  const [half, most, middle] = [quantile(errors, 0.5), quantile(errors, 0.75), quantile(truth, 0.5)];
  return {
    hardness: (values, place) => (off(values, place) <= half ? Math.abs(truth[place] - middle) : Infinity),
    wants: (place) => ({
      expected_min: csvNumber(truth[place] - most),
      expected_max: csvNumber(truth[place] + most),
    }),
  };
}
