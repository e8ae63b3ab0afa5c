/** What a gate answers, as data and as text. */
import type { GateMode } from "../compare/ledger.ts";
import { figure, percent } from "../words/numbers.ts";
import type { VerdictDocument } from "./verdict.ts";

/** Name and version of what `baseline gate --json` prints. */
export const GATE_SCHEMA = "tabular-baseline/gate/1";

/** In strict mode one bit leaves: no score, no reason. */
export interface GateDocument {
  readonly schema: typeof GATE_SCHEMA;
  /** Fingerprint of the benchmark. */
  readonly benchmark: string;
  readonly mode: GateMode;
  readonly outcome: "PASS" | "NO PASS" | "INCONCLUSIVE";
  /** Why nothing was judged; null where it was. */
  readonly reason: "holdout-spent" | "dependence-unknown" | null;
  /** Number of the run whose answer this is; null when there was none. */
  readonly run: number | null;
  /** The same predictions were judged before: the same answer, no charge. */
  readonly cached: boolean;
  /** Runs that the holdout has room for, and how many of them are left. */
  readonly budget: number;
  readonly left: number;
  /** What the answer is worth, in words. */
  readonly statement: string;
  /** Null in strict mode. */
  readonly verdict: VerdictDocument | null;
}

/** The first line is the answer; `details`: what the mode allows to be shown beside it. */
export function gateText(gate: GateDocument, details: string): string {
  const { outcome, run, cached, budget, left, statement, reason } = gate;
  const what = reason === null ? outcome : `${outcome} (${reason})`;
  const number =
    run === null ? "" : `Run ${run} of ${budget}${cached ? ", answered before and not charged again" : ""}; `;
  return `${[`${what}\n${number}${left} left.`, statement, ...(details === "" ? [] : [details])].join("\n\n")}\n`;
}

/** What the answers of a ledger are worth. @param runAlpha The level of one run. @param runs So far, this one included. */
export function ledgerWorth({
  mode,
  alpha,
  runAlpha,
  runs,
}: {
  readonly mode: GateMode;
  readonly alpha: number;
  readonly runAlpha: number;
  readonly runs: number;
}): string {
  if (mode === "strict")
    return `One bit a run, each at ${figure(runAlpha)}, so that a useless challenger ever passes with at most ${percent(alpha)}, however it was tuned on the answers. Whoever reads the holdout's labels is on their honour.`;
  if (mode === "shard") return `Fresh rows every run; each run by itself errs with at most ${percent(alpha)}.`;
  const shown =
    runs < 2
      ? `Scores are shown: the ${percent(alpha)} holds for this run only.`
      : `Scores were shown before: the ${percent(alpha)} does not hold.`;
  return `${shown} In simulation a developer who keeps whatever raised the score passes a gate at alpha / 32 in 44 to 64 % of histories of 32 runs, with no true gain at all.`;
}

/** Why a holdout has no more answers. @param passed The run that passed; null: none did, and all of the budget are used. */
export function spentSentence(passed: number | null, budget: number): string {
  return passed === null
    ? `The holdout is spent: all ${budget} runs of its budget are used. Further runs need fresh rows and a new ledger.`
    : `The holdout has answered: run ${passed} passed. What comes next is judged against the new champion on fresh rows, with a new ledger.`;
}

/** Why nobody could pass, so that no run was spent. */
export function dependentSentence(suspicion: string): string {
  return `Training suspected that the rows are not independent: ${suspicion}. Train again with what is true of them, or say --independent-rows. Nothing was judged or charged.`;
}
