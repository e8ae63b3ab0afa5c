// Sixteen real tables, where they are: BASELINE_SHARED_DATA names a folder with MANIFEST.json and the files it lists.
// Without it there is nothing here to run.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "../../src/table/read-table.ts";
import { inferSchema } from "../../src/schema/infer.ts";
import { checks } from "../../src/schema/warnings/registry.ts";
import { toDataset } from "../../src/schema/dataset/to-dataset.ts";

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly task: string;
  readonly positive?: string;
  readonly rows: number;
  readonly cols: number;
  readonly sha256: string;
  readonly read: { readonly header: boolean; readonly delimiter: string; readonly eol: string };
}

/** What each table is known for, and must be told of: codes, with the column where there is one. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  iris: ["duplicate-rows"],
  titanic: ["target-copy alive", "recoded-columns", "duplicate-rows", "mostly-missing deck"],
  "winequality-red": ["integer-target quality", "duplicate-rows"],
  "pima-indians-diabetes": ["zero-as-missing"],
  "adult-train": ["missing-markers", "recoded-columns", "duplicate-rows"],
  housing: ["capped-target median_house_value"],
  diamonds: ["zero-as-missing"],
  "seattle-weather": ["time-suspected date", "rare-class weather"],
  elec: ["time-suspected period"],
  mammography: ["quoting-guessed", "rare-class c7", "duplicate-rows"],
  parkinsons_updrs: ["group-suspected subject#"],
  "sms-spam": ["encoding-guessed", "unnamed-columns", "duplicate-rows", "mostly-missing"],
  "air-quality": ["sentinel-suspected", "time-suspected Time"],
  "compas-two-years": [
    "repeated-names",
    "identical-columns",
    "id-column id",
    "id-column name",
    "constant-column type_of_assessment",
    "high-cardinality c_charge_desc",
  ],
  "website-visitors": ["target-sum", "time-suspected Date", "row-number Row", "number-notation Unique.Visits"],
  "castle-solutions": ["target-sum"],
};
/** Kinds that a careful reader would give, beside numbers and categories. */
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  titanic: { adult_male: "boolean", alone: "boolean", sex: "category", age: "number" },
  "seattle-weather": { date: "date" },
  "sms-spam": { v2: "text" },
  "air-quality": { Time: "time", AH: "number" },
  "compas-two-years": {
    id: "id",
    dob: "date",
    c_jail_in: "date",
    type_of_assessment: "constant",
    race: "category",
    is_recid: "boolean",
  },
  "website-visitors": { Row: "id", Date: "date", "Page.Loads": "number", Day: "category" },
  "castle-solutions": { "Why did you choose your troop deployment?": "text" },
  parkinsons_updrs: { "subject#": "id", sex: "boolean" },
  mammography: { c1: "number" },
};

/** Codes of reading and of single columns. */
const OTHER_CODES =
  "encoding-guessed quoting-guessed unnamed-columns repeated-names number-notation integer-target id-column row-number group-suspected constant-column high-cardinality".split(
    " ",
  );

const folder = process.env.BASELINE_SHARED_DATA ?? "";
const manifest = join(folder, "MANIFEST.json");
const entries: readonly Entry[] =
  folder !== "" && existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, "utf8")) as { datasets: Entry[] }).datasets
    : [];

describe("the shared tables", () => {
  it("are expected to be told of in codes that exist", () => {
    const known = new Set([...checks.flatMap(({ codes }) => codes), ...OTHER_CODES]);
    for (const code of Object.values(TOLD).flat()) expect(known).toContain(code.split(" ")[0]);
  });
  if (folder !== "") it("are there", () => expect(entries.length).toBeGreaterThan(0));
  for (const entry of entries)
    it(`${entry.name}: read, understood and told of without a flag but the target`, async () => {
      const table = await readTable(join(folder, entry.file));
      const { dialect, lineEnds, sha256 } = table.origin;
      expect([table.rows, table.columns.length]).toEqual([entry.rows, entry.cols]);
      expect(sha256).toBe(entry.sha256);
      expect([dialect?.header, dialect?.delimiter, lineEnds]).toEqual([
        entry.read.header,
        entry.read.delimiter,
        entry.read.eol,
      ]);
      const schema = inferSchema(table, { target: entry.target });
      expect([schema.target.task, schema.target.problem]).toEqual([entry.task, undefined]);
      if (entry.positive !== undefined) expect(schema.target.classes.at(-1)).toBe(entry.positive.replaceAll("'", ""));
      for (const [name, kind] of Object.entries(KINDS[entry.name] ?? {}))
        expect(schema.columns.find((column) => column.name === name)?.kind, name).toBe(kind);
      const told = schema.warnings.flatMap(({ code, column }) => [code, `${code} ${column ?? ""}`]);
      for (const wanted of TOLD[entry.name] ?? []) expect(told).toContain(wanted);
      expect(toDataset(table, schema).rows).toBe(entry.rows);
    });
});
