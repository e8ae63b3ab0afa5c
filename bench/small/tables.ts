/** Small tables of all kinds, made from a seed: each is dear in a way of its own. */
import { seeded, type Rng } from "../../src/api/extend.ts";

export interface SmallTable {
  readonly name: string;
  readonly target: string;
  readonly csv: string;
}

type Cell = string | number;
/** A column of cells and what it says of the target, by row. */
interface Column {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly signal: Float64Array;
}

const SURVEY = ["never", "rarely", "sometimes", "often", "always"];
const WORDS = ["red lamp", "oak table", "steel bolt", "glass jar", "wool rug", "tin box", "clay pot", "silk scarf"];

/** All tables, in the order in which they are told. */
export function smallTables(seed: string): readonly SmallTable[] {
  const made = (name: string, make: (rng: Rng) => Omit<SmallTable, "name">): SmallTable => ({
    name,
    ...make(seeded(seed).split(name)),
  });
  return [
    made("wide-165x1100", (rng) => quantity(165, numbers(rng, 165, 1100), rng)),
    made("survey-1186x37", (rng) => classes(1186, answers(rng, 1186, 37), rng, [0.7, 0.3])),
    made("mixed-395x32", (rng) => quantity(395, [...numbers(rng, 395, 14), ...levels(rng, 395, 18, 4)], rng)),
    made("gaps-300x27", (rng) => {
      const columns = [...levels(rng, 300, 19, 5), ...numbers(rng, 300, 8)];
      return classes(300, withGaps(columns, rng, 0.5), rng, [0.6, 0.4]);
    }),
    made("orders-1000x24", (rng) => quantity(1000, orders(rng, 1000), rng)),
    made("uneven-3800x29", (rng) =>
      classes(3800, [...numbers(rng, 3800, 22), ...levels(rng, 3800, 7, 4)], rng, [0.9, 0.07, 0.02, 0.01]),
    ),
    made("thousand-classes-3000x6", (rng) =>
      classes(
        3000,
        [...numbers(rng, 3000, 4), ...levels(rng, 3000, 2, 6)],
        rng,
        Array.from({ length: 1000 }, () => 0.001),
      ),
    ),
    made("numbers-200x8", (rng) => quantity(200, numbers(rng, 200, 8), rng)),
    made("levels-800x12", (rng) => classes(800, levels(rng, 800, 12, 30), rng, [0.5, 0.5])),
    made("three-classes-500x20", (rng) => classes(500, numbers(rng, 500, 20), rng, [0.4, 0.3, 0.3])),
    made("numbers-2000x100", (rng) => classes(2000, numbers(rng, 2000, 100), rng, [0.8, 0.2])),
    made("mixed-2000x100", (rng) => quantity(2000, [...numbers(rng, 2000, 50), ...levels(rng, 2000, 50, 9)], rng)),
    made("gaps-2000x100", (rng) =>
      classes(2000, withGaps([...levels(rng, 2000, 60, 6), ...numbers(rng, 2000, 40)], rng, 0.4), rng, [0.5, 0.3, 0.2]),
    ),
    made("many-levels-2000x100", (rng) =>
      quantity(2000, [...numbers(rng, 2000, 60), ...levels(rng, 2000, 40, 60)], rng),
    ),
    made("gaps-nine-classes-2000x100", (rng) =>
      classes(
        2000,
        withGaps(levels(rng, 2000, 100, 8), rng, 0.7),
        rng,
        Array.from({ length: 9 }, () => 1 / 9),
      ),
    ),
    made("letters-1500x16", (rng) =>
      classes(
        1500,
        [...numbers(rng, 1500, 12), ...levels(rng, 1500, 4, 5)],
        rng,
        Array.from({ length: 10 }, () => 0.1),
      ),
    ),
    made("diary-54x760", (rng) => quantity(54, [...answers(rng, 54, 60), ...numbers(rng, 54, 700)], rng)),
    made("notes-460x34", (rng) => quantity(460, places(rng, 460), rng)),
    made("notes-five-classes-460x34", (rng) => classes(460, places(rng, 460), rng, [0.5, 0.25, 0.15, 0.06, 0.04])),
  ];
}

/** Names, dates and texts of many words, many levels, numbers. */
function places(rng: Rng, rows: number): Column[] {
  const story = (): string => Array.from({ length: 9 }, () => `w${rng.below(1500)}`).join(" ");
  const stories = { name: "story", cells: Array.from({ length: rows }, story), signal: new Float64Array(rows) };
  return [stories, ...orders(rng, rows).slice(0, 7), ...levels(rng, rows, 8, 40), ...numbers(rng, rows, 18)];
}

function numbers(rng: Rng, rows: number, count: number): Column[] {
  return Array.from({ length: count }, (_, j) => {
    const signal = Float64Array.from({ length: rows }, () => rng.normal());
    return { name: `n${j}`, cells: Array.from(signal, (value) => value.toFixed(3)), signal };
  });
}

function levels(rng: Rng, rows: number, count: number, most: number): Column[] {
  return Array.from({ length: count }, (_, j) => {
    const codes = Array.from({ length: rows }, () => rng.below(2 + (j % (most - 1))));
    return { name: `c${j}`, cells: codes.map((code) => `level ${code}`), signal: Float64Array.from(codes) };
  });
}

function answers(rng: Rng, rows: number, count: number): Column[] {
  return Array.from({ length: count }, (_, j) => {
    const codes = Array.from({ length: rows }, () => rng.below(2 + (j % 4)));
    return { name: `question ${j}`, cells: codes.map((code) => SURVEY[code]), signal: Float64Array.from(codes) };
  });
}

function orders(rng: Rng, rows: number): Column[] {
  const nothing = new Float64Array(rows);
  const column = (name: string, cell: (row: number) => Cell): Column => ({
    name,
    cells: Array.from({ length: rows }, (_, row) => cell(row)),
    signal: nothing,
  });
  const day = (): string => new Date(Date.UTC(2023, 0, 1 + rng.below(700))).toISOString().slice(0, 10);
  const some = (count: number): string => Array.from({ length: count }, () => WORDS[rng.below(WORDS.length)]).join(" ");
  return [
    column("customer", () => `Customer ${rng.below(400)}`),
    column("clerk", () => `Clerk ${rng.below(60)}`),
    column("city", () => `City ${rng.below(120)}`),
    column("ordered", day),
    column("shipped", day),
    column("paid", day),
    column("note", () => some(6)),
    column("comment", () => some(12)),
    ...levels(rng, rows, 8, 12),
    ...numbers(rng, rows, 7),
  ];
}

function withGaps(columns: readonly Column[], rng: Rng, share: number): Column[] {
  return columns.map((column) => ({
    ...column,
    cells: column.cells.map((cell) => (rng.uniform() < share ? "" : cell)),
  }));
}

/** What the first few columns say together, and as much noise. */
function answerOf(rows: number, columns: readonly Column[], rng: Rng): Float64Array {
  const told = columns.slice(-5);
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 2 * rng.normal();
    for (const [j, { signal }] of told.entries()) sum += (j % 2 === 0 ? 1 : -1) * signal[i];
    return sum;
  });
}

function quantity(rows: number, columns: readonly Column[], rng: Rng): Omit<SmallTable, "name"> {
  return written(
    columns,
    Array.from(answerOf(rows, columns, rng), (value) => value.toFixed(4)),
  );
}

/** Classes by where a row's answer stands among all: shares as given. */
function classes(
  rows: number,
  columns: readonly Column[],
  rng: Rng,
  shares: readonly number[],
): Omit<SmallTable, "name"> {
  const answer = answerOf(rows, columns, rng);
  const order = [...answer.keys()].sort((a, b) => answer[a] - answer[b] || a - b);
  const cells: Cell[] = Array.from(order, () => "");
  let kind = 0;
  let until = shares[0];
  for (const [place, row] of order.entries()) {
    while (kind + 1 < shares.length && (place + 0.5) / rows > until) until += shares[++kind];
    cells[row] = `kind ${kind}`;
  }
  return written(columns, cells);
}

function written(columns: readonly Column[], target: readonly Cell[]): Omit<SmallTable, "name"> {
  const lines = [[...columns.map((column) => column.name), "answer"].join()];
  for (const [i, cell] of target.entries()) lines.push([...columns.map((column) => column.cells[i]), cell].join());
  return { target: "answer", csv: `${lines.join("\n")}\n` };
}
