/** What a gate answers, as data and as text. */
import type { GateMode } from "../compare/ledger.ts";
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
