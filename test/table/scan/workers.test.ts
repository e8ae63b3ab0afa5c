import { describe, expect, it } from "vitest";
import { fingerprint } from "../../../src/frame/fingerprint.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { plain, read } from "../read.ts";

/** 20,000 records with quoted line ends, late strangers, short records and levels that come one after the other. */
function text(): string {
  const rng = seeded("workers");
  const lines = ["x,word,late,code,note"];
  for (let r = 0; r < 20_000; r++) {
    if (r % 4999 === 17) lines.push("short,record");
    const note = rng.below(10) === 0 ? `"line one\nline ""two"" ${rng.below(50)}"` : `note ${rng.below(5000)}`;
    const late = r > 15_000 && rng.below(3) === 0 ? "stranger" : String(rng.below(100));
    lines.push(`${rng.normal()},w${Math.floor(r / 500)},${late},${r > 12_000 ? "007" : rng.below(900)},${note}`);
  }
  return lines.join("\n");
}

describe("reading with threads", () => {
  it("gives the same table for 1, 2 and 3 of them, in blocks of any size", async () => {
    const csv = text();
    const options = { skipBadLines: true };
    const one = await read(csv, { ...options, workers: 1 });
    expect(one.columns.map(({ kind }) => kind)).toEqual(["number", "text", "text", "text", "text"]);
    expect(one.rows).toBe(20_000);
    expect(one.origin.skipped).toBe(4);
    for (const [workers, blockBytes] of [
      [1, 3001],
      [2, 40_000],
      [3, 17_000],
      [2, 1000],
    ]) {
      const other = await read(csv, { ...options, workers }, { blockBytes });
      expect(fingerprint(other)).toBe(fingerprint(one));
      expect(other.warnings).toEqual(one.warnings);
      expect(other.rowNumbers).toEqual(one.rowNumbers);
    }
  });
  it("has room for all rows where records are far shorter than the first ones", async () => {
    const long = Array.from({ length: 3000 }, (_, i) => `${i / 7},${"text ".repeat(60)}${i}`);
    const short = Array.from({ length: 60_000 }, (_, i) => (i % 9 === 0 ? `${i},"a\nb"` : `${i},c`));
    const csv = `n,what\n${[...long, ...short].join("\n")}\n`;
    const translated = fingerprint(await read(csv, { workers: 1 }, { translate: true }));
    for (const [workers, blockBytes] of [
      [1, 2 ** 21],
      [1, 50_000],
      [2, 20_000],
    ])
      expect(fingerprint(await read(csv, { workers }, { blockBytes }))).toBe(translated);
  });
  it("says the same of the first record that does not fit", async () => {
    const csv = text();
    const messages = await Promise.all(
      [1, 2].map((workers) => read(csv, { workers }, { blockBytes: 5000 }).catch((error: Error) => error.message)),
    );
    expect(messages[0]).toMatch(/^test\.csv, line \d+: 2 fields where 5 are wanted/);
    expect(messages[1]).toBe(messages[0]);
  });
  it("goes round a lone quote that turns the counting of quotes", async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? `${i},5" pipe` : `${i},"a, ""b""\nc"`));
    const csv = `n,what\n${lines.join("\n")}\n`;
    const one = plain(await read(csv, { workers: 1 }));
    expect(plain(await read(csv, { workers: 2 }, { blockBytes: 777 }))).toEqual(one);
    expect(plain(await read(csv, { workers: 1 }, { translate: true }))).toEqual(one);
  });
});
