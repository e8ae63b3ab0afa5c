import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Space } from "../../src/search/space.ts";
import { openJournalFile } from "../../src/folder/journal-file.ts";
import { byFold } from "../../src/search/by-fold.ts";
import { JournalError } from "../../src/search/journal/records.ts";
import { createStudy } from "../../src/search/study.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SPACE: Space = { größe: { type: "float", low: 0, high: 1, default: 0.5 } };
const PLAN = { space: SPACE, seed: 1, folds: 3, stop: { trials: 8, stagnation: false } } as const;
const objective = byFold(({ point, fold }) => ({ scores: [(point["größe"] as number) + fold / 8] }));

describe("journal file", () => {
  it("is resumed after a kill in the middle of a record, as if nothing had happened", async () => {
    const path = join(folder, "killed.jsonl");
    const storage = openJournalFile(path);
    await createStudy({ ...PLAN, storage }).optimize(objective);
    storage.close();
    const whole = readFileSync(path, "utf8");
    for (const share of [0.05, 0.3, 0.77]) {
      truncateSync(path, Math.floor(Buffer.byteLength(whole) * share));
      const again = openJournalFile(path);
      const study = createStudy({ ...PLAN, storage: again });
      await study.optimize(objective);
      again.close();
      expect(readFileSync(path, "utf8")).toBe(whole);
    }
  });
  it("has one writer: a second one in this or another living process is refused", () => {
    const path = join(folder, "busy.jsonl");
    const first = openJournalFile(path);
    expect(() => openJournalFile(path)).toThrow(JournalError);
    expect(() => openJournalFile(path)).toThrow(`is being written by process ${process.pid}`);
    first.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
  it("is the same with the line ends and the mark that editors put in", async () => {
    const path = join(folder, "edited.jsonl");
    const storage = openJournalFile(path);
    await createStudy({ ...PLAN, storage }).optimize(objective);
    storage.close();
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, `\uFEFF${whole.replaceAll("\n", "\r\n")}`);
    const again = openJournalFile(path);
    const study = createStudy({ ...PLAN, storage: again });
    await study.optimize(objective);
    again.close();
    expect(study.trials.length).toBe(8);
    expect(readFileSync(path, "utf8")).toBe(`\uFEFF${whole.replaceAll("\n", "\r\n")}`);
  });
  it("notices a writer that did not care for the lock", () => {
    const path = join(folder, "meddled.jsonl");
    const storage = openJournalFile(path);
    const study = createStudy({ ...PLAN, storage });
    appendFileSync(path, "{}\n");
    expect(() => study.ask()).toThrow(/was changed by somebody else/);
    storage.close();
  });
});
