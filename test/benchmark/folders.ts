/** Small benchmarks on disk, and predictions for them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { OpenBenchmark } from "../../src/intake/opened.ts";
import type { TrainOptions, WriteSettings } from "../../src/intake/options.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { writeInto } from "../../src/benchmark/write.ts";
import { openWriter } from "../../src/benchmark/writer.ts";
import { seeded } from "../../src/numeric/rng.ts";

export type Kind = "binary" | "multiclass" | "regression";

/** x and z tell of the target, noise does not; `who` names rows, `site` groups them, `region` is a slice. */
export function records(rows: number, kind: Kind, seed = 1): Record<string, unknown>[] {
  const rng = seeded("records").split(seed);
  return Array.from({ length: rows }, (_, i) => {
    const x = rng.normal();
    const z = rng.below(3);
    const score = 1.5 * x + [0, 1, -1][z] + rng.normal();
    const y = {
      binary: score > 0 ? "yes" : "no",
      multiclass: score > 1 ? "high" : score < -1 ? "low" : "mid",
      regression: Math.round(100 * score) / 100,
    }[kind];
    const place = { site: `s${Math.floor(i / 6)}`, region: i % 3 === 0 ? "north" : "south" };
    return { who: `w${i}`, x: Math.round(1000 * x) / 1000, z: ["a", "b", "c"][z], ...place, y };
  });
}

/** A folder for the tests of a file, removed at their end. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "baseline-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Trains a small ladder and writes its folder. */
export async function makeBenchmark(
  out: string,
  data: Record<string, unknown>[],
  options: TrainOptions & WriteSettings = {},
): Promise<string> {
  const benchmark = await trainBenchmark(data, {
    target: "y",
    ignore: ["who", "site", "region"].filter((name) => name !== options.id && name !== options.group),
    models: ["one-rule"],
    workers: 1,
    ...options,
  });
  const writer = openWriter({
    out,
    resume: false,
    redact: options.redact ?? false,
    force: true,
    inputs: { sha256: "", target: "" },
    ...options,
  });
  writeInto(writer, benchmark);
  return out;
}

/** A line of a predictions file by column. */
export type Line = Record<string, string | number>;

export function writeCsv(path: string, lines: readonly Line[]): string {
  const columns = Object.keys(lines[0]);
  const text = [columns.join(","), ...lines.map((line) => columns.map((name) => line[name]).join(","))];
  writeFileSync(path, `${text.join("\n")}\n`);
  return path;
}

/** The truth of a row as text or number. */
export function truthOf({ data: { target } }: OpenBenchmark, row: number): string | number {
  return target.task === "regression" ? target.values[row] : target.classes[target.codes[row]];
}

/**
 * Answers for the held-out rows. `skill` from 0 (as good as a coin) to 1: the probability given to the true class, or the share
 * of the truth in a number.
 */
export function heldLines(opened: OpenBenchmark, skill: number, labels = false): Line[] {
  return Array.from(opened.held, (row) => ({
    row: opened.known.rowNumber[row],
    ...answerOf(opened, row, skill, labels),
  }));
}

/** The same for the rows in folds, with `repeat` where there are several. */
export function foldLines(opened: OpenBenchmark, skill: number, labels = false): Line[] {
  const { row, repeat } = opened.folded.part;
  return Array.from(row, (r, i) => ({
    row: opened.known.rowNumber[r],
    ...(opened.known.splits.repeats > 1 && { repeat: repeat[i] }),
    ...answerOf(opened, r, skill, labels),
  }));
}

function answerOf(opened: OpenBenchmark, row: number, skill: number, labels: boolean): Line {
  const truth = truthOf(opened, row);
  const { classes, task } = opened.artifact;
  const rng = seeded("answers").split(row);
  if (task === "regression") return { prediction: skill * Number(truth) + (1 - skill) * rng.normal() };
  const right = rng.uniform() < 0.5 + skill / 2;
  const said = right ? truth : classes.find((name) => name !== truth)!;
  if (labels) return { prediction: said };
  const sure = 0.5 + 0.4 * skill;
  return Object.fromEntries(
    classes.map((name) => [`proba_${name}`, name === said ? sure : (1 - sure) / (classes.length - 1)]),
  );
}
