/** Repeated judging of challengers on one holdout, without wearing it out: see src/compare/ledger.ts for why it is honest. */
import { checkOptions, shown } from "../options/check.ts";
import { gateOptions, judgingOptions } from "../options/judging.ts";
import { dirname, join } from "node:path";
import {
  BUDGET,
  recordRun,
  requestRun,
  runAlpha,
  type Entry,
  type GateMode,
  type Ledger,
  type Terms,
} from "../compare/ledger.ts";
import { marginOf } from "../compare/margin.ts";
import type { VerdictDocument } from "../report/verdict.ts";
import { OptionError } from "../error.ts";
import { checkGate } from "../report/schema/gate.ts";
import { dependentSentence, GATE_SCHEMA, ledgerWorth, spentSentence, type GateDocument } from "../report/gate.ts";
import { requireComplete } from "./askable.ts";
import { verdictOn } from "./compare.ts";
import { questionOf } from "./question.ts";
import { ChallengerError, type Sourced } from "../challengers/source.ts";
import { predictionsFile } from "../challengers/predictions-file.ts";
import { FolderError } from "../folder/folder.ts";
import { answersPrint, holdoutPrint, rivalsPrint, shardOf } from "./gate-rows.ts";
import { judgingOf, prefersLabels, type JudgingOptions } from "./judging.ts";
import { withLedger } from "../folder/ledger-file.ts";
import { benchmarkOf, type BenchmarkHandle, type OpenBenchmark } from "../intake/opened.ts";

export interface GateOptions extends JudgingOptions {
  /** Default `strict`: one bit a run until the first pass. */
  readonly mode?: GateMode;
  /** Runs that the holdout has room for; default 20. */
  readonly budget?: number;
  /** Default: `gate.jsonl` beside the sealed file, or `<folder>.gate.jsonl` beside the benchmark folder, where a new training leaves it. */
  readonly ledger?: string;
  /** Refuse to begin a ledger: there has to be one. */
  readonly requireLedger?: boolean;
  /** Runs that are known from elsewhere: a ledger with fewer is refused. */
  readonly knownRuns?: number;
  /** An earlier copy of the ledger (or its last hash) that it has to continue: a file, or a git ref that has it. */
  readonly anchor?: string;
  readonly sealed?: string;
  readonly seed?: string | number;
}

/**
 * Judges a challenger's predictions for the held-out rows at the level that the ledger has left for this run, and enters the
 * answer. The same predictions get the same answer again, for nothing. Runs at the same time wait for each other.
 *
 * @throws LedgerError for a ledger that was changed, cut short, or opened with another holdout, metric, margin or mode;
 *   FolderError, ChallengerError, DataError, OptionError as `compare` does. What could not be judged is not charged.
 */
export async function gate(
  benchmark: string | BenchmarkHandle,
  predictions: string,
  options: GateOptions = {},
): Promise<GateDocument> {
  checkOptions("gate", options, [...judgingOptions, ...gateOptions]);
  if (typeof predictions !== "string")
    throw new OptionError(`gate: wanted the path of a predictions file, got ${shown(predictions)}`);
  const { sealed, mode = "strict", budget = BUDGET } = options;
  if (!(Number.isInteger(budget) && budget >= 1))
    throw new OptionError(`budget: wanted a whole number of runs, got ${budget}`);
  const opened = await benchmarkOf("gate", benchmark, options);
  requireHoldout(opened);
  requireComplete(opened);
  const sourced = await heldAnswers(opened, predictions, options);
  const { metric, margin, money, costs } = judgingOf(options, opened, [sourced]);
  const question = questionOf(opened, [sourced], options);
  const terms: Terms = {
    holdout: holdoutPrint(opened),
    baselines: rivalsPrint(question),
    metric: costs === undefined ? metric.name : `${metric.name} ${JSON.stringify(costs)}`,
    margin: marginOf(metric, margin, money),
    alpha: options.alpha ?? 0.05,
    budget,
    mode,
  };
  const hash = answersPrint(sourced.challenger);
  const { requireLedger: required = false, knownRuns = 0, anchor } = options;
  const guards = { folder: opened.folder, required, knownRuns, ...(anchor !== undefined && { anchor }) };
  const document = await withLedger(options.ledger ?? ledgerPath(opened, sealed), terms, guards, (ledger) => {
    const facts = { opened, ledger };
    if (question.suspected !== undefined) return { result: dependent(facts, question.suspected) };
    const request = requestRun(ledger, hash);
    if (request.kind === "cached") return { result: answer({ ...facts, entry: request.entry, cached: true }) };
    if (request.kind === "spent") return { result: spent(facts, request.passed) };
    const { shard, alpha } = request;
    const part = shard === null ? { opened, sourced } : shardOf(opened, sourced, terms, shard);
    const verdict = verdictOn(part.opened, [part.sourced], { ...options, alpha });
    const passed = verdict.challengers[0].verdict === "JUSTIFIED";
    const entered = recordRun(ledger, hash, passed, verdict);
    return {
      line: entered.line,
      head: entered.ledger.head,
      result: answer({ opened, ledger: entered.ledger, entry: entered.entry, cached: false }),
    };
  });
  return checkGate(document);
}

function requireHoldout({ folder, sealed, holdout }: OpenBenchmark): void {
  if (sealed)
    throw new FolderError(
      `${folder}: the truth of the held-out rows is sealed: give the file with --sealed holdout.sealed.csv`,
    );
  if (holdout === undefined)
    throw new FolderError(`${folder}: has no held-out rows, and a gate needs them; train with --holdout 0.2 or --test`);
}

/** Only held-out rows are judged: folds can be learnt from. */
async function heldAnswers(opened: OpenBenchmark, path: string, options: GateOptions): Promise<Sourced> {
  const prefer = prefersLabels(options, opened) ? "labels" : "probabilities";
  const { challenger, notes, labelsOnly } = await predictionsFile(opened, path, { prefer });
  const { name, holdout } = challenger;
  if (holdout === undefined)
    throw new ChallengerError(`${path}: answers for rows in folds only, and a gate judges held-out rows; add those`);
  if (labelsOnly && options.metric === undefined && options.costMatrix === undefined && prefer === "probabilities") {
    const { metric, labelMetric } = opened.artifact;
    throw new ChallengerError(
      `${path}: gives classes without probabilities, and ${metric.name} needs them; a gate keeps to one metric, so say --metric ${labelMetric?.name ?? "accuracy"} from the first run on`,
    );
  }
  return { challenger: { name, holdout }, notes, ...(labelsOnly !== undefined && { labelsOnly }) };
}

function ledgerPath({ folder }: OpenBenchmark, sealed: string | undefined): string {
  return sealed === undefined ? `${folder}.gate.jsonl` : join(dirname(sealed), "gate.jsonl");
}

interface Facts {
  readonly opened: OpenBenchmark;
  readonly ledger: Ledger;
}

function answer({
  opened,
  ledger,
  entry,
  cached,
}: Facts & { readonly entry: Entry; readonly cached: boolean }): GateDocument {
  const { mode, budget } = ledger.terms;
  const verdict = mode === "strict" ? null : (entry.detail as VerdictDocument | null);
  const open = verdict?.challengers[0].verdict === "INCONCLUSIVE";
  return {
    schema: GATE_SCHEMA,
    benchmark: opened.fingerprint,
    mode,
    outcome: entry.passed ? "PASS" : open ? "INCONCLUSIVE" : "NO PASS",
    reason: null,
    run: entry.run,
    cached,
    budget,
    left: leftOf(ledger),
    statement: ledgerWorth({
      mode,
      alpha: ledger.terms.alpha,
      runAlpha: runAlpha(ledger.terms),
      runs: ledger.entries.length,
    }),
    verdict,
  };
}

function spent(facts: Facts, passed: number | null): GateDocument {
  const sentence = spentSentence(passed, facts.ledger.terms.budget);
  return { ...unjudged(facts, sentence), reason: "holdout-spent", left: 0 };
}

/** Nobody could pass, so no run is spent. */
function dependent(facts: Facts, suspicion: string): GateDocument {
  return { ...unjudged(facts, dependentSentence(suspicion)), reason: "dependence-unknown" };
}

function unjudged({ opened, ledger }: Facts, sentence: string): Omit<GateDocument, "reason"> {
  const { mode, budget } = ledger.terms;
  return {
    schema: GATE_SCHEMA,
    benchmark: opened.fingerprint,
    mode,
    outcome: "INCONCLUSIVE",
    run: null,
    cached: false,
    budget,
    left: leftOf(ledger),
    statement: sentence,
    verdict: null,
  };
}

function leftOf({ terms, entries }: Ledger): number {
  const over = terms.mode === "strict" && entries.some(({ passed }) => passed);
  return over ? 0 : terms.budget - entries.length;
}
