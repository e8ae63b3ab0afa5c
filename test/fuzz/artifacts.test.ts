/** Edited benchmark.json files: refused with a sentence, or reported in every form. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { htmlReport, markdownReport, terminalReport } from "../../src/report/benchmark/reports.ts";
import { ArtifactError } from "../../src/report/schema/check.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";
import { endingOf, fuzz, MOST_MILLISECONDS, pick } from "./fuzzing.ts";
import { editedText } from "./json-edits.ts";

const originals = ["wine", "cars"].map(
  (name) => JSON.parse(readFileSync(`test/golden/${name}.benchmark.json`, "utf8")) as unknown,
);

describe("artifacts", () => {
  it("that were edited are refused, or reported", { timeout: MOST_MILLISECONDS }, () =>
    fuzz({
      name: "edited artifacts",
      few: 150,
      share: 0.2,
      run: (rng) => {
        const text = editedText(pick(rng, originals), rng);
        return endingOf(() => {
          const artifact = checkArtifact(parsed(text));
          for (const report of [
            markdownReport(artifact),
            htmlReport(artifact),
            terminalReport(artifact, { colour: false, width: 100 }),
          ])
            expect(report).not.toMatch(/\bundefined\b|\[object Object\]/);
        });
      },
    }),
  );
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArtifactError((error as Error).message);
  }
}
