/** Damaged Parquet files: refused with a sentence, or read as whole columns; no decoder runs for ever. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/table/limits.ts";
import { readParquet } from "../../src/table/sources/parquet.ts";
import { bufferSource, tapped } from "../../src/table/sources/source.ts";
import { cellText } from "../../src/frame/table.ts";
import type { Rng } from "../../src/numeric/rng.ts";
import { endingOf, fuzz, MOST_MILLISECONDS, pick } from "./fuzzing.ts";

const originals = ["table", "gzip"].map((name) => readFileSync(`test/reference/${name}.parquet`));

describe("Parquet files", () => {
  it("that were damaged are refused, or read as a whole", { timeout: MOST_MILLISECONDS }, () =>
    fuzz({
      name: "damaged Parquet files",
      few: 15,
      share: 0.05,
      run: (rng) => {
        const bytes = damaged(pick(rng, originals), rng);
        return endingOf(async () => {
          const tap = tapped(bufferSource(bytes, "damaged.parquet"));
          const { columns, rows } = await readParquet(tap.source, tap, {}, LIMITS, 2);
          expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
          for (const column of columns)
            for (let row = 0; row < rows; row++) expect(typeof cellText(column, row)).toBe("string");
        });
      },
    }),
  );
});

/** Bits turned, bytes changed, lost or doubled, and files cut off or grown between their two marks. */
function damaged(original: Uint8Array, rng: Rng): Uint8Array {
  const bytes = [...original];
  for (let left = 1 + rng.below(3); left > 0 && bytes.length > 20; left--) {
    const at = 4 + rng.below(bytes.length - 8);
    const kind = rng.below(8);
    if (kind < 3) bytes[at] ^= 1 << rng.below(8);
    else if (kind < 5) bytes[at] = pick(rng, [0, 1, 127, 128, 255, rng.below(256)]);
    else if (kind === 5) bytes.splice(at, 1 + rng.below(8));
    else if (kind === 6) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + rng.below(30)));
    else bytes.splice(at, rng.below(Math.max(1, bytes.length - at - 7)));
  }
  return Uint8Array.from(bytes);
}
