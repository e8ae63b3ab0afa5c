/**
 * Runs trials through an objective, up to `workers` at once. Trial t begins when all trials up to t - batch have ended
 * and sees nothing newer, so the journal is the same for any number of workers up to the batch.
 */
import { begin, type Ended, type Engine, stopReason } from "./engine.ts";
import { openTrial, type OpenTrial } from "./open-trial.ts";
import type { Trial } from "./trial.ts";

/**
 * Evaluates a configuration: returns its score, or reports fold by fold and returns nothing. What it throws fails the
 * trial; the search goes on.
 */
export type Objective = (trial: OpenTrial) => number | void | Promise<number | void>;

export interface OptimizeOptions {
  /** Trials at once; more than the study's batch are of no use. Default 1. */
  readonly workers?: number;
  /** At most this many trials begin in this call. Default: until a stop rule of the study says so. */
  readonly trials?: number;
  /** Calls the search off: trials under way stop at their next report and stay unfinished. */
  readonly signal?: AbortSignal;
  /** Told of every trial that ends, in the order of ending. */
  readonly onTrial?: (trial: Trial) => void;
}

/** @throws RangeError when `workers` or `trials` is not a whole number of at least 1. */
export async function optimize(engine: Engine, objective: Objective, options: OptimizeOptions = {}): Promise<Ended> {
  const { workers = 1, trials = Infinity, signal, onTrial } = options;
  for (const [name, value] of [
    ["workers", workers],
    ["trials", trials],
  ] as const)
    if (!(value >= 1 && (Number.isInteger(value) || value === Infinity)))
      throw new RangeError(`optimize: ${name} must be a whole number of at least 1, got ${value}`);
  const { plan } = engine;
  const call = callOf(engine, signal);
  const active = new Map<number, Promise<void>>();
  const launch = (number: number): void => {
    const done = runTrial(engine, number, objective, call).then((trial) => {
      active.delete(number);
      if (trial.state !== "running") onTrial?.(trial);
    });
    done.catch(() => {}); // seen where `active` is awaited; a second one may fail meanwhile
    active.set(number, done);
  };
  const atOnce = Math.min(workers, plan.batch);
  const unfinished = engine.trials
    .filter(({ state, number }) => state === "running" && !engine.held.has(number))
    .map(({ number }) => number);
  const last = engine.trials.length + trials;
  let ended: Ended | undefined;
  try {
    while (ended === undefined) {
      const next = unfinished[0] ?? engine.trials.length;
      if (active.size >= atOnce || [...active.keys()].some((number) => number <= next - plan.batch)) {
        await Promise.race(active.values());
        continue;
      }
      ended = call.cut();
      if (ended !== undefined) break;
      if (unfinished.shift() !== undefined) {
        launch(next);
        continue;
      }
      ended = stopReason(engine) ?? (next >= last ? { rule: "trials", sentence: `${trials} trials run` } : undefined);
      if (ended !== undefined) break;
      const trial = begin(engine);
      if (trial === undefined) ended = exhausted(engine);
      else launch(trial.number);
    }
    await Promise.all(active.values());
    const cut = call.cut();
    if (cut !== undefined && engine.trials.some(({ state }) => state === "running")) ended = cut;
    if (ended.rule === "seconds" || ended.rule === "interrupted") engine.journal.ended(ended.sentence);
    return ended;
  } catch (error) {
    call.interrupt(); // a journal or sampler that fails ends the search: nothing more is to begin
    throw error;
  } finally {
    call.close();
  }
}

function exhausted({ trials }: Engine): Ended {
  return { rule: "exhausted", sentence: `all ${trials.length} configurations of the space tried` };
}

/** One call of `optimize`: when it was called off, and by what. */
interface Call {
  cut(): Ended | undefined;
  interrupt(): void;
  /** Aborts when the call is cut. */
  readonly signal: AbortSignal;
  close(): void;
}

function callOf({ plan, trials }: Engine, outer: AbortSignal | undefined): Call {
  const { clock, seconds } = plan;
  const controller = new AbortController();
  const until = clock !== undefined && seconds !== undefined ? clock.now() + seconds * 1000 : Infinity;
  let reason: Ended | undefined;
  const interrupt = (): void => {
    reason ??= { rule: "interrupted", sentence: `called off at trial ${trials.length - 1}` };
    controller.abort();
  };
  const timeUp = (): void => {
    reason ??= { rule: "seconds", sentence: `${seconds} seconds were over at trial ${trials.length - 1}` };
    controller.abort();
  };
  if (outer?.aborted === true) interrupt();
  outer?.addEventListener("abort", interrupt);
  const disarm = until < Infinity ? clock?.after(until - clock.now(), timeUp) : undefined;
  return {
    signal: controller.signal,
    interrupt,
    cut() {
      if (reason === undefined && clock !== undefined && clock.now() >= until) timeUp();
      return reason;
    },
    close() {
      disarm?.();
      outer?.removeEventListener("abort", interrupt);
    },
  };
}

/** Runs one trial to its end, its own time limit, or the end of the call; never throws what the objective throws. */
async function runTrial(engine: Engine, number: number, objective: Objective, call: Call): Promise<Trial> {
  const { clock, trialSeconds } = engine.plan;
  const controller = new AbortController();
  const handle = openTrial(engine, number, controller.signal, () => call.cut() !== undefined);
  let disarm: (() => void) | undefined;
  let cutShort = (): void => {};
  const late = new Promise<"late">((resolve) => {
    if (trialSeconds !== undefined) disarm = clock?.after(trialSeconds * 1000, () => resolve("late"));
  });
  const off = new Promise<"off">((resolve) => {
    cutShort = () => {
      controller.abort();
      // A search called off by a person waits for what is under way; one that is out of time does not.
      if (call.cut()?.rule === "seconds") resolve("off");
    };
  });
  call.signal.addEventListener("abort", cutShort);
  try {
    const result = await Promise.race([evaluate(objective, handle.trial), late, off]);
    if (result === "late") {
      controller.abort();
      return handle.fail(`took longer than ${trialSeconds} seconds`);
    }
    if (result === "off" || ("error" in result && call.cut() !== undefined)) {
      handle.close();
      return engine.trials[number]; // unfinished: a resumed search goes on with it
    }
    return "error" in result ? handle.fail(messageOf(result.error)) : handle.settle(result.value);
  } finally {
    disarm?.();
    call.signal.removeEventListener("abort", cutShort);
  }
}

type Outcome = { readonly value: number | undefined } | { readonly error: unknown };

async function evaluate(objective: Objective, trial: OpenTrial): Promise<Outcome> {
  try {
    const value = await objective(trial);
    return { value: value === undefined ? undefined : value };
  } catch (error) {
    return { error };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
