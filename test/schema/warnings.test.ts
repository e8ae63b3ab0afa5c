import { afterAll, describe, expect, it } from "vitest";
import type { ReadOptions } from "../../src/table/options.ts";
import { readTable, type TableSource } from "../../src/table/read-table.ts";
import { inferSchema } from "../../src/schema/infer.ts";
import type { SchemaOptions } from "../../src/schema/schema.ts";
import { checks } from "../../src/schema/warnings/registry.ts";
import type { Warning } from "../../src/frame/warning.ts";
import { seeded } from "../../src/numeric/rng.ts";

const ROWS = 300;
const make = <T>(value: (r: number) => T, rows = ROWS): T[] => Array.from({ length: rows }, (_, r) => value(r));
const draws = (name: string, rows = ROWS): number[] => {
  const rng = seeded("warnings").split(name);
  return Array.from({ length: rows }, () => Math.round(1000 * rng.normal()) / 1000);
};
const x = draws("x");
const y = draws("y");
const classes = draws("class").map((v) => (v > 0 ? "yes" : "no"));
/** Another number for each r, in no order. */
const unlike = (r: number): number => ((r * 7919) % 10_007) / 7;
/** A table without anything to warn of. */
const clean: Record<string, unknown[]> = {
  x,
  z: draws("z"),
  city: draws("city").map((v) => `c${Math.floor(Math.abs(v) * 3)}`),
  y,
};

async function warningsOf(source: TableSource, options: SchemaOptions & ReadOptions = {}): Promise<readonly Warning[]> {
  return inferSchema(await readTable(source, options), options).warnings;
}

const fired = new Set<string>();
const of = (warnings: readonly Warning[], code: string): readonly Warning[] => warnings.filter((w) => w.code === code);

interface Case {
  readonly code: string;
  readonly what: string;
  readonly table: Record<string, unknown[]>;
  readonly options?: SchemaOptions & ReadOptions;
  /** What the warning must hold. */
  readonly warning?: Partial<Warning>;
}

const walk = draws("walk").reduce<number[]>((path, step) => [...path, (path.at(-1) ?? 0) + step], []);
const dayOf = (r: number): string => new Date(1.3e12 + 86_400_000 * r).toISOString().slice(0, 10);

const fires: Case[] = [
  {
    code: "target-copy",
    what: "a copy",
    table: { ...clean, again: y },
    warning: { column: "again", evidence: { columns: ["again", "y"], how: "identical" } },
  },
  {
    code: "target-copy",
    what: "the classes in other words",
    table: { x, z: classes.map((c) => (c === "yes" ? 7 : 3)), target: classes },
    warning: { column: "z", evidence: { columns: ["z", "target"], how: "recoded" } },
  },
  {
    code: "identical-columns",
    what: "numbers twice",
    table: { ...clean, twice: x },
    options: { target: "y" },
    warning: { count: 2, evidence: { columns: ["x", "twice"] } },
  },
  {
    code: "identical-columns",
    what: "words three times, with gaps",
    table: {
      a: make((r) => (r % 7 ? `w${r % 3}` : null)),
      b: make((r) => (r % 7 ? `w${r % 3}` : null)),
      c: make((r) => (r % 7 ? `w${r % 3}` : null)),
      y,
    },
    warning: { count: 3 },
  },
  {
    code: "recoded-columns",
    what: "words for numbers",
    table: { a: make((r) => r % 4), b: make((r) => ["one", "two", "three", "four"][r % 4]), y },
    warning: { evidence: { columns: ["a", "b"] } },
  },
  {
    code: "target-sum",
    what: "two parts",
    table: { a: x, noise: draws("n"), b: y, total: x.map((v, r) => v + y[r]) },
    warning: { count: ROWS, evidence: { columns: ["a", "b"], constant: 0 } },
  },
  {
    code: "target-sum",
    what: "shares of a hundred",
    table: {
      a: make((r) => r % 17),
      b: make((r) => (r * 31) % 23),
      c: make((r) => (r * 7) % 13),
      y: make((r) => 100 - (r % 17) - ((r * 31) % 23) - ((r * 7) % 13)),
    },
    warning: { evidence: { columns: ["a", "b", "c"], constant: 100 } },
  },
  {
    code: "target-sum",
    what: "the target in another unit",
    table: { ...clean, cents: y.map((v) => 100 * v + 5) },
    options: { target: "y" },
    warning: { column: "cents" },
  },
  {
    code: "rare-class",
    what: "two of many",
    table: { x, y: make((r) => (r % 100 === 7 ? "rare" : `k${r % 2}`)) },
    warning: { count: 1, evidence: { classes: ["rare"], smallest: 3 } },
  },
  {
    code: "capped-target",
    what: "a largest value of one in ten",
    table: { x, y: y.map((v) => Math.min(v, 1.2)) },
    warning: { evidence: { value: 1.2, end: "largest" } },
  },
  {
    code: "capped-target",
    what: "a smallest value",
    table: { x, y: y.map((v) => Math.max(v, -1.2)) },
    warning: { evidence: { value: -1.2, end: "smallest" } },
  },
  {
    code: "duplicate-rows",
    what: "thirty rows again",
    table: { x: make((r) => unlike(r % 270)), y: make((r) => y[r % 270]) },
    warning: { count: 30, evidence: { distinct: 270, sameFeaturesOtherTarget: 0 } },
  },
  {
    code: "duplicate-rows",
    what: "rows again, of which ten have no target and are not used",
    table: { x: make((r) => unlike(r % 270)), y: make((r) => (r >= 290 ? null : y[r % 270])) },
    warning: { count: 20, evidence: { distinct: 270, sameFeaturesOtherTarget: 0 } },
  },
  {
    code: "duplicate-rows",
    what: "the same features with other targets",
    table: { x: make((r) => unlike(r % 270)), y: make((r) => (r === 299 ? 9 : y[r % 270])) },
    warning: { count: 29, evidence: { distinct: 271, sameFeaturesOtherTarget: 1 } },
  },
  {
    code: "time-suspected",
    what: "dates in order",
    table: { when: make(dayOf), ...clean },
    warning: { column: "when", evidence: { column: "when", direction: "ascending" } },
  },
  {
    code: "time-suspected",
    what: "dates in falling order",
    table: { when: make((r) => dayOf(1000 - r)), ...clean },
    warning: { evidence: { column: "when", direction: "descending" } },
  },
  {
    code: "time-suspected",
    what: "a column that goes round, and a target that follows itself",
    table: { period: make((r) => (r % 24) / 24), x, y: walk },
    warning: { column: "period" },
  },
  {
    code: "time-suspected",
    what: "times of day that go round",
    table: { at: make((r) => `${r % 24}:00`), x, y: walk },
    warning: { column: "at" },
  },
  {
    code: "group-suspected",
    what: "a column in blocks inside which years rise",
    table: {
      nr: make((r) => 13 + 7 * Math.floor(r / 8) + (r < 160 ? 0 : 1)),
      when: make((r) => 1980 + (r % 8)),
      y: walk,
    },
    warning: { column: "nr", evidence: { rises: "when" } },
  },
  {
    code: "group-suspected",
    what: "as many things as there are, in more rows than are looked at for years",
    table: {
      firm: make((r) => 3 * Math.floor(r / 9) + (r < 900 ? 0 : 1), 9000),
      year: make((r) => 1990 + (r % 9), 9000),
      y: make((r) => Math.floor(r / 9) % 97, 9000),
    },
    warning: { column: "firm", count: 1000, evidence: { rowsEach: 9 } },
  },
  {
    code: "group-suspected",
    what: "names in blocks inside which a number rises, by uneven steps too",
    table: { plant: make((r) => `p${Math.floor(r / 5)}`), age: make((r) => [1, 3, 8, 20, 21][r % 5]), x, y: walk },
    warning: { column: "plant", evidence: { rowsEach: 5, rises: "age" } },
  },
  {
    code: "group-suspected",
    what: "names in blocks inside which dates rise, hardly two of them the same",
    table: {
      boxer: make((r) => `b${Math.floor(r / 6)}`),
      fought: make((r) => dayOf(((Math.floor(r / 6) * 37) % 50) + (r % 6) * 60)),
      y: make((r) => (Math.floor(r / 6) * 31) % 17),
    },
    warning: { column: "boxer", evidence: { rises: "fought" } },
  },
  {
    code: "time-suspected",
    what: "years that rise within each of a few things, in rows that are sorted by the target",
    table: {
      line: make((r) => `l${Math.floor(r / 100)}`),
      year: make((r) => 1900 + (r % 100)),
      y: make((r) => (r % 100) * 10 + Math.floor(r / 100)),
    },
    warning: { column: "year", evidence: { column: "year", within: "line" } },
  },
  {
    code: "row-order",
    what: "rows like the ones before them",
    table: { a: walk, b: walk.map((v, r) => v + x[r] / 10), y: walk.map((v, r) => v - y[r] / 10) },
  },
  {
    code: "missing-markers",
    what: "question marks",
    table: { ...clean, q: make((r) => (r % 10 ? `w${r % 3}` : "?")) },
    options: { target: "y" },
    warning: {
      column: "q",
      count: 30,
      message: `"?" is read as missing in 30 cells of q; if it is a value, say --keep-na 'q=?'`,
      evidence: { text: "?", columns: ["q"] },
    },
  },
  {
    code: "missing-markers",
    what: "a minus in two columns",
    table: { ...clean, q: make((r) => (r % 10 ? `w${r % 3}` : "-")), p: make((r) => (r % 20 ? `w${r % 3}` : "-")) },
    options: { target: "y" },
    warning: { count: 45, message: '"-" is read as missing in 45 cells of q, p; if it is a value, say --keep-na=-' },
  },
  {
    code: "mostly-missing",
    what: "two thirds",
    table: { ...clean, q: make((r) => (r % 3 ? null : x[r])) },
    options: { target: "y" },
    warning: { column: "q", count: 1 },
  },
  {
    code: "target-missing",
    what: "a sixth",
    table: { x, y: make((r) => (r % 6 ? y[r] : null)) },
    warning: { column: "y", count: 50, message: "50 rows (16.7 %) without a target, not used" },
  },
  {
    code: "target-missing",
    what: "a class that is called NA",
    table: { x, y: make((r) => ["EU", "NA", "APAC"][r % 3]) },
    warning: {
      column: "y",
      count: 100,
      message:
        '100 rows (33.3 %) without a target, not used; "NA" (100 cells) is read as missing: if it is a class, say --keep-na y=NA',
    },
  },
  {
    code: "empty-rows",
    what: "ten",
    table: { x: make((r) => (r % 30 ? x[r] : null)), y: make((r) => (r % 30 ? y[r] : null)) },
    warning: { count: 10 },
  },
  {
    code: "sentinel-suspected",
    what: "-200 among temperatures",
    table: { ...clean, t: make((r) => (r % 50 ? 20 + x[r] : -200)) },
    options: { target: "y" },
    warning: { column: "t", count: 6, evidence: { value: -200, columns: ["t"] } },
  },
  {
    code: "sentinel-suspected",
    what: "9999 in two columns, one the target",
    table: { a: make((r) => (r % 50 ? x[r] : 9999)), y: make((r) => (r % 50 !== 3 ? y[r] : 9999)) },
    warning: { count: 12, evidence: { value: 9999, columns: ["a", "y"] } },
  },
  {
    code: "sentinel-suspected",
    what: "the end of time",
    table: { ...clean, until: make((r) => (r % 50 ? dayOf(r) : "9999-12-31")) },
    options: { target: "y" },
    warning: { column: "until", count: 6, evidence: { value: "9999-12-31", columns: ["until"] } },
  },
  {
    code: "sentinel-suspected",
    what: "the first day of a calendar",
    table: { ...clean, since: make((r) => (r % 50 ? dayOf(r) : "1900-01-01")) },
    options: { target: "y" },
    warning: { column: "since", count: 6, evidence: { value: "1900-01-01", columns: ["since"] } },
  },
  {
    code: "missing-markers",
    what: "a text that says there is no date",
    table: { ...clean, when: make((r) => (r % 50 ? dayOf(r) : "0000-00-00")) },
    options: { target: "y" },
    warning: { column: "when", count: 6, evidence: { text: "0000-00-00", columns: ["when"] } },
  },
  {
    code: "zero-as-missing",
    what: "no blood pressure",
    table: { ...clean, bp: make((r) => (r % 20 ? 60 + (r % 41) : 0)) },
    options: { target: "y" },
    warning: { column: "bp", count: 15 },
  },
  {
    code: "infinite-values",
    what: "in a feature and the target",
    table: { x: make((r) => (r % 100 ? x[r] : Infinity)), y: make((r) => (r % 150 ? y[r] : -Infinity)) },
    warning: { column: "x", count: 3 },
  },
  {
    code: "clipped-values",
    what: "1e200",
    table: { x: make((r) => (r % 100 ? x[r] : 1e200)), y },
    warning: { column: "x", count: 3 },
  },
  {
    code: "weight-suspected",
    what: "by its name",
    table: { fnlwgt: x.map((v) => v + 5), z: draws("z"), y },
    warning: { column: "fnlwgt" },
  },
  {
    code: "weight-suspected",
    what: "one of 1 on average, as surveys have it",
    table: { weight: make((r) => 0.5 + ((r * 7) % 100) / 99), z: draws("z"), y },
    warning: { column: "weight" },
  },
  {
    code: "similar-levels",
    what: "upper and lower case",
    table: { sex: make((r) => ["male", "Male", "female"][r % 3]), x, y },
    warning: { column: "sex", count: 1, evidence: { levels: ["male", "Male"] } },
  },
  {
    code: "similar-levels",
    what: "classes of a dot more",
    table: { x, z: draws("z"), y: make((r) => ["<=50K", ">50K", "<=50K.", ">50K."][r % 4]) },
    warning: {
      column: "y",
      count: 2,
      message: 'classes of y differ in a dot at the end alone: "<=50K" and "<=50K.", and 1 more; they are kept apart',
    },
  },
  {
    code: "similar-levels",
    what: "classes of another case",
    table: { x, y: make((r) => ["TRUE", "True", "false"][r % 3]) },
    warning: { column: "y", count: 1, evidence: { levels: ["TRUE", "True"] } },
  },
  {
    code: "similar-levels",
    what: "groups with what cannot be seen",
    table: { ...clean, g: make((r) => (r % 2 ? "Acme" : r % 4 ? "Ac\u200bme" : `firm ${r % 5}`)) },
    options: { group: "g", target: "y" },
    warning: {
      column: "g",
      count: 1,
      message: String.raw`groups of g differ in characters that cannot be seen alone: "Acme" and "Ac\u200bme"; they are kept apart`,
    },
  },
  {
    code: "similar-levels",
    what: "ids of two Unicode forms and cases",
    table: { ...clean, key: make((r) => (r === 7 ? "Jose\u0301" : r === 9 ? "jos\u00e9" : `k${r}`)) },
    options: { id: "key", target: "y" },
    warning: { column: "key", count: 1, evidence: { levels: ["Jose\u0301", "jos\u00e9"] } },
  },
  { code: "no-features", what: "an id alone", table: { id: make((r) => (r * 7919) % 10_007), y } },
  {
    code: "constant-column",
    what: "one value",
    table: { ...clean, c: make(() => 1) },
    options: { target: "y" },
    warning: { column: "c" },
  },
  {
    code: "high-cardinality",
    what: "60 levels of five rows",
    table: { ...clean, c: make((r) => `v${r % 60}`) },
    options: { target: "y" },
    warning: { column: "c", count: 60 },
  },
];

describe("a warning", () => {
  for (const { code, what, table, options, warning } of fires)
    it(`${code} is given: ${what}`, async () => {
      const found = of(await warningsOf(table, options), code);
      expect(found.length).toBeGreaterThan(0);
      if (warning !== undefined) expect(found[0]).toMatchObject(warning);
      for (const { message } of found) expect(message).toMatch(/^[^\n]{10,400}$/);
      fired.add(code);
    });
  afterAll(() => {
    const silent = checks.flatMap(({ codes }) => codes).filter((code) => !fired.has(code));
    expect(silent).toEqual([]); // every check has a case above
  });
});

describe("silence", () => {
  it("is what a clean table gets", async () => expect(await warningsOf(clean)).toEqual([]));
  const silent: Case[] = [
    {
      code: "target-copy",
      what: "a column that differs in one row",
      table: { ...clean, again: make((r) => (r === 5 ? 99 : y[r])) },
      options: { target: "y" },
    },
    {
      code: "target-copy",
      what: "two columns that have another value in each row",
      table: { a: make((r) => `K${r}`), x, target: y },
      options: { types: { a: "category" } },
    },
    {
      code: "recoded-columns",
      what: "as many levels that part other rows",
      table: { a: make((r) => r % 4), b: make((r) => Math.floor(r / 4) % 4), y },
    },
    {
      code: "recoded-columns",
      what: "the same levels with gaps elsewhere",
      table: { a: make((r) => (r === 8 ? null : r % 4)), b: make((r) => (r === 9 ? null : `w${r % 4}`)), y },
    },
    {
      code: "target-sum",
      what: "a sum with noise",
      table: { a: x, b: y, total: x.map((v, r) => v + y[r] + draws("e")[r] / 1000) },
    },
    {
      code: "target-sum",
      what: "as many columns as rows",
      table: Object.fromEntries([
        ...make((c) => [`x${c}`, draws(`x${c}`, 40)] as const, 30),
        ["y", draws("y", 40)] as const,
      ]),
    },
    { code: "rare-class", what: "classes of one size", table: { x, y: make((r) => `k${r % 3}`) } },
    { code: "capped-target", what: "few distinct values", table: { x, y: make((r) => Math.min(r % 12, 8)) } },
    { code: "capped-target", what: "many zeros", table: { x, y: y.map((v) => Math.max(v, 0)) } },
    {
      code: "time-suspected",
      what: "dates in any order",
      table: { when: make((r) => dayOf((r * 7919) % 1009)), ...clean },
    },
    {
      code: "time-suspected",
      what: "time is given",
      table: { when: make(dayOf), ...clean },
      options: { time: "when" },
    },
    {
      code: "time-suspected",
      what: "a grid of an experiment: its target does not follow itself",
      table: { dose: make((r) => r % 6), x, y },
    },
    {
      code: "group-suspected",
      what: "blocks of a name that comes back far down",
      table: {
        firm: make((r) => Math.floor((r % 8000) / 8), 9000),
        year: make((r) => 1990 + (r % 8), 9000),
        y: make((r) => Math.floor(r / 8) % 97, 9000),
      },
    },
    {
      code: "group-suspected",
      what: "days that hours go round",
      table: { day: make((r) => Math.floor(r / 24)), hour: make((r) => r % 24), x, y: walk },
    },
    {
      code: "group-suspected",
      what: "rows sorted by a name, then by a number of which each row has its own",
      table: { city: make((r) => `c${Math.floor(r / 8)}`), size: make((r) => r + 1000 * (r % 8)), x, y: walk },
    },
    {
      code: "row-order",
      what: "rows sorted by the target",
      table: { a: x.toSorted((a, b) => a - b), y: y.toSorted((a, b) => a - b) },
    },
    {
      code: "row-order",
      what: "groups are given",
      table: { g: make((r) => Math.floor(r / 10)), a: walk, y: walk.map((v, r) => v - y[r] / 10) },
      options: { group: "g" },
    },
    {
      code: "sentinel-suspected",
      what: "one far value",
      table: { ...clean, t: make((r) => (r === 50 ? -200 : 20 + x[r])) },
      options: { target: "y" },
    },
    {
      code: "sentinel-suspected",
      what: "a day in the middle of a year, far from others",
      table: { ...clean, since: make((r) => (r % 50 ? dayOf(r) : "1931-06-14")) },
      options: { target: "y" },
    },
    {
      code: "sentinel-suspected",
      what: "99 among ages",
      table: { ...clean, age: make((r) => r % 100) },
      options: { target: "y" },
    },
    {
      code: "sentinel-suspected",
      what: "negative numbers among negative ones",
      table: { ...clean, t: make((r) => -300 + (r % 250)) },
      options: { target: "y" },
    },
    {
      code: "zero-as-missing",
      what: "counts from 0",
      table: { ...clean, n: make((r) => r % 9) },
      options: { target: "y" },
    },
    {
      code: "zero-as-missing",
      what: "mostly zero",
      table: { ...clean, gain: make((r) => (r % 5 ? 0 : 1000 + r)) },
      options: { target: "y" },
    },
    {
      code: "zero-as-missing",
      what: "amounts down to small ones",
      table: { ...clean, a: make((r) => (r % 20 ? (r % 97) / 10 : 0)) },
      options: { target: "y" },
    },
    {
      code: "duplicate-rows",
      what: "rows told apart by an ignored id only are duplicates, others none",
      table: { x, y },
    },
    {
      code: "weight-suspected",
      what: "the weight of a body",
      table: { weight: make((r) => 50 + ((r * 7) % 100) / 2), z: draws("z"), y },
    },
    {
      code: "similar-levels",
      what: "levels that differ",
      table: { sex: make((r) => ["male", "female"][r % 2]), x, y },
    },
    {
      code: "similar-levels",
      what: "texts that are left out",
      table: { ...clean, name: make((r) => (r % 2 ? `n ${r}` : `N ${r + 1}`)) },
      options: { target: "y" },
    },
  ];
  for (const { code, what, table, options } of silent)
    it(`${code} is not given: ${what}`, async () => expect(of(await warningsOf(table, options), code)).toEqual([]));
});
