import { levelTexts, type RawNumbers } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { counted } from "../../words/numbers.ts";
import { few, flagItem } from "../../words/texts.ts";
import { datePart, dateValue } from "../dates.ts";
import { columnsWith, type Check, type Known } from "./contract.ts";
import { edgesOf, sortedSample, type Edges } from "./edges.ts";

/** Numbers that seem to say "no value": -200 among temperatures, 0 among blood pressures. */
export const sentinels: Check = {
  codes: ["sentinel-suspected", "zero-as-missing"],
  cost: "one pass over each number column, a sorted sample of 5,000 for zeros, the distinct texts of dates",
  find: (checked) => {
    const numbers = columnsWith(checked, "feature", "target").filter(
      ({ column, schema }) => column.kind === "number" && schema.kind === "number",
    );
    const edges = numbers.map(({ column }) => edgesOf((column as RawNumbers).values));
    return [...farOut(numbers, edges), ...zeros(numbers, edges), ...columnsWith(checked, "feature").flatMap(farDates)];
  },
};

/** The first or last day of a year that stands far from all other dates, as 9999-12-31 and 1900-01-01 do. */
function farDates({ column, schema: { format } }: Known): Warning[] {
  if (format === undefined || format.form === "clock" || column.kind === "number") return [];
  const texts = levelTexts(column.levels);
  if (!texts.some((text) => MADE_UP.test(text))) return [];
  const days = Float64Array.from(texts, (text) => dateValue(text, format));
  const { min, aboveMin, max, belowMax } = edgesOf(days);
  const far = [
    ...(max - belowMax > Math.max(belowMax - min, FAR_YEARS * 365) ? [max] : []),
    ...(aboveMin - min > Math.max(max - aboveMin, FAR_YEARS * 365) ? [min] : []),
  ].filter((day) => isNewYear(day) || isNewYear(day + 1));
  return far.flatMap((day) => {
    const code = days.indexOf(day);
    const count = column.codes.reduce((sum, one) => sum + (one === code ? 1 : 0), 0);
    if (count < 2) return [];
    const { name } = column;
    return {
      code: "sentinel-suspected",
      column: name,
      message: `${texts[code]} stands far from the other dates of ${name}, in ${counted(count, "cell")}; if it means missing, say --na ${flagItem(`${name}=${texts[code]}`)}`,
      count,
      evidence: { value: texts[code], columns: [name] },
    };
  });
}

/** Years at which calendars of programs begin or end. */
const MADE_UP = /[0239]999|2[12]00|0001|1601|1753|1800|1900|1970/;
/** Years between a made-up date and the others, at least. */
const FAR_YEARS = 20;

/** January 1, the day after December 31. */
function isNewYear(day: number): boolean {
  return datePart(day, "year") !== datePart(day - 1, "year");
}

const LIMITS_OF_INTEGERS = new Set([-32768, 32767, 65535, -2147483648, 2147483647, 4294967295]);

function farOut(numbers: readonly Known[], edges: readonly Edges[]): Warning[] {
  const found = new Map<number, { columns: string[]; cells: number }>();
  const add = (value: number, name: string, count: number): void => {
    const seen = found.get(value) ?? { columns: [], cells: 0 };
    seen.columns.push(name);
    seen.cells += count;
    found.set(value, seen);
  };
  edges.forEach((edge, i) => {
    const { name } = numbers[i].column;
    if (isFarBelow(edge)) add(edge.min, name, edge.minCount);
    if (isFarAbove(edge)) add(edge.max, name, edge.maxCount);
  });
  return [...found].map(([value, { columns, cells }]) => ({
    code: "sentinel-suspected",
    ...(columns.length === 1 && { column: columns[0] }),
    message: `${value} stands far from the other values of ${few(columns)}, in ${counted(cells, "cell")}; if it means missing, say --na=${value}`,
    count: cells,
    evidence: { value, columns },
  }));
}

/** A made-up low value: -99, -200, ..., well below the rest. */
function isFarBelow({ min, minCount, aboveMin, max }: Edges): boolean {
  if (minCount < 2 || !(aboveMin > min)) return false;
  const rest = max - aboveMin;
  const gap = aboveMin - min;
  if (!(nines(min) || roundNegative(min) || LIMITS_OF_INTEGERS.has(min))) return false;
  return gap > 0.5 * rest || (min < 0 && aboveMin >= 0 && gap > 0.05 * rest);
}

/** 99, 9999, 99999, ..., well above the rest. */
function isFarAbove({ max, maxCount, belowMax, min }: Edges): boolean {
  if (maxCount < 2 || !(belowMax < max)) return false;
  return (nines(max) || LIMITS_OF_INTEGERS.has(max)) && max - belowMax > 0.5 * (belowMax - min);
}

function nines(value: number): boolean {
  return /^-?9{2,}(\.9+)?$/.test(String(value)) || value === -9;
}

function roundNegative(value: number): boolean {
  return /^-[1-9]0+$/.test(String(value)) || value < -1e29;
}

/** At most this share of zeros: more are rather true zeros (nothing sold, no rain). */
const ZERO_SHARE = 0.5;
const SAMPLE = 5000;

function zeros(numbers: readonly Known[], edges: readonly Edges[]): Warning[] {
  const found = numbers
    .map(({ column }, i) => ({ column: column as RawNumbers, edge: edges[i] }))
    .filter(({ column, edge }) => zerosStandApart(column.values, edge));
  if (found.length === 0) return [];
  const names = found.map(({ column: { name } }) => name);
  const cells = found.reduce((sum, { edge }) => sum + edge.minCount, 0);
  return [
    {
      code: "zero-as-missing",
      ...(names.length === 1 && { column: names[0] }),
      message: `0 stands apart from the other values of ${few(names)}, in ${counted(cells, "cell")}; if it means missing there, say --na ${flagItem(`${names[0]}=0`)}`,
      count: cells,
      evidence: { columns: names },
    },
  ];
}

/** Between 0 and the smallest positive value lies nothing, though much could: five steps, and a tenth of the median. */
function zerosStandApart(values: Float64Array, { min, minCount, aboveMin }: Edges): boolean {
  if (min !== 0 || minCount < 3 || minCount > ZERO_SHARE * values.length || !(aboveMin > 0)) return false;
  const sample = sortedSample(values, SAMPLE);
  const positive = sample.subarray(sample.findIndex((value) => value > 0));
  const median = positive[positive.length >> 1];
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < positive.length; i++)
    if (positive[i] > positive[i - 1]) step = Math.min(step, positive[i] - positive[i - 1]);
  return positive.length >= 20 && aboveMin >= 5 * step && aboveMin >= 0.1 * median;
}
