/** The repeated gate under attack: a developer without any true gain tries to be let through one holdout. */
import { openLedger, recordRun, requestRun, type GateMode, type Rng, type Terms } from "./api.ts";
import { happened, type CellResult } from "./cell.ts";
import { absolute, judgeLosses } from "./judge.ts";

const ROWS = 1000;
const RUNS = 32;
/** Share of rows that any model in this world gets wrong. */
const ERROR = 0.3;

/**
 * What a developer learns of a run: whether it passed, and the score where the mode shows it. `next` gives the predictions
 * (here: which rows are wrong) for the coming run.
 */
interface Developer {
  readonly name: string;
  next(run: number, rng: Rng): Float64Array;
  learn(wrong: Float64Array, score: number | null): void;
}

const randomErrors = (rng: Rng): Float64Array =>
  Float64Array.from({ length: ROWS }, () => (rng.uniform() < ERROR ? 1 : 0));

/** Draws some rows anew and keeps the change when the score rose; blind, it keeps every change. */
function hillClimber(baseline: Float64Array, tweaked: number): Developer {
  let best: Float64Array = baseline.slice();
  let score = 0;
  return {
    name: `hill climbing, ${tweaked} rows a tweak`,
    next: (_, rng) => {
      const tried = best.slice();
      for (let k = 0; k < tweaked; k++) tried[rng.below(ROWS)] = rng.uniform() < ERROR ? 1 : 0;
      return tried;
    },
    learn: (tried, shown) => {
      if (shown !== null && shown <= score) return;
      best = tried;
      score = shown ?? 0;
    },
  };
}

/**
 * Boosting by vote (Blum & Hardt 2015): random models, those that scored above the baseline are kept, their majority is submitted in
 * the last run. In this world a row's answer is right or wrong, so the vote is over wrongness; blind, all are kept.
 */
function voter(): Developer {
  const kept: Float64Array[] = [];
  return {
    name: "vote of the lucky",
    next: (run, rng) => {
      if (run < RUNS || kept.length === 0) return randomErrors(rng);
      const votes = new Float64Array(ROWS);
      for (const wrong of kept) for (let i = 0; i < ROWS; i++) votes[i] += wrong[i] / kept.length;
      return pickWrong(votes);
    },
    learn: (wrong, shown) => {
      if (shown === null || shown > 0) kept.push(wrong);
    },
  };
}

/** The rows with the most votes for being wrong are wrong, as many as any model gets wrong: a model without true gain. */
function pickWrong(votes: Float64Array): Float64Array {
  const order = Array.from(votes.keys()).sort((i, j) => votes[j] - votes[i] || i - j);
  const wrong = new Float64Array(ROWS);
  for (const i of order.slice(0, Math.round(ERROR * ROWS))) wrong[i] = 1;
  return wrong;
}

/** One history: the gate as a user would run it, ledger and all. True when a useless challenger was ever passed. */
function fooled(mode: GateMode, budget: number, developer: Developer, baseline: Float64Array, rng: Rng): boolean {
  const terms: Terms = {
    holdout: "holdout",
    baselines: "baselines",
    metric: "accuracy",
    margin: { value: 0, kind: "absolute" },
    alpha: 0.05,
    budget,
    mode,
  };
  let { ledger } = openLedger(terms);
  for (let run = 1; run <= RUNS; run++) {
    const wrong = developer.next(run, rng);
    const id = `run ${run}`;
    const request = requestRun(ledger, id);
    if (request.kind !== "run") return false;
    const v = judgeLosses(baseline, wrong, { ...absolute(0), alpha: request.alpha });
    const passed = v.verdict === "JUSTIFIED";
    if (passed) return true;
    ({ ledger } = recordRun(ledger, id, passed));
    developer.learn(wrong, mode === "open" ? v.gain : null);
  }
  return false;
}

export function gateResults(replications: number, rng: Rng): CellResult[] {
  const attacks: readonly ((baseline: Float64Array) => Developer)[] = [
    (baseline) => hillClimber(baseline, 20),
    (baseline) => hillClimber(baseline, 100),
    () => voter(),
  ];
  const runs = Math.max(50, Math.round(replications / 4));
  return attacks.flatMap((attack) =>
    (["strict", "open"] as const).map((mode): CellResult => {
      const { name } = attack(new Float64Array(ROWS));
      const own = rng.split(`gate ${mode} ${name}`);
      let passes = 0;
      for (let i = 0; i < runs; i++) {
        const history = own.split(i);
        const baseline = randomErrors(history);
        if (fooled(mode, RUNS, attack(baseline), baseline, history)) passes++;
      }
      return happened({
        study: `repeated gate, ${RUNS} runs, no gain ever`,
        world: name,
        setting: `${mode}: any pass in a history`,
        rows: ROWS,
        replications: runs,
        share: passes / runs,
        kind: mode === "strict" ? "guaranteed" : "known-liberal",
        bound: mode === "strict" ? 0.05 : null,
      });
    }),
  );
}
