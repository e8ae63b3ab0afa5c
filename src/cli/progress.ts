/** Progress on stderr: lines that renew themselves on a terminal, a line now and then elsewhere. */
import type { TrainProgress } from "../benchmark/train.ts";
import { figure, duration } from "../words/numbers.ts";
import type { Terminal } from "./contract.ts";
import type { Training } from "./live-ladder.ts";
import { plainSigns } from "./signs.ts";

export interface Progress {
  show(progress: TrainProgress): void;
  stop(): void;
}

const WORDS = {
  reading: "reading the table",
  splitting: "splitting",
  measuring: "judging, measuring speed and writing",
} as const;
/** Where lines cannot be renewed, one is written at most this often, in milliseconds. */
const EVERY = 5000;
/** Lines are renewed at most this often. */
const RENEWED = 60;

/** A text about what is going on. */
interface Status {
  readonly show: (text: string) => void;
  readonly stop: () => void;
}

/** For what tells of itself in words: the same line, renewed or written now and then. */
export async function startStatus(terminal: Terminal, first: string): Promise<Status> {
  const status = terminal.animated ? await renewed(terminal) : nowAndThen(terminal);
  if (terminal.animated) status.show(first);
  return status;
}

export async function startProgress(terminal: Terminal): Promise<Progress> {
  const { liveLadder, timeLeft } = await import("./live-ladder.ts");
  if (!terminal.animated) return plainProgress(terminal, timeLeft);
  const status = await renewed(terminal);
  return {
    show: (progress) =>
      status.show(
        progress.phase === "training"
          ? liveLadder(
              progress,
              { width: process.stderr.columns || 80, height: process.stderr.rows || 24 },
              terminal.colour,
            )
          : `${WORDS[progress.phase]} ...`,
      ),
    stop: status.stop,
  };
}

async function renewed({ ascii }: Terminal): Promise<Status> {
  const { createLogUpdate } = await import("log-update");
  // Who hides the cursor listens to signals, to bring it back, and a busy process would not end by them.
  const update = createLogUpdate(process.stderr, { showCursor: true });
  let last = -RENEWED;
  return {
    show: (text) => {
      const now = performance.now();
      if (now - last < RENEWED) return;
      last = now;
      update(ascii ? plainSigns(text) : text);
    },
    stop: () => {
      update.clear();
      update.done();
    },
  };
}

function nowAndThen(terminal: Terminal): Status {
  let last = -EVERY;
  return {
    show: (text) => {
      const now = performance.now();
      if (now - last < EVERY) return;
      last = now;
      terminal.error(text);
    },
    stop: () => {},
  };
}

function plainProgress(terminal: Terminal, timeLeft: (progress: Training) => string): Progress {
  let last = 0;
  return {
    show: (progress) => {
      if (progress.phase !== "training" || progress.elapsed - last < EVERY) return;
      last = progress.elapsed;
      terminal.error(sentence(progress, timeLeft(progress)));
    },
    stop: () => {},
  };
}

/** `3 of 8 rungs done, best logistic 0.4467; tree: trial 12 of 50; 6 s, about 4 s left`. */
function sentence(progress: Training, left: string): string {
  const { rungsDone, rungs, rung, detail, elapsed, foldFitsSaved, ladder } = progress;
  const known = ladder.filter(({ value }) => value !== null).map((one) => `${one.rung} ${figure(one.value)}`);
  return [
    `${rungsDone} of ${rungs} rungs done`,
    ...(known.length > 0 ? [`so far ${known.join(", ")}`] : []),
    `${rung}: ${detail}${foldFitsSaved > 0 ? `, ${foldFitsSaved} folds saved` : ""}`,
    `${duration(elapsed)}${left === "" ? "" : `, ${left}`}`,
  ].join("; ");
}
