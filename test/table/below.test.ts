import { describe, expect, it } from "vitest";
import type { ReadOptions } from "../../src/table/options.ts";
import { cells, read } from "./read.ts";

const rows = Array.from({ length: 30 }, (_, i) => [`C${i}`, String(1000 + 37 * i), `${i % 7}.5`]);
const text = ["country,gdp,growth", ...rows.map((row) => row.join(","))].join("\n");

const wordy = `${text.replaceAll(/^C/gm, "Town in the county number ")}\nTown in the county`;

describe("lines below the table", () => {
  const below: [string, string][] = [
    ["a source", "\nSource: World Bank, 2020\n"],
    ["a source without a line end", "\nSource: World Bank"],
    ["a quoted note behind a blank line", '\n\n"Note: figures are provisional; see annex"\n'],
    ["a remark of several words", "\nFigures may not add up due to rounding.\n"],
    ["a day in German", "\nStand: 01.04.2021\n"],
    ["a source in Polish", "\nŹródło: GUS\n"],
    ["a source in Chinese", "\n来源：国家统计局\n"],
    ["a count of rows", "\n(30 rows affected)\n"],
    ["several", "\n\nQuelle: Statistisches Bundesamt\n\n* vorläufig\n30 Zeilen\n"],
    ["a total that leaves fields out", "\nTotal,46095\n"],
  ];
  for (const [what, lines] of below)
    it(`are left out and told: ${what}`, async () => {
      for (const tuning of [{}, { translate: true }, { blockBytes: 64 }]) {
        const table = await read(text + lines, {}, tuning);
        expect(cells(table)).toEqual(rows);
        expect(table.rowNumbers ?? []).toEqual(
          table.rowNumbers === undefined ? [] : Int32Array.from(rows, (_, r) => r),
        );
        const [told, ...others] = table.warnings;
        expect(others).toEqual([]);
        expect(told).toMatchObject({
          code: "lines-below",
          count: lines.split("\n").filter((line) => line !== "").length,
        });
      }
    });
  const refused: [string, string, RegExp, ReadOptions?][] = [
    ["a record that is cut off", `${text}\nC30,2110`, /, line 32: 2 fields where 3 are wanted/],
    ["the words of a cell that is cut off", wordy, /, line 32: 1 field where 3/],
    ["a name alone", `${text}\nNew York\n`, /, line 32: 1 field where 3/],
    ["a remark among records", text.replace("C9,1333,2.5", "Note: see annex"), /, line 11: 1 field where 3/],
    [
      "one among them and one below",
      `${text.replace("C9,1333,2.5", "Note: x")}\nSource: y\n`,
      /, line 11: 1 field where 3/,
    ],
    ["a short record above a remark", `${text}\na,b\nSource: y\n`, /, line 32: 2 fields where 3/],
    ["too many fields", `${text}\nSource: one, two, three, four\n`, /, line 32: 4 fields where 3/],
    ["too many lines", `${text}\n${"* remark\n".repeat(21)}`, /, line 32: 1 field where 3/],
    ["a remark where all are kept", `${text}\nSource: y\n`, /, line 32: 1 field where 3/, { oddRecords: "keep" }],
  ];
  for (const [what, lines, message, options] of refused)
    it(`are not ${what}`, async () => {
      await expect(read(lines, options)).rejects.toThrow(message);
      await expect(read(lines, options, { blockBytes: 64 })).rejects.toThrow(message);
    });
  it("are bad lines where these are skipped", async () => {
    const { warnings } = await read(`${text}\nSource: y\n`, { skipBadLines: true });
    expect(warnings.map(({ code }) => code)).toEqual(["bad-lines"]);
  });
});
