import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import { benchmarkOnDisk, scratch, tableText, type OnDisk } from "./benchmark.ts";

let parent: string;
let bench: OnDisk;
beforeAll(async () => {
  parent = scratch(afterAll);
  bench = await benchmarkOnDisk(parent, "binary", 200, { types: { z: "text" }, na: ["plain"] });
});

const written = (name: string, content: string | Uint8Array): string => {
  const path = join(parent, name);
  writeFileSync(path, content);
  return path;
};

describe("the benchmark's table once more", () => {
  it("is read as it was: the same columns, kinds, roles and missing cells", async () => {
    const { data, schema } = await reopenData(bench.opened, bench.data);
    expect(schema.columns.map(({ name, kind, role }) => ({ name, kind, role }))).toEqual(
      bench.opened.artifact.columns.map(({ name, kind, role }) => ({ name, kind, role })),
    );
    expect(schema.columns.find(({ name }) => name === "z")).toMatchObject({ kind: "text" });
    expect(schema.columns.find(({ name }) => name === "z")!.missing).toBeGreaterThan(10);
    expect(data.rows).toBe(bench.opened.data.rows);
    expect(data.target).toEqual(bench.opened.data.target);
  });
  it("may be a copy, compressed or with other line ends", async () => {
    const text = readFileSync(bench.data, "utf8");
    for (const path of [
      written("copy.csv", text),
      written("copy.csv.gz", gzipSync(text)),
      written("dos.csv", text.replaceAll("\n", "\r\n")),
    ])
      expect((await reopenData(bench.opened, path)).testFrom).toBe(200);
  });
  it("is refused when a value, the order or the number of rows is another, with the remedy", async () => {
    const lines = readFileSync(bench.data, "utf8").trimEnd().split("\n");
    const other = written("other.csv", [...lines.slice(0, -1), "id199,9.25,plain,no,no", ""].join("\n"));
    await expect(reopenData(bench.opened, other)).rejects.toThrow(
      /other\.csv: is not the table that .* was trained on \(data\.csv\): its content differs; give that one with --data/,
    );
    const shuffled = written("shuffled.csv", [lines[0], ...lines.slice(1).reverse(), ""].join("\n"));
    await expect(reopenData(bench.opened, shuffled)).rejects.toThrow("its content differs");
    const short = written("short.csv", lines.slice(0, -1).join("\n"));
    await expect(reopenData(bench.opened, short)).rejects.toThrow("it has 199 rows, not 200");
    await expect(reopenData(bench.opened, short)).rejects.toMatchObject({ name: "FolderError" });
  });
  it("is refused when it lacks the target or is not there", async () => {
    await expect(reopenData(bench.opened, written("else.csv", "a,b\n1,2\n3,4\n"))).rejects.toMatchObject({
      name: "DataError",
    });
    await expect(reopenData(bench.opened, join(parent, "nowhere.csv"))).rejects.toThrow(/nowhere\.csv/);
  });
});

describe("a benchmark with a test table", () => {
  it("reads that again too, from where it was or where it is said to be now", async () => {
    const test = written("test.csv", tableText("binary", 60));
    const { opened, data } = await benchmarkOnDisk(parent, "binary", 200, { test });
    const loaded = await reopenData(opened, data);
    expect([loaded.testFrom, loaded.data.rows, loaded.testTable?.rows]).toEqual([200, 260, 60]);
    const moved = join(parent, "moved.csv");
    renameSync(test, moved);
    await expect(reopenData(opened, data)).rejects.toThrow(/scored on the test table test\.csv.*--test/);
    expect((await reopenData(opened, data, { test: moved })).data.rows).toBe(260);
    const shorter = written("shorter.csv", tableText("binary", 50));
    await expect(reopenData(opened, data, { test: shorter })).rejects.toThrow(
      /the test table: is not the table.*it has 50 rows, not 60/,
    );
    const changed = written("changed.csv", tableText("binary", 60).replace("id3,", "id03,"));
    await expect(reopenData(opened, data, { test: changed })).rejects.toThrow("its SHA-256 differs");
  });
});
