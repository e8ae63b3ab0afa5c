/** The study behind search-journal.jsonl: every kind of parameter, state and attribute that a journal can hold. */
import type { Point, Space } from "../../src/search/space.ts";
import { byFold } from "../../src/search/by-fold.ts";
import type { Clock } from "../../src/search/clock.ts";
import type { JournalStorage } from "../../src/search/journal/storage.ts";
import type { Sampler } from "../../src/search/samplers/contract.ts";
import { createStudy } from "../../src/search/study.ts";

const SPACE: Space = {
  model: { type: "category", choices: ["linear", "tree"], default: "linear" },
  l2: { type: "float", low: 0.01, high: 10, log: true, default: 1, path: [0.1, 1, 10], when: { parameter: "model", in: ["linear"] } },
  ratio: { type: "float", low: 0, high: 1, step: 0.25, default: 0.5, when: { parameter: "model", in: ["linear"] } },
  depth: { type: "int", low: 1, high: 20, default: 6, when: { parameter: "model", in: ["tree"] } },
  leaf: { type: "int", low: 1, high: 256, log: true, default: 8, when: { parameter: "model", in: ["tree"] } },
  cp: { type: "float", low: 1e-5, high: 0.1, log: true, default: 1e-3, when: { parameter: "model", in: ["tree"] } },
  missing: { type: "category", choices: [null, true, 3, "word ü"], default: null },
};

/** Given, not drawn: logarithms and exponentials may differ in the last digit between versions of the engine. */
const POINTS: readonly Point[] = Array.from({ length: 14 }, (_, i) => {
  const missing = [null, true, 3, "word ü"][i % 4];
  return i % 2 === 0
    ? { model: "linear", ratio: (i % 5) / 4, missing }
    : { model: "tree", depth: i + 3, leaf: 2 ** (i % 9), cp: (i + 1) / 1000, missing };
});
const listed: Sampler = {
  name: "listed",
  title: "A given list",
  propose: ({ number }) => ({ point: POINTS[number], origin: "random" }),
};

/** Scores are simple fractions and never ask Math for more than arithmetic, so they are the same everywhere. */
export async function goldenStudy(storage: JournalStorage): Promise<void> {
  let now = Date.UTC(2026, 0, 1);
  const clock: Clock = { now: () => (now += 250), after: () => () => {} };
  const study = createStudy({
    space: SPACE,
    sampler: listed,
    seed: "golden",
    folds: 4,
    name: "golden",
    metric: "log_loss",
    storage,
    clock,
    stop: { trials: 14, stagnation: false },
  });
  study.enqueue({ model: "tree", depth: 3 });
  const objective = byFold(({ trial, path, fold }) => {
    if (trial === 5) throw new Error("singular matrix");
    const level = ((trial * 7) % 10) / 10;
    const scores = path.map((_, p) => (trial === 3 && p === 2 ? Number.NaN : 0.25 + level + p / 64 + fold / 16 + ((trial * fold) % 3) / 128));
    return { scores, blocks: path.map((_, p) => Float64Array.of(level + p, fold)) };
  });
  await study.optimize(objective, { trials: 13 });
  await study.optimize((trial) => trial.note("seen by", "a person"));
  await study.repeat(objective, { top: 1 });
}
