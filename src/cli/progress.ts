/** Progress on stderr: a line that renews itself on a terminal, a line now and then elsewhere. */
import type { Ora } from "ora";
import type { TrainProgress } from "../benchmark/train.ts";
import { duration } from "../report/wording.ts";
import type { Terminal } from "./contract.ts";

export interface Progress {
  show(progress: TrainProgress): void;
  stop(): void;
}

const WORDS = {
  reading: "reading the table",
  splitting: "dealing folds",
  measuring: "measuring speed and writing",
} as const;
/** Where lines cannot be renewed, one is written at most this often. */
const EVERY = 5000;

/** A line of words about what is going on. */
interface Status {
  readonly show: (text: string) => void;
  readonly stop: () => void;
}

/** For what tells of itself in words: the same line, renewed or written now and then. */
export async function startStatus(terminal: Terminal, first: string): Promise<Status> {
  if (terminal.animated) {
    const { default: ora } = await import("ora");
    const spinner: Ora = ora({ text: first, stream: process.stderr, discardStdin: false }).start();
    return {
      show: (text) => {
        spinner.text = text;
      },
      stop: () => void spinner.stop(),
    };
  }
  let last = -EVERY;
  return {
    show: (text) => {
      const now = performance.now();
      if (now - last < EVERY) return;
      last = now;
      terminal.error(`${text}\n`);
    },
    stop: () => {},
  };
}

export async function startProgress(terminal: Terminal): Promise<Progress> {
  if (!terminal.animated) return plainProgress(terminal);
  const { default: ora } = await import("ora");
  const spinner: Ora = ora({ text: WORDS.reading, stream: process.stderr, discardStdin: false }).start();
  return {
    show: (progress) => {
      spinner.text = sentence(progress);
    },
    stop: () => void spinner.stop(),
  };
}

function plainProgress(terminal: Terminal): Progress {
  let last = 0;
  return {
    show: (progress) => {
      if (progress.phase !== "training" || progress.elapsed - last < EVERY) return;
      last = progress.elapsed;
      terminal.error(`${sentence(progress)}\n`);
    },
    stop: () => {},
  };
}

function sentence(progress: TrainProgress): string {
  if (progress.phase !== "training") return WORDS[progress.phase];
  const { rungsDone, rungs, rung, detail, elapsed, foldFitsSaved } = progress;
  const left =
    rungsDone > 0 && rungsDone < rungs ? `, about ${duration((elapsed / rungsDone) * (rungs - rungsDone))} left` : "";
  const saved = foldFitsSaved > 0 ? `, ${foldFitsSaved} folds saved` : "";
  return `rung ${rungsDone}/${rungs}, ${rung}: ${detail}${saved}; ${duration(elapsed)}${left}`;
}
