/** The ladder while it is trained: lines that fill in as scores become known. Pure: what is known in, text out. */
import pico from "picocolors";
import type { RungProgress } from "../ladder/ladder.ts";
import type { TrainProgress } from "../benchmark/train.ts";
import { duration, figure } from "../words/numbers.ts";

export type Training = Extract<TrainProgress, { phase: "training" }>;

const STATES: Record<RungProgress["state"], string> = {
  waiting: "",
  plain: "first score, defaults",
  tuning: "tuning",
  done: "cross-validated",
  failed: "failed",
};
const BAR = 24;

/** How much of the work is done, 0 to 1: every rung counts alike. */
export function partDone({ ladder }: Training): number {
  return ladder.reduce((sum, { part }) => sum + part, 0) / Math.max(1, ladder.length);
}

/** `about 12 s left`; nothing before a tenth is done, when it would be a guess. */
export function timeLeft(progress: Training): string {
  const part = partDone(progress);
  return part < 0.1 || part >= 1 ? "" : `about ${duration((progress.elapsed / part) * (1 - part))} left`;
}

/** A line of the bar, then one for each rung, the best so far marked; no longer than the terminal is high, no wider than it is wide. */
export function liveLadder(
  progress: Training,
  size: { readonly width: number; readonly height: number },
  colour: boolean,
): string {
  const paint = pico.createColors(colour);
  const { ladder, elapsed, foldFitsSaved } = progress;
  const filled = Math.round(BAR * partDone(progress));
  const notes = [duration(elapsed), timeLeft(progress), foldFitsSaved > 0 ? `${foldFitsSaved} folds saved` : ""];
  const head = `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${notes.filter((note) => note !== "").join(", ")}`;
  const wide = Math.max(...ladder.map(({ rung }) => rung.length));
  const lines = ladder.map(({ rung, state, value }) => {
    const detail = state === "tuning" && progress.rung === rung ? `tuning: ${progress.detail}` : STATES[state];
    const text =
      `${rung === progress.best ? ">" : " "} ${rung.padEnd(wide)}  ${(value === null ? "" : figure(value)).padStart(10)}  ${detail}`.slice(
        0,
        size.width - 1,
      );
    return state === "done" ? text : paint.dim(text);
  });
  return [head.slice(0, size.width - 1), ...lines.slice(0, Math.max(0, size.height - 2))].join("\n");
}
