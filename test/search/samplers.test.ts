import { describe, expect, it } from "vitest";
import type { Point, Space } from "../../src/search/space.ts";
import { checkPoint } from "../../src/search/space/check.ts";
import { pointKey } from "../../src/search/space/enumerate.ts";
import type { Observation, Situation } from "../../src/search/samplers/contract.ts";
import { samplers } from "../../src/search/samplers/registry.ts";
import { createStudy } from "../../src/search/study.ts";
import { seeded } from "../../src/numeric/rng.ts";

const TREE: Space = {
  model: { type: "category", choices: ["linear", "tree"], default: "linear" },
  alpha: { type: "float", low: 1e-4, high: 10, log: true, default: 0.1, when: { parameter: "model", in: ["linear"] } },
  share: { type: "float", low: 0, high: 1, step: 0.05, default: 0.5, when: { parameter: "model", in: ["linear"] } },
  depth: { type: "int", low: 1, high: 30, default: 9, when: { parameter: "model", in: ["tree"] } },
  leaf: { type: "int", low: 1, high: 500, log: true, default: 20, when: { parameter: "model", in: ["tree"] } },
  rule: {
    type: "category",
    choices: ["gini", "entropy", null, true],
    default: "gini",
    when: { parameter: "model", in: ["tree"] },
  },
  size: { type: "category", choices: [10, 100, 1000], ordered: true, default: 100 },
};
/** Least at model tree, depth 12, leaf 40, entropy, size 1000. */
const loss = (p: Point): number =>
  p["model"] === "linear"
    ? 1 + (Math.log10(p["alpha"] as number) + 2) ** 2 * 0.1 + (p["share"] as number)
    : 0.02 * ((p["depth"] as number) - 12) ** 2 +
      0.3 * (Math.log((p["leaf"] as number) / 40) / 2) ** 2 +
      (p["rule"] === "entropy" ? 0 : 0.4) +
      (p["size"] === 1000 ? 0 : 0.2);

const situation = (observations: readonly Observation[], pending: readonly Point[], number: number): Situation => ({
  space: TREE,
  number,
  observations,
  pending,
  planned: 60,
  study: seeded("study"),
  rng: seeded("study").split(`trial ${number}`),
});
const history = (count: number): Observation[] => {
  const study = createStudy({ space: TREE, sampler: "random", seed: "history", stop: { trials: count } });
  return Array.from({ length: count }, (_, number): Observation => {
    const trial = study.ask();
    if (trial === undefined) throw new Error("the space cannot be exhausted");
    const state = number % 7 === 3 ? "failed" : number % 5 === 2 ? "pruned" : "complete";
    const value = loss(trial.point);
    study.tell(trial, value);
    return {
      number,
      point: trial.point,
      state,
      loss: state === "failed" ? Number.NaN : value,
      variance: 1e-4,
      steps: state === "pruned" ? 2 : 5,
    };
  });
};

describe("every registered sampler", () => {
  it("has a name of its own", () => expect(new Set(samplers.map(({ name }) => name)).size).toBe(samplers.length));
  for (const sampler of samplers)
    describe(sampler.name, () => {
      it("stays in the space, with and without observations, failures, stopped and pending trials", () => {
        const seen = history(40);
        for (const observations of [[], seen.slice(0, 1), seen.slice(3, 4), seen.slice(0, 15), seen])
          for (const number of [41, 42, 43]) {
            const pending = [seen[20].point, { model: "linear", alpha: 0.5, share: 0.2, size: 10 }];
            const proposal = sampler.propose(situation(observations, pending, number));
            checkPoint(TREE, proposal?.point ?? {});
          }
      });
      it("holds no state: asked twice, or after something else, it says the same", () => {
        const observations = history(25);
        const first = sampler.propose(situation(observations, [], 25));
        sampler.propose(situation(history(12), [], 12));
        expect(sampler.propose(situation(observations, [], 25))).toEqual(first);
        expect(observations).toEqual(history(25));
      });
      it("proposes something new, also beside what is pending", () => {
        const observations = history(25);
        const pending: Point[] = [];
        const keys = new Set(observations.map(({ point }) => pointKey(TREE, point)));
        for (let i = 0; i < 8; i++) {
          const point = sampler.propose(situation(observations, pending, 25 + i))?.point ?? {};
          expect(keys.has(pointKey(TREE, point))).toBe(false);
          keys.add(pointKey(TREE, point));
          pending.push(point);
        }
      });
      it("does without parameters, and with one of a single value", async () => {
        for (const space of [{}, { only: { type: "int", low: 3, high: 3, default: 3 } }] as Space[]) {
          const study = createStudy({ space, sampler: sampler.name, stop: { trials: 4 } });
          expect((await study.optimize(() => 1)).rule).toBe("exhausted");
          expect(study.trials.length).toBe(1);
        }
      });
    });
});

describe("the model-based samplers", () => {
  const reached = async (sampler: string): Promise<number> => {
    let sum = 0;
    for (let seed = 0; seed < 3; seed++) {
      const study = createStudy({ space: TREE, sampler, seed, stop: { trials: 45 } });
      await study.optimize((trial) => loss(trial.point));
      sum += study.best()?.value ?? Infinity;
    }
    return sum / 3;
  };
  it("find a planted optimum in a branch of a mixed space, auto best, random worst", async () => {
    const [auto, tpe, random] = [await reached("auto"), await reached("tpe"), await reached("random")];
    expect(auto).toBeLessThan(0.1);
    expect(auto).toBeLessThan(tpe);
    expect(tpe).toBeLessThan(random);
  });
  it("auto tries the default of every branch first, then an even design, then its model", async () => {
    const study = createStudy({ space: TREE, seed: 1, stop: { trials: 30 } });
    await study.optimize((trial) => loss(trial.point));
    const origins = study.trials.map(({ origin }) => origin);
    expect(origins.slice(0, 2)).toEqual(["default", "default"]);
    expect(study.trials[1].point).toEqual({ model: "tree", depth: 9, leaf: 20, rule: "gini", size: 100 });
    expect(origins.slice(2, 8)).toEqual(Array.from({ length: 6 }, () => "design"));
    expect(new Set(origins.slice(8))).toEqual(new Set(["model", "random"]));
  });
  it("auto goes on when everything failed so far, and when all losses are equal", async () => {
    for (const outcome of [Number.NaN, 1]) {
      const study = createStudy({ space: TREE, seed: 1, stop: { trials: 15, stagnation: false } });
      await study.optimize(() => outcome);
      expect(study.trials.length).toBe(15);
    }
  });
  it("auto hands over to tpe when there are very many observations", () => {
    const many = Array.from({ length: 320 }, (_, number): Observation => {
      const rng = seeded("many").split(number);
      const point = { model: "linear", alpha: 10 ** (5 * rng.uniform() - 4), share: rng.below(21) / 20, size: 100 };
      return { number, point, state: "complete", loss: loss(point), variance: 0, steps: 1 };
    });
    const opening = createStudy({ space: TREE, seed: "study", stop: { trials: 8 } });
    for (let i = 0; i < 8; i++) {
      const trial = opening.ask();
      if (trial !== undefined) many[i] = { ...many[i], point: trial.point };
    }
    const asked = situation(many, [], 320);
    const [auto, tpe] = samplers;
    expect(auto.propose(asked)).toEqual(tpe.propose(asked));
  });
});
