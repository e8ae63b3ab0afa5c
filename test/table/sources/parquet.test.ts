import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DataError } from "../../../src/frame/error.ts";
import { LIMITS } from "../../../src/table/limits.ts";
import { readParquet } from "../../../src/table/sources/parquet.ts";
import { readTable } from "../../../src/table/read-table.ts";
import { bufferSource, tapped } from "../../../src/table/sources/source.ts";
import { cellText, levelTexts } from "../../../src/frame/table.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { cells } from "../read.ts";

const path = resolve("test/reference/table.parquet");

describe("a Parquet file", () => {
  it("gives doubles for INT64 where they hold them, ISO text for dates, words for truth", async () => {
    const table = await readTable(path);
    expect(table.rows).toBe(5);
    expect(table.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "big number",
      "huge text",
      "small number",
      "price number",
      "name text",
      "yes text",
      "at text",
      "text text",
    ]);
    expect(cells(table)).toEqual([
      ["1", "9007199254740993", "1", "1.5", "ann", "true", "2020-01-02", "007"],
      ["2", "9007199254740995", "2", "", "bob", "false", "2020-01-03", "12"],
      ["", "1", "3", "-0.25", "ann", "", "", "3"],
      ["9007199254740991", "2", "4", "1e+300", "", "true", "2020-02-03T04:05:06.789Z", ""],
      ["-5", "", "5", "", "x", "true", "2021-01-01", "5"],
    ]);
    expect(table.origin).toMatchObject({ format: "parquet", name: "table.parquet", bytes: readFileSync(path).length });
    expect(table.columns[7].markers).toEqual([{ text: "NA", count: 1 }]);
  });
  it("is the same from bytes", async () => {
    const table = await readTable(readFileSync(path), { name: "bytes" });
    expect(cells(table)).toEqual(cells(await readTable(path)));
    expect(table.origin.name).toBe("bytes");
  });
  it("may be compressed in ways that need hyparquet-compressors", async () => {
    const table = await readTable(resolve("test/reference/gzip.parquet"));
    expect(cells(table).map(([n]) => Number(n))).toEqual(Array.from({ length: 100 }, (_, i) => i % 7));
  });
  it("keeps columns as text where they are said to be no numbers", async () => {
    const column = (await readTable(path, { types: { small: "category" } })).columns[2];
    expect(column.kind === "text" && levelTexts(column.levels)).toEqual(["1", "2", "3", "4", "5"]);
  });
  it("is read without columns of structures, which are told", async () => {
    const { columns, rows, warnings } = await readTable(resolve("test/reference/nested.parquet"));
    const tags = columns.findIndex(({ name }) => name === "tags");
    expect(Array.from({ length: rows }, (_, r) => cellText(columns[tags], r)).join("")).toBe("");
    expect(warnings).toMatchObject([{ code: "unread-column", column: "tags" }]);
  });
  it("says what to install when hyparquet is not there", () => {
    const folder = mkdtempSync(join(tmpdir(), "alone-"));
    cpSync(".cache/dist", join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
      symlinkSync(resolve("node_modules", name), join(folder, "node_modules", name));
    }
    const program = `
      import { readTable } from "./dist/table/read-table.js";
      await readTable(${JSON.stringify(path)}).catch(({ name, message }) => console.log(name + ": " + message));
    `;
    writeFileSync(join(folder, "program.js"), program);
    const said = execFileSync(process.execPath, ["program.js"], { cwd: folder, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(said).toMatch(
      /^DataError: .*table\.parquet: reading Parquet needs a package that is not installed; run: npm install hyparquet hyparquet-compressors\n$/,
    );
  });
  it("is refused beyond the limits", async () => {
    await expect(readTable(path, { limits: { columns: 3 } })).rejects.toThrow("8 columns, more than the limit of 3");
    await expect(readTable(path, { limits: { memory: 100 } })).rejects.toThrow(/5 rows of 8 columns need .* more than/);
  });
  it("is refused when it is damaged so that its decoder never ends, and let go of when a signal fires", async () => {
    const damaged = readFileSync(path);
    damaged[486] = 208; // how long a page of deltas is
    const tap = tapped(bufferSource(damaged, "damaged.parquet"));
    await expect(readParquet(tap.source, tap, {}, LIMITS, 0.2)).rejects.toThrow(
      /^damaged.parquet: cannot be read as Parquet \(it is damaged: reading does not go on\)$/,
    );
    const stop = new AbortController();
    const reading = readTable(damaged, { signal: stop.signal });
    setImmediate(() => stop.abort(new Error("stopped by hand")));
    await expect(reading).rejects.toThrow("stopped by hand");
  });
  it("is read whole or refused, whatever byte is damaged", async () => {
    const whole = cells(await readTable(path));
    const rng = seeded("damaged");
    for (let i = 0; i < 12; i++) {
      const bytes = readFileSync(path);
      bytes[4 + rng.below(bytes.length - 8)] ^= 1 << rng.below(8);
      const tap = tapped(bufferSource(bytes, "damaged.parquet"));
      const reading = readParquet(tap.source, tap, {}, LIMITS, 2);
      const table = await reading.catch((error: unknown) => {
        expect(error).toBeInstanceOf(DataError);
      });
      if (table) expect(cells(table).length).toBe(whole.length);
    }
  });
});
