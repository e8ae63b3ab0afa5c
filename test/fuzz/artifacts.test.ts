/** Edited benchmark.json and verdict.json files: refused with a sentence, or reported in every form. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Artifact } from "../../src/report/artifact.ts";
import { terminalReport } from "../../src/report/benchmark/reports.ts";
import { formats } from "../../src/report/formats/registry.ts";
import { ArtifactError } from "../../src/report/schema/check.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";
import { checkVerdict } from "../../src/report/schema/verdict.ts";
import { terminalVerdict } from "../../src/report/verdict/reports.ts";
import { artifactOf } from "../report/artifacts.ts";
import { ASKED, documentOf, entry, UNJUDGED } from "../report/verdicts.ts";
import { endingOf, fuzz, MOST_MILLISECONDS, pick } from "./fuzzing.ts";
import { editedText } from "./json-edits.ts";

/** As they were once written, and as they are now: with everything that figures are drawn from. */
const originals: Artifact[] = ["wine", "cars"].map(
  (name) => JSON.parse(readFileSync(`test/golden/${name}.benchmark.json`, "utf8")) as Artifact,
);
beforeAll(async () => {
  originals.push(
    await artifactOf("binary", 600, { models: ["rule-list", "tree"], trials: 8 }),
    await artifactOf("multiclass", 120, { models: ["logistic"], folds: 3 }),
    await artifactOf("regression", 600, { models: ["one-rule", "linear"] }),
  );
});
const verdicts = [
  documentOf(entry("forest", ASKED), entry("net")),
  documentOf(entry("lost", UNJUDGED)),
  documentOf(entry("near", { verdict: "INCONCLUSIVE", reason: "underpowered" })),
];

describe("artifacts that were edited are refused, or reported", () => {
  it("benchmarks", { timeout: MOST_MILLISECONDS }, () =>
    fuzz({
      name: "edited artifacts",
      few: 200,
      share: 0.2,
      run: (rng) => {
        const text = editedText(pick(rng, originals), rng);
        return endingOf(() => {
          const artifact = checkArtifact(parsed(text));
          const terminal = terminalReport(artifact, { colour: false, width: 100 });
          expectSense(text, terminal, (format) => format.benchmark(artifact, {}));
        });
      },
    }),
  );
  it("verdicts", { timeout: MOST_MILLISECONDS }, () =>
    fuzz({
      name: "edited verdicts",
      few: 200,
      share: 0.2,
      run: (rng) => {
        const text = editedText(pick(rng, verdicts), rng);
        return endingOf(() => {
          const document = checkVerdict(parsed(text));
          const terminal = terminalVerdict(document, { colour: false, width: 100 });
          expectSense(text, terminal, (format) => format.verdict(document));
        });
      },
    }),
  );
});

type Format = (typeof formats)[number];

/** None says what JavaScript says of what is not there; `NaN` as a text is the edit's own. */
function expectSense(text: string, terminal: string, print: (format: Format) => string): void {
  const nonsense = text.includes('"NaN"')
    ? /.{0,40}(\bundefined\b|\[object Object\])/
    : /.{0,40}(\bundefined\b|\[object Object\]|\bNaN\b)/;
  expect(nonsense.exec(terminal)?.[0], "terminal").toBeUndefined();
  for (const format of formats) {
    const printed = print(format);
    if (format.name !== "json") expect(nonsense.exec(printed)?.[0], format.name).toBeUndefined();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArtifactError((error as Error).message);
  }
}
