/** A bench in words: what failed, broke or got worse comes first, and nothing is said where nothing changed. */
import { describe, expect, it } from "vitest";
import type { Against, BenchDataset, BenchDocument, Change } from "../../../src/report/bench.ts";
import { plain } from "../../../src/report/document/document.ts";
import { html } from "../../../src/report/formats/html.ts";
import { markdown } from "../../../src/report/formats/markdown.ts";
import { terminal } from "../../../src/report/formats/terminal.ts";
import { benchDocument } from "../../../src/report/suite/document.ts";
import { isBad, outcomeOf } from "../../../src/report/suite/outcome.ts";

function dataset(name: string, more: Partial<BenchDataset> = {}): BenchDataset {
  const score = (value: number) => ({ rmse: { value, lower: value - 1, upper: value + 1, level: 0.95 } });
  const rung = { role: "baseline", status: "ok", reason: null, params: {}, bytes: 100, answers: "" } as const;
  return {
    name,
    status: "ok",
    reason: null,
    options: "",
    challengers: [],
    expectations: [],
    thresholds: { score: null, alpha: 0.05, work: 0, size: 0.1, time: 0.5 },
    result: {
      data: { name, rows: 1234, sha256: "", fingerprint: "" },
      target: "y",
      task: "regression",
      metric: { name: "rmse", direction: "minimize" },
      part: "holdout",
      splits: { kind: "kfold", seed: "0", fingerprint: "", rows: {} },
      champion: "linear",
      rungs: [
        { ...rung, rung: "constant", scores: score(8) },
        { ...rung, rung: "linear", scores: score(4) },
      ],
      work: null,
      rows: "",
    },
    ...more,
  };
}

const change = (outcome: Change["outcome"], sentence: string, kind: Change["kind"] = "score"): Change => ({
  dataset: "wine",
  model: "linear",
  kind,
  outcome,
  before: 1,
  after: 2,
  sentence,
});

function bench(datasets: readonly BenchDataset[], changes?: readonly Change[]): BenchDocument {
  const program = { package: "tabular-baseline 0.1.0", code: "c".repeat(64), node: 20 };
  const against: Against | null =
    changes === undefined
      ? null
      : { name: "main", program, alpha: 0.05, datasets: datasets.length, same: 3, compared: 1, changes };
  return {
    schema: "tabular-baseline/bench/1",
    suite: { name: "suite.json", datasets: datasets.map(({ name }) => name), shard: null },
    program,
    datasets,
    across: null,
    against,
    environment: { node: "v20.0.0" },
    timing: { seconds: 2, datasets: {} },
  };
}

const answer = (document: BenchDocument): string => {
  const { badge, answer: text } = benchDocument(document);
  return `${badge?.text ?? ""} ${plain(text)}`.trim();
};
const shown = (document: BenchDocument): string => terminal(benchDocument(document), { colour: false, width: 120 });

describe("a bench in words", () => {
  it("answers in one sentence, the worst first", () => {
    const wine = dataset("wine");
    const failed = { ...dataset("cars"), status: "failed", reason: "no such file", result: null } as const;
    const skipped = { ...failed, name: "co2", status: "skipped" } as const;
    const broken = dataset("wine", {
      expectations: [{ challenger: null, what: "rmse", wanted: "at most 3", found: "4", met: false }],
    });
    expect(answer(bench([wine]))).toBe("1 dataset measured.");
    expect(answer(bench([wine], []))).toBe("NOT WORSE 1 dataset measured; nothing changed.");
    expect(answer(bench([wine], [change("other", "x")]))).toBe("NOT WORSE 1 dataset measured; nothing got worse.");
    expect(answer(bench([wine], [change("better", "x")]))).toBe("BETTER 1 dataset measured; nothing got worse.");
    expect(answer(bench([wine], [change("worse", "x"), change("worse", "y")]))).toBe(
      "WORSE 1 dataset measured; 1 got worse (wine).",
    );
    expect(answer(bench([broken]))).toBe("NOT AS EXPECTED 1 dataset measured; 1 expectation broken (wine).");
    expect(answer(bench([wine, failed, skipped]))).toBe("FAILED 1 dataset measured; 1 failed (cars); 1 not run (co2).");
    const many = Array.from({ length: 7 }, (_, k) => ({ ...failed, name: `d${k}` }));
    expect(answer(bench(many))).toBe("FAILED 0 datasets measured; 7 failed (d0, d1, d2, d3 and 3 more).");
  });

  it("says which model is best how often, where nothing is compared", () => {
    const datasets = [dataset("wine"), dataset("cars"), dataset("co2")];
    expect(answer(bench(datasets))).toBe("3 datasets measured. The best simple model is linear on 3.");
    expect(answer(bench(datasets, []))).toBe("NOT WORSE 3 datasets measured; nothing changed.");
  });

  it("shows the tables, what each champion gains over the constant, and why something failed", () => {
    const failed = { ...dataset("cars"), status: "failed", reason: "no such file", result: null } as const;
    const text = shown(bench([dataset("wine"), failed]));
    expect(text).toMatch(/wine +linear +rmse +4 +3 to 5 +50 % +1,234/);
    expect(text).toContain("- cars: no such file");
  });

  it("lists what got worse before what is open, better or merely other, and folds what is too small", () => {
    const text = shown(
      bench(
        [dataset("wine")],
        [
          change("other", "a small one"),
          change("better", "a gain"),
          change("worse", "a loss"),
          change("open", "a doubt"),
          change("other", "a new champion", "champion"),
        ],
      ),
    );
    const order = ["worse wine: a loss", "open wine: a doubt", "better wine: a gain", "changed wine: a new champion"];
    const places = order.map((line) => text.indexOf(line));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).not.toContain("a small one");
  });

  it("is quiet when nothing changed: the tables are folded away", () => {
    const quiet = bench([dataset("wine")], []);
    expect(shown(quiet)).toBe(
      "NOT WORSE 1 dataset measured; nothing changed.\n\nNothing changed\nAgainst main: 1 dataset in both; 3 models gave the same answers, 1 model gave others and was compared row by row.\n".replace(
        "was compared",
        "was\ncompared",
      ),
    );
    expect(markdown(benchDocument(quiet))).toContain("<details><summary>1 dataset as before</summary>");
    expect(markdown(benchDocument(bench([dataset("wine")], [change("worse", "x")])))).not.toContain("as before");
  });

  it("shows names as text, whatever they hold", () => {
    const name = "<script>|`x`*";
    const document = benchDocument(bench([dataset(name)], [{ ...change("worse", name), dataset: name }]));
    expect(html(document)).not.toContain("<script>");
    expect(markdown(document)).toContain("\\<script\\>\\|");
  });
});

it("a bench is bad when something failed, is missing, broke or got worse, and only then", () => {
  const bad = (document: BenchDocument): boolean => isBad(outcomeOf(document));
  expect(bad(bench([dataset("wine")], [change("open", "x"), change("better", "x"), change("other", "x")]))).toBe(false);
  expect(bad(bench([dataset("wine")], [change("worse", "x")]))).toBe(true);
  expect(bad(bench([{ ...dataset("wine"), status: "skipped" }]))).toBe(true);
  const challenger = { name: "net", source: "command", status: "failed", reason: "it crashed", result: null } as const;
  const one = bench([dataset("wine", { challengers: [challenger] })]);
  expect(bad(one)).toBe(true);
  expect(outcomeOf(one).failed).toEqual([{ name: "wine: net", reason: "it crashed" }]);
});
