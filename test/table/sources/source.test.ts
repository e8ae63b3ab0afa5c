import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readDelimited } from "../../../src/table/delimited.ts";
import { LIMITS } from "../../../src/table/limits.ts";
import { readTable } from "../../../src/table/read-table.ts";
import {
  bufferSource,
  gunzipped,
  heeding,
  peeked,
  stdinSource,
  tapped,
  type Source,
} from "../../../src/table/sources/source.ts";
import { translated } from "../../../src/table/sources/translate.ts";

/** A source that tells how often it was opened, and when everything opened is closed. */
function watched(inner: Source): Source & { opened: number; closed: Promise<void> } {
  let open = 0;
  let allClosed = (): void => undefined;
  const closed = new Promise<void>((resolve) => (allClosed = resolve));
  const source = {
    ...inner,
    opened: 0,
    closed,
    open: async function* () {
      source.opened++;
      open++;
      try {
        yield* inner.open();
      } finally {
        if (--open === 0) allClosed();
      }
    },
  };
  return source;
}

async function bytesOf(source: Source): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.open()) chunks.push(new Uint8Array(chunk));
  return Buffer.concat(chunks);
}

/** Text that no compression makes small. */
const long = Array.from({ length: 60_000 }, (_, i) => `${Math.sin(i)},${Math.cos(i)}`).join("\n");

describe("what was opened is closed", () => {
  it("when unpacking stops early, and when it goes to the end", async () => {
    for (const early of [true, false]) {
      const source = watched(bufferSource(gzipSync(long)));
      for await (const chunk of gunzipped(source).open()) if (early && chunk.length > 0) break;
      await source.closed;
    }
  });
  it("when csv-parse stops early", async () => {
    const source = watched(bufferSource(Buffer.from(long)));
    const dialect = { encoding: "utf8", delimiter: ",", quote: '"', escape: "\\", comment: "", header: true };
    for await (const _ of translated(source, dialect, LIMITS.lineBytes, 0).open()) break;
    await source.closed;
  });
  it("when the packed source fails, with its own error", async () => {
    const broken: Source = {
      ...bufferSource(gzipSync(long)),
      open: async function* () {
        yield gzipSync(long).subarray(0, 5000);
        throw new Error("the disk is gone");
      },
    };
    await expect(bytesOf(gunzipped(broken))).rejects.toThrow("the disk is gone");
  });
});

describe("a table is read at one opening of its file", () => {
  const text = `a,b\n${long}\n`;
  for (const [what, source, compression] of [
    ["plain", bufferSource(Buffer.from(text)), "none"],
    ["packed", bufferSource(gzipSync(text)), "gzip"],
  ] as const)
    it(what, async () => {
      const file = watched(source);
      const tap = tapped(file);
      const raw = peeked(tap.source);
      expect((await raw.head(2)).length).toBe(2);
      const unpacked = compression === "none" ? raw : peeked(gunzipped(raw));
      const table = await readDelimited(unpacked, compression, tap, { workers: 1 }, LIMITS);
      expect(table.rows).toBe(60_000);
      expect(file.opened).toBe(1);
      expect(table.origin).toMatchObject({ compression, bytes: source.size });
      await file.closed;
    });
});

describe("bytes that were looked at", () => {
  it("are given again, all of them, however much was looked at", async () => {
    const bytes = Buffer.from(long);
    for (const most of [[1], [16, 2 ** 18], [2 ** 18, 5], [2 ** 23]]) {
      const source = peeked(bufferSource(bytes));
      for (const count of most) expect((await source.head(count)).equals(bytes.subarray(0, count))).toBe(true);
      expect((await bytesOf(source)).equals(bytes)).toBe(true);
      expect((await bytesOf(source)).equals(bytes)).toBe(true);
    }
  });
});

describe("a signal", () => {
  it("ends reading that waits for bytes", async () => {
    const stop = new AbortController();
    const input = new PassThrough();
    input.write("a,b\n1,2\n");
    const source = heeding(stdinSource(1000, stop.signal, input), stop.signal);
    const bytes = source.open()[Symbol.asyncIterator]();
    expect((await bytes.next()).done).toBe(false);
    const waiting = bytes.next();
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(input.destroyed).toBe(true);
  });
  it("ends the reading of a table, plain and packed, with its reason", async () => {
    const folder = mkdtempSync(join(tmpdir(), "signal-"));
    const signal = AbortSignal.abort(new Error("no time left"));
    for (const content of [`a,b\n${long}\n`, gzipSync(`a,b\n${long}\n`)]) {
      writeFileSync(join(folder, "t"), content);
      await expect(readTable(join(folder, "t"), { signal })).rejects.toThrow("no time left");
    }
    rmSync(folder, { recursive: true });
  });
});

describe("bytes that come once", () => {
  it("count against the limit, with a sentence", async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.from("1,2\n".repeat(500));
      })(),
    );
    const tap = tapped(stdinSource(100_000, undefined, endless));
    const options = { workers: 1, limits: { memory: 100_000 } };
    const reading = readDelimited(peeked(tap.source), "none", tap, options, { ...LIMITS, memory: 100_000 });
    await expect(reading).rejects.toThrow(/^stdin: more than 0.0954 MiB, the limit of what is kept in memory; save it/);
  });
  it("leave less of the limit for the table", async () => {
    const tap = tapped(stdinSource(500_000, undefined, Readable.from([Buffer.from("7,8\n".repeat(25_000))])));
    const reading = readDelimited(peeked(tap.source), "none", tap, { workers: 1 }, { ...LIMITS, memory: 450_000 });
    await expect(reading).rejects.toThrow(/25000 rows of 2 columns need 0.381 MiB, more than the limit of 0.334 MiB/);
  });
});
