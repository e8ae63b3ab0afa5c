/** Writing a benchmark folder. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Splits } from "../evaluate/splits/contract.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import type { Artifact } from "../report/artifact.ts";
import { DEFAULT_FOLDER } from "../report/benchmark/place.ts";
import { reportFiles } from "../folder/reports.ts";
import { typedPath } from "../folder/typed-path.ts";
import { checkArtifact } from "../report/schema/benchmark.ts";
import { checkModelFile } from "../report/schema/model.ts";
import { givenColumns, rawRows, writeRawRows } from "../challengers/raw-rows.ts";
import { fingerprintOf } from "../folder/fingerprint.ts";
import { runOf, type Benchmark } from "../ladder/made.ts";
import { closeFolder, dropFolder, FolderError, reason } from "../folder/folder.ts";
import { journalPath, mergedJournals } from "../folder/journals.ts";
import type { Loaded } from "../intake/load.ts";
import type { WriteSettings } from "../intake/options.ts";
import { writePredictions, writeSplits, type RowFacts } from "../folder/tables.ts";
import { openWriter, type BenchmarkWriter, type WriterOptions } from "./writer.ts";

/**
 * Writes everything and moves the folder into place. Returns what `benchmark.json` holds: where it was written to is said under
 * `environment`.
 * @throws FolderError when the disk says no: nothing is left half-written; or when the run was cut short and a complete
 *   benchmark stands there, which stays.
 */
export function writeInto(writer: BenchmarkWriter, benchmark: Benchmark): Artifact {
  const { folder, options, standing } = writer;
  const { out = DEFAULT_FOLDER } = options;
  const { interrupted, interruptedBy } = benchmark.artifact;
  if (interrupted && standing?.interrupted === false) {
    const kept = writer.abandon();
    throw new FolderError(
      `--out ${out}: this run was cut short (${interruptedBy}), and a complete benchmark stands there, which stays${kept ? "; --resume takes up the search" : ""}`,
    );
  }
  writer.closeJournals();
  const artifact = placed(benchmark.artifact, out, options.table);
  try {
    writeAll(folder.partial, benchmark, artifact, options);
    closeFolder(folder, standing !== undefined && isRerun(standing.artifact, artifact));
    return artifact;
  } catch (error) {
    dropFolder(folder);
    if (isFileError(error))
      throw new FolderError(`--out ${out}: cannot be written (${reason(error)}); nothing was left behind`, {
        cause: error,
      });
    throw error;
  }
}

/**
 * Writes a benchmark that was made in memory as a folder. Searches whose journal was kept in memory leave `trials.jsonl` empty.
 * @throws FolderError when the folder holds something else, or the disk says no; nothing is left half-written. OptionError for
 *   what `train` did not make.
 */
export function writeBenchmark(benchmark: Benchmark, out: string, settings: WriteSettings = {}): void {
  runOf(benchmark); // refuses what cannot be written before a folder is opened
  const { dataset, target, options } = benchmark.artifact;
  const inputs = { sha256: dataset.sha256, target: target.name };
  writeInto(openWriter({ ...settings, out, redact: options.redact === true, resume: false, inputs }), benchmark);
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

/** With the paths by which whoever made it finds the folder and the table. */
function placed(artifact: Artifact, out: string, table: string | undefined): Artifact {
  const paths = { folder: typedPath(out), ...(table !== undefined && { data: typedPath(table) }) };
  return { ...artifact, environment: { ...artifact.environment, ...paths } };
}

function writeAll(folder: string, benchmark: Benchmark, artifact: Artifact, options: WriterOptions): void {
  const { models, final } = benchmark;
  const { loaded, splits, design, judged } = runOf(benchmark);
  const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const champion = models.get(artifact.champion.rung);
  file("benchmark.json", artifactText(artifact));
  if (champion) file("model.json", json(checkModelFile(champion)));
  file("model-final.json", json(checkModelFile(final)));
  for (const [rung, model] of models)
    if (rung !== artifact.champion.rung)
      file(join("models", `${encodeURIComponent(rung)}.json`), json(checkModelFile(model)));
  for (const [name, text] of reportFiles(artifact)) file(name, text);
  const { rows, columns, target } = loaded.data;
  const facts: RowFacts = {
    splits,
    rowNumber: loaded.rowNumber,
    data: options.redact ? { rows, columns, target } : loaded.data,
    ...(loaded.ids && !options.redact && { ids: loaded.ids }),
  };
  writeSplits(join(folder, "splits.csv"), facts);
  if (!options.redact) {
    const held = design.held;
    const champion = artifact.champion.rung;
    const answers = { champion, held };
    const sealed = artifact.options.sealHoldout === true;
    writePredictions(join(folder, "predictions.csv"), facts, judged.answers, {
      ...answers,
      parts: sealed ? ["train"] : ["train", "holdout", "test"],
    });
    if (sealed)
      writePredictions(join(folder, "holdout.sealed.csv"), facts, judged.answers, {
        ...answers,
        parts: ["holdout", "test"],
      });
    if (options.exportSplits) exportRows(folder, loaded, splits);
  }
  const rungs = artifact.ladder.map(({ rung }) => journalPath(folder, rung)).filter((path) => existsSync(path));
  file("trials.jsonl", mergedJournals(rungs.map((path) => readFileSync(path, "utf8"))));
  rmSync(join(folder, "journal"), { recursive: true, force: true });
}

/** What `benchmark.json` holds. @throws ArtifactError when the artifact is not what it should be. */
export function artifactText(artifact: Artifact): string {
  return json(checkArtifact(artifact));
}

/** Do two artifacts say the same, but for when and where they were made? */
function isRerun(old: Artifact, made: Artifact): boolean {
  return fingerprintOf(old) === fingerprintOf(checkArtifact(made));
}

/** One member a line at the top level, so that files can be compared line by line. */
function json(value: object): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

/** The table's own rows for challengers: `train.csv` to learn from, `holdout.csv` (without the target) to predict. */
function exportRows(folder: string, loaded: Loaded, splits: Splits): void {
  const columns = givenColumns(loaded);
  const inputs = columns.filter((name) => name !== loaded.schema.target.name);
  writeRawRows(join(folder, "train.csv"), columns, [rawRows(loaded, rowsOf(splits, "train"))]);
  if (splits.part.includes("holdout"))
    writeRawRows(join(folder, "holdout.csv"), inputs, [rawRows(loaded, rowsOf(splits, "holdout"))]);
}
