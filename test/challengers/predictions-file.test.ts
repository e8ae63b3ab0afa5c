import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { predictionsFile } from "../../src/challengers/predictions-file.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import {
  foldLines,
  heldLines,
  makeBenchmark,
  records,
  scratch,
  truthOf,
  writeCsv,
  type Line,
} from "../benchmark/folders.ts";

const folder = scratch();
let binary: OpenBenchmark;
let repeated: OpenBenchmark;
let regression: OpenBenchmark;

beforeAll(async () => {
  binary = await openBenchmark(await makeBenchmark(join(folder, "binary"), records(520, "binary"), { id: "who" }));
  repeated = await openBenchmark(
    await makeBenchmark(join(folder, "repeated"), records(90, "multiclass"), { folds: 3, repeats: 2 }),
  );
  regression = await openBenchmark(
    await makeBenchmark(join(folder, "regression"), records(150, "regression"), {
      folds: 3,
      repeats: 1,
      test: records(40, "regression", 2),
    }),
  );
});

let files = 0;
const file = (lines: readonly Line[]): string => writeCsv(join(folder, `file-${files++}.csv`), lines);
const read = (opened: OpenBenchmark, lines: readonly Line[]) => predictionsFile(opened, file(lines));
const failure = (opened: OpenBenchmark, lines: readonly Line[]): Promise<string> =>
  read(opened, lines).then(
    () => "it was taken",
    (error: Error) => `${error.name}: ${error.message.replace(/^.*\.csv: /, "")}`,
  );
const held = (opened: OpenBenchmark): Line[] => heldLines(opened, 0.6);
const values = async (opened: OpenBenchmark, lines: readonly Line[]): Promise<number[]> =>
  Array.from((await read(opened, lines)).challenger.holdout![0].values);

describe("what is taken", () => {
  it("any order of records gives the same answers, in the order of the held-out rows", async () => {
    const lines = held(binary);
    const straight = await values(binary, lines);
    expect(straight.filter((_, i) => i % 2 === 1)).toEqual(lines.map((line) => line.proba_yes));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(await values(binary, shuffled)).toEqual(straight);
      }),
      { numRuns: 5 },
    );
  });
  it("held-out rows, rows in folds, or both", async () => {
    const [a, b] = [held(binary), foldLines(binary, 0.6)];
    const parts = async (lines: readonly Line[]) => {
      const { holdout, folds } = (await read(binary, lines)).challenger;
      return [holdout?.[0].values.length, folds?.[0].values.length];
    };
    expect(await parts(a)).toEqual([2 * 104, undefined]);
    expect(await parts(b)).toEqual([undefined, 2 * 416]);
    expect(await parts([...b, ...a])).toEqual([2 * 104, 2 * 416]);
  });
  it("rows by id, and by both when they agree", async () => {
    const lines = held(binary);
    const straight = await values(binary, lines);
    const who = (row: string | number): string => `w${row}`;
    expect(
      await values(
        binary,
        lines.map(({ row, ...rest }) => ({ who: who(row), ...rest })),
      ),
    ).toEqual(straight);
    const both = lines.map((line) => ({ who: who(line.row), ...line }));
    expect(await values(binary, both)).toEqual(straight);
    both[3].who = "w0";
    expect(await failure(binary, both)).toMatch(/^ChallengerError: row \d+ is not who w0: row and who must agree/);
  });
  it("a single probability column, or that of one of two classes", async () => {
    const lines = held(binary);
    const straight = await values(binary, lines);
    expect(
      await values(
        binary,
        lines.map(({ row, proba_yes }) => ({ row, probability: proba_yes })),
      ),
    ).toEqual(straight);
    expect(
      await values(
        binary,
        lines.map(({ row, proba_yes }) => ({ row, proba_yes })),
      ),
    ).toEqual(straight);
    const other = await values(
      binary,
      lines.map(({ row, proba_no }) => ({ row, proba_no })),
    );
    other.forEach((p, i) => expect(p).toBeCloseTo(straight[i], 12));
  });
  it("classes in any order of columns, repeats in any order, names in any case", async () => {
    const lines = foldLines(repeated, 0.6);
    const straight = (await read(repeated, lines)).challenger.folds![0].values;
    const turned = lines.toReversed().map(({ row, repeat, proba_high, proba_low, proba_mid }) => ({
      proba_mid,
      Repeat: repeat,
      proba_high,
      ROW: row,
      proba_low,
      note: "x",
    }));
    expect((await read(repeated, turned)).challenger.folds![0].values).toEqual(straight);
    expect(straight.length).toBe(3 * 2 * 90);
  });
  it("labels of classes, quoted or not; rounded probabilities are scaled to sum to 1", async () => {
    const lines = heldLines(binary, 0.8, true).map(({ row, prediction }) => ({ row, prediction: `' ${prediction}'` }));
    const { labelsOnly, challenger } = await read(binary, lines);
    expect(labelsOnly).toBe(true);
    expect(new Set(challenger.holdout![0].values)).toEqual(new Set([0, 1]));
    const rough = foldLines(repeated, 0.6).map(({ row, repeat }) => ({
      row,
      repeat,
      proba_high: 0.33,
      proba_low: 0.33,
      proba_mid: 0.33,
    }));
    expect((await read(repeated, rough)).challenger.folds![0].values[4]).toBeCloseTo(1 / 3, 12);
  });
  it("both kinds: the probabilities, unless classes are asked for", async () => {
    const lines = held(binary).map((line) => ({ ...line, prediction: "no" }));
    expect((await read(binary, lines)).labelsOnly).toBe(false);
    const labels = await predictionsFile(binary, file(lines), { prefer: "labels" });
    expect(labels.labelsOnly).toBe(true);
    expect(Array.from(labels.challenger.holdout![0].values.slice(0, 4))).toEqual([1, 0, 1, 0]);
    expect(labels.notes).toEqual(["its classes are judged as given, not its probabilities"]);
  });
  it("both kinds that contradict each other: told, unless it is a matter of where classes are cut", async () => {
    const notes = async (share: number, classes: (i: number) => string): Promise<readonly string[]> =>
      (
        await read(
          binary,
          held(binary).map(({ row }, i) => ({ row, prediction: classes(i), probability: share })),
        )
      ).notes;
    expect(await notes(0.6, (i) => (i % 3 ? "yes" : "no"))).toEqual([]);
    expect(await notes(0.6, (i) => (i % 3 ? "no" : "yes"))).toEqual([
      expect.stringMatching(
        /^its probabilities are judged, not its classes, which are not the likeliest in 69 of 104 records/,
      ),
    ]);
  });
  it("an id under a name in other letters, as any column of answers", async () => {
    const lines = held(binary).map((line) => ({ Who: `w${line.row}`, Probability: 0.5 }));
    expect((await read(binary, lines)).challenger.holdout).toHaveLength(1);
  });
  it("test rows by numbers of their own file, beside rows in folds when a part tells them apart", async () => {
    const lines = heldLines(regression, 0.7);
    const truth = Array.from(regression.held, (row) => truthOf(regression, row));
    const exact = lines.map(({ row }, i) => ({ row, prediction: truth[i] }));
    expect(await values(regression, exact)).toEqual(truth);
    const both = [
      ...foldLines(regression, 0.7).map((line) => ({ ...line, part: "train" })),
      ...exact.map((line) => ({ ...line, part: "test" })),
    ];
    const { challenger } = await read(regression, both);
    expect(Array.from(challenger.holdout![0].values)).toEqual(truth);
    expect(challenger.folds![0].values.length).toBe(150);
  });
  it("is named by its file", async () => {
    const path = writeCsv(join(folder, "my.forest.csv"), held(binary));
    expect((await predictionsFile(binary, path)).challenger.name).toBe("my.forest");
  });
});

describe("what is refused: a count, the first, the remedy", () => {
  it("missing, duplicate and unknown rows", async () => {
    const lines = held(binary);
    const [first] = binary.held;
    expect(await failure(binary, lines.slice(2))).toBe(
      `ChallengerError: 2 of 104 held-out rows are missing, first row ${first} (who w${first}); give each row that splits.csv puts in part holdout`,
    );
    expect(await failure(binary, [...lines, lines[5], lines[7]])).toBe(
      `ChallengerError: 2 of 106 records give a row again, first row ${lines[5].row}; give every row once`,
    );
    const shifted = lines.map((line) => ({ ...line, row: Number(line.row) + 520 }));
    expect(await failure(binary, shifted)).toMatch(
      /^ChallengerError: 104 of 104 records are about rows that this benchmark does not have, first row \d+; rows are numbered from 0/,
    );
    const fromOne = lines.slice(0, -1).map((line) => ({ ...line, row: Number(line.row) + 1 }));
    expect(await failure(binary, fromOne)).toMatch(/are missing, .*; its rows seem to be numbered from 1, not 0$/);
    const byLine = lines.slice(0, -2).map((line) => ({ ...line, row: Number(line.row) + 2 }));
    expect(await failure(binary, byLine)).toMatch(
      /are missing, .*; its rows seem to be numbered by the lines of the file/,
    );
    for (const from of [0, 1])
      expect(
        await failure(
          binary,
          lines.map((line, i) => ({ ...line, row: i + from })),
        ),
      ).toMatch(
        /are missing, .*; its rows seem to count the held-out rows: give the numbers that splits\.csv has for them$/,
      );
    const odd = lines.map((line, i) => (i === 4 ? { ...line, row: "4.5" } : i === 9 ? { ...line, row: "" } : line));
    expect(await failure(binary, odd)).toMatch(/^ChallengerError: 2 of 104 records .* first row 4\.5;/);
    const strange = lines.map((line) => ({ who: `x${line.row}`, probability: 0.5 }));
    expect(await failure(binary, strange)).toMatch(
      /104 of 104 records .* first who x\d+; the column who of splits.csv/,
    );
    expect(await failure(binary, foldLines(binary, 0.5).slice(1))).toMatch(/1 of 416 out-of-fold rows is missing/);
  });
  it("a file without rows, or without answers", async () => {
    expect(await failure(binary, [{ probability: 0.5 }])).toMatch(
      /wanted a column row or who that says which row .* got the columns probability$/,
    );
    expect(await failure(binary, [{ row: 1, score: 0.5 }])).toMatch(
      /wanted a column probability \(of yes\), proba_<class> or prediction, got the columns row, score$/,
    );
    const bare = heldLines(regression, 0.5).map(({ row }) => ({ row, probability: 0.5 }));
    expect(await failure(regression, bare)).toMatch(/wanted a column prediction with a number for y/);
  });
  it("other classes", async () => {
    const labels = heldLines(binary, 0.8, true);
    const other = labels.map((line, i) => (i % 50 === 3 ? { ...line, prediction: "maybe" } : line));
    expect(await failure(binary, other)).toMatch(
      /^ChallengerError: 3 rows have a prediction that is none of the classes \(no, yes\), first row \d+ with "maybe"; write them as they stand/,
    );
    expect(
      await failure(
        binary,
        held(binary).map(({ row }) => ({ row, prediction: 0.7 })),
      ),
    ).toMatch(/104 rows .* with "0.7"; probabilities of yes go into a column called probability$/);
    const wrong = foldLines(repeated, 0.5).map(({ proba_mid, ...rest }) => ({ ...rest, proba_middle: proba_mid }));
    expect(await failure(repeated, wrong)).toMatch(/column proba_middle is of no class .* classes are high, low, mid$/);
    const less = foldLines(repeated, 0.5).map(({ proba_mid: _mid, ...rest }) => rest);
    expect(await failure(repeated, less)).toMatch(/there are no probabilities of mid; wanted a column proba_mid too/);
  });
  it("probabilities that are none", async () => {
    const spoilt = (cell: string | number) =>
      held(binary).map((line, i) => (i === 6 || i === 8 ? { ...line, proba_yes: cell } : line));
    for (const cell of ["nan", "NA", "", -0.2, 1.5, 35])
      expect(await failure(binary, spoilt(cell))).toMatch(
        /^ChallengerError: 2 rows have no probability from 0 to 1 in proba_yes, first row \d+ with /,
      );
    expect(await failure(binary, spoilt(0.99))).toMatch(
      /rows? ha(s|ve) probabilities that do not sum to 1 \(within 0\.01\), first row \d+ with 1\.\d+/,
    );
    const dust = held(binary).map(({ row }, i) => ({ row, probability: i % 2 === 0 ? "1.0000000000002" : "-1e-17" }));
    expect(new Set(await values(binary, dust))).toEqual(new Set([0, 1]));
  });
  it("numbers that are none", async () => {
    for (const cell of ["", "NaN", "abc"]) {
      const lines = heldLines(regression, 0.5).map((line, i) => (i === 3 ? { ...line, prediction: cell } : line));
      expect(await failure(regression, lines)).toMatch(
        /^ChallengerError: 1 row has no number of a size that can be scored as prediction, first row 3 with /,
      );
    }
  });
  it("repeats that are not said, or do not exist", async () => {
    const lines = foldLines(repeated, 0.5);
    expect(
      await failure(
        repeated,
        lines.map(({ repeat: _repeat, ...rest }) => rest),
      ),
    ).toMatch(
      /cross-validation was repeated 2 times, so out-of-fold rows need a column repeat with 0 to 1, got no such column at row 0$/,
    );
    const third = lines.map((line, i) => (i === 5 ? { ...line, repeat: 2 } : line));
    expect(await failure(repeated, third)).toMatch(/got 2 at row 5$/);
  });
});
