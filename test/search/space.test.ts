import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPoint, isActive, type Parameter, type Point, type Space, type Value } from "../../src/search/space.ts";
import { branchDefault, branchesOf, branchIndex, placesOf, pointAt } from "../../src/search/space/branches.ts";
import { checkPoint, checkSpace, SpaceError } from "../../src/search/space/check.ts";
import { cellAt, dimensionOf, placeOf, valueAt, valueNumber } from "../../src/search/space/dimension.ts";
import {
  cardinality,
  completed,
  enumerate,
  pathPoints,
  plainness,
  pointKey,
  searchedDefault,
  searchedSpace,
} from "../../src/search/space/enumerate.ts";

const tree: Space = {
  model: { type: "category", choices: ["linear", "tree", "knn", "vote"], default: "tree" },
  l2: {
    type: "float",
    low: 1e-4,
    high: 10,
    log: true,
    default: 0.1,
    path: [1e-4, 0.1, 10],
    simpler: "high",
    when: { parameter: "model", in: ["linear"] },
  },
  depth: {
    type: "int",
    low: 1,
    high: 4,
    default: 3,
    simpler: "low",
    when: { parameter: "model", in: ["tree", "vote"] },
  },
  k: {
    type: "int",
    low: 1,
    high: 9,
    step: 4,
    default: 5,
    simpler: "high",
    when: { parameter: "model", in: ["knn", "vote"] },
  },
  wide: { type: "category", choices: [false, true], default: false, when: { parameter: "depth", in: [3, 4] } },
};
const float = (low: number, high: number, more: Partial<Parameter> = {}): Space => ({
  x: { type: "float", low, high, default: low, ...more } as Parameter,
});

describe("checkSpace", () => {
  it("accepts a space with conditions, paths, steps and logs", () => expect(() => checkSpace(tree)).not.toThrow());
  const wrong: [string, Space, RegExp][] = [
    ["low > high", float(2, 1), /x: low must not exceed high, got 2 > 1/],
    ["bounds that are not finite", float(0, Infinity), /x: high must be a finite number, got Infinity/],
    ["a log scale that reaches 0", float(0, 1, { log: true }), /x: low must be above 0 on a log scale, got 0/],
    ["a default outside", float(0, 1, { default: 2 }), /default of x must be a number within 0 .. 1, got 2/],
    [
      "a default off the grid",
      float(0, 1, { step: 0.25, default: 0.3 }),
      /default of x must be 0 plus a multiple of 0.25, got 0.3/,
    ],
    ["a step on a log scale", float(1, 9, { log: true, step: 2 }), /a log scale has no step/],
    ["a step of 0", float(1, 9, { step: 0 }), /step must be above 0/],
    [
      "broken whole numbers",
      { x: { type: "int", low: 1, high: 2.5, default: 1 } },
      /high must be a whole number, got 2.5/,
    ],
    [
      "an empty category list",
      { x: { type: "category", choices: [], default: "a" } },
      /x: choices must hold at least one value/,
    ],
    ["repeated choices", { x: { type: "category", choices: ["a", "a"], default: "a" } }, /choices must differ/],
    [
      "choices that are not numbers",
      { x: { type: "category", choices: [Number.NaN], default: 1 } },
      /choices must be finite/,
    ],
    [
      "a default that is no choice",
      { x: { type: "category", choices: ["a"], default: "b" } },
      /default must be one of \["a"\], got "b"/,
    ],
    ["a path out of order", float(0, 1, { path: [0, 0.5, 0.2] }), /path must be ascending, got 0.5, 0.2/],
    ["a path without the default", float(0, 1, { path: [0.1] }), /path must hold the default, got 0/],
    ["a path outside", float(0, 1, { path: [0, 3] }), /path must stay within 0 .. 1, got 3/],
    ["an empty path", float(0, 1, { path: [] }), /path must hold at least one value/],
    [
      "an unknown type",
      { x: { type: "bool" } as unknown as Parameter },
      /type must be float, int or category, got bool/,
    ],
    [
      "a condition on nothing",
      float(0, 1, { when: { parameter: "y", in: [1] } }),
      /when names y, which does not exist/,
    ],
    ["a condition on itself", float(0, 1, { when: { parameter: "x", in: [1] } }), /circle: x -> x/],
    [
      "a circle",
      {
        a: { type: "category", choices: [1], default: 1, when: { parameter: "b", in: [1] } },
        b: { type: "category", choices: [1], default: 1, when: { parameter: "a", in: [1] } },
      },
      /circle: a -> b -> a/,
    ],
    [
      "a condition on a later parameter",
      {
        a: { type: "category", choices: [1], default: 1, when: { parameter: "b", in: [1] } },
        b: { type: "category", choices: [1], default: 1 },
      },
      /a: when names b, which must stand before it/,
    ],
    [
      "a condition on a continuum",
      { ...float(0, 1), y: { type: "category", choices: [1], default: 1, when: { parameter: "x", in: [0.5] } } },
      /when must name a category or a whole number/,
    ],
    [
      "a condition on a path",
      {
        ...float(0, 1, { path: [0, 1] }),
        y: { type: "category", choices: [1], default: 1, when: { parameter: "x", in: [0] } },
      },
      /when cannot name the path x/,
    ],
    [
      "a condition on no value",
      { ...tree, z: { type: "int", low: 1, high: 2, default: 1, when: { parameter: "model", in: [] } } },
      /when needs at least one value/,
    ],
    [
      "a condition on a value that is not there",
      { ...tree, z: { type: "int", low: 1, high: 2, default: 1, when: { parameter: "model", in: ["svm"] } } },
      /model must be one of .* got "svm"/,
    ],
    [
      "a name that would change the object",
      JSON.parse('{"__proto__":{"type":"int","low":1,"high":2,"default":1}}') as Space,
      /cannot be a parameter's name/,
    ],
  ];
  for (const [what, space, message] of wrong)
    it(`refuses ${what}`, () => {
      expect(() => checkSpace(space)).toThrow(SpaceError);
      expect(() => checkSpace(space)).toThrow(message);
    });
});

describe("checkPoint", () => {
  it("accepts full points", () => {
    checkPoint(tree, defaultPoint(tree));
    checkPoint(tree, { model: "linear", l2: 0.3 });
    checkPoint(tree, { model: "vote", depth: 4, k: 9, wide: true });
  });
  const wrong: [Point, RegExp][] = [
    [{ model: "tree", wide: true }, /point: depth is missing/],
    [{ model: "tree", depth: 2, k: 1 }, /k is only there when model is "knn" or "vote"/],
    [{ model: "tree", depth: 2.5 }, /depth must be a whole number, got 2.5/],
    [{ model: "knn", k: 2 }, /k must be 1 plus a multiple of 4, got 2/],
    [{ model: "knn", k: 10 }, /k must be a number within 1 .. 9, got 10/],
    [{ model: "linear", l2: "0.1" }, /l2 must be a number within/],
    [{ model: "knn", k: 1, q: 1 }, /the space has no parameter q/],
  ];
  for (const [point, message] of wrong)
    it(`refuses ${JSON.stringify(point)}`, () => expect(() => checkPoint(tree, point)).toThrow(message));
});

describe("dimensions", () => {
  const parameter: fc.Arbitrary<Parameter> = fc.oneof(
    fc
      .record({
        low: fc.integer({ min: -50, max: 50 }),
        span: fc.integer({ min: 0, max: 40 }),
        step: fc.integer({ min: 1, max: 5 }),
      })
      .map(({ low, span, step }): Parameter => ({ type: "int", low, high: low + span, step, default: low })),
    fc
      .record({ low: fc.integer({ min: 1, max: 50 }), span: fc.integer({ min: 0, max: 400 }) })
      .map(({ low, span }): Parameter => ({ type: "int", low, high: low + span, log: true, default: low })),
    fc
      .record({ low: fc.integer({ min: -50, max: 50 }), count: fc.integer({ min: 0, max: 20 }) })
      .map(({ low, count }): Parameter => ({
        type: "float",
        low: low / 10,
        high: (low + count) / 10,
        step: 0.1,
        default: low / 10,
      })),
    fc
      .uniqueArray(fc.string(), { minLength: 1, maxLength: 6 })
      .map((choices): Parameter => ({ type: "category", choices, default: choices[0] })),
  );
  it("a value's place and back is the value; places are distinct, inside and in order", () => {
    fc.assert(
      fc.property(parameter, (p) => {
        const d = dimensionOf("p", p);
        let last = 0;
        for (let i = 0; i < d.count; i++) {
          const value = valueNumber(d, i);
          const place = placeOf(d, value);
          expect(place).toBeGreaterThan(last);
          expect(place).toBeLessThan(1);
          expect(valueAt(d, place)).toBe(value);
          last = place;
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });
  it("the ends of a continuum are its bounds to the bit", () => {
    const d = dimensionOf("rate", { type: "float", low: 0.02, high: 0.3, log: true, default: 0.1 });
    expect([valueAt(d, 0), valueAt(d, 1)]).toEqual([0.02, 0.3]);
  });
  it("cells tile the axis, and every place of a cell stands for the same value", () => {
    fc.assert(
      fc.property(parameter, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (p, share) => {
        const d = dimensionOf("p", p);
        let end = 0;
        for (let i = 0; i < d.count; i++) {
          const value = valueNumber(d, i);
          const [from, to] = cellAt(d, placeOf(d, value));
          if (d.count > 1) expect(from).toBeCloseTo(end, 9);
          expect(valueAt(d, from + share * (to - from))).toBe(value);
          end = to;
        }
        expect(end).toBeCloseTo(1, 9);
      }),
      { seed: 2, numRuns: 200 },
    );
  });
  it("uniform places give uniform values: the ends are as likely as the middle", () => {
    const d = dimensionOf("k", { type: "int", low: 1, high: 5, default: 1 });
    const counts = new Map<Value, number>();
    for (let i = 0; i < 1000; i++) {
      const value = valueAt(d, (i + 0.5) / 1000);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts]).toEqual([
      [1, 200],
      [2, 200],
      [3, 200],
      [4, 200],
      [5, 200],
    ]);
  });
  it("log scales halve by ratio, and 0.1 + 2 x 0.1 is 0.3", () => {
    expect(valueAt(dimensionOf("a", { type: "float", low: 1e-4, high: 1, log: true, default: 1 }), 0.5)).toBeCloseTo(
      0.01,
      12,
    );
    expect(valueNumber(dimensionOf("b", { type: "float", low: 0.1, high: 1, step: 0.1, default: 0.1 }), 2)).toBe(0.3);
  });
  it("a step that does not divide the range stops below the end", () => {
    const d = dimensionOf("c", { type: "int", low: 1, high: 10, step: 4, default: 1 });
    expect([valueAt(d, 0), valueAt(d, 0.5), valueAt(d, 1), valueAt(d, 7), d.count]).toEqual([1, 5, 9, 9, 3]);
  });
});

describe("branches", () => {
  it("split by what each dependent sees, two levels deep, paths left out", () => {
    const branches = branchesOf(tree);
    expect(
      branches.map(({ name, dimensions }) => `${name}: ${dimensions.map((d) => `${d.name} ${d.count}`).join(", ")}`),
    ).toEqual([
      "model=linear: model 1",
      "model=tree, depth=1|2: model 1, depth 2",
      "model=tree, depth=3|4: model 1, depth 2, wide 2",
      "model=knn: model 1, k 3",
      "model=vote, depth=1|2: model 1, depth 2, k 3",
      "model=vote, depth=3|4: model 1, depth 2, k 3, wide 2",
    ]);
    expect(branchesOf(float(0, 1)).length).toBe(1);
  });
  it("hold every point once: place and back, and each branch's default lies in it", () => {
    const branches = branchesOf(tree);
    for (const point of enumerate(tree)) {
      const index = branchIndex(branches, point);
      expect(pointAt(branches[index], placesOf(branches[index], point))).toEqual(point);
    }
    for (const [i, branch] of branches.entries()) expect(branchIndex(branches, branchDefault(tree, branch))).toBe(i);
    expect(branchDefault(tree, branches[5])).toEqual({ model: "vote", depth: 3, k: 5, wide: false });
    expect(branchIndex(branches, { model: "linear", l2: 0.1 })).toBe(0);
    expect(branchIndex(branches, { model: "tree" })).toBe(-1);
  });
  it("refuse to be too many", () => {
    const many: Record<string, Parameter> = {};
    for (let i = 0; i < 9; i++) {
      many[`a${i}`] = { type: "category", choices: [0, 1], default: 0 };
      many[`b${i}`] = { type: "int", low: 1, high: 2, default: 1, when: { parameter: `a${i}`, in: [1] } };
    }
    expect(() => branchesOf(many)).toThrow(/more than 256 branches/);
  });
});

describe("enumeration", () => {
  it("counts and lists the same distinct points: default first, then plainest first", () => {
    const points = enumerate(tree);
    expect(points.length).toBe(cardinality(tree));
    expect(points.length).toBe(1 + 2 + 2 * 2 + 3 + 2 * 3 + 2 * 3 * 2);
    expect(new Set(points.map((p) => pointKey(tree, p))).size).toBe(points.length);
    expect(points[0]).toEqual(searchedDefault(tree));
    const ranks = points.slice(1).map((p) => plainness(tree)(p));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    for (const point of points) for (const full of pathPoints(tree, point)) checkPoint(tree, full);
  });
  it("is infinite over a continuum, and says so", () => {
    expect(cardinality(float(0, 1))).toBe(Infinity);
    expect(cardinality(float(0, 1, { path: [0, 1] }))).toBe(1);
    expect(cardinality({})).toBe(1);
    expect(enumerate({})).toEqual([{}]);
    expect(() => enumerate(float(0, 1))).toThrow(/continuum/);
  });
  it("a path is one searched point and many full ones", () => {
    expect(searchedDefault({ ...float(0, 1, { path: [0, 1] }) })).toEqual({});
    expect(pathPoints(tree, { model: "linear" })).toEqual([
      { model: "linear", l2: 1e-4 },
      { model: "linear", l2: 0.1 },
      { model: "linear", l2: 10 },
    ]);
    expect(pathPoints(tree, { model: "knn", k: 5 })).toEqual([{ model: "knn", k: 5 }]);
    expect(Object.keys(searchedSpace(tree))).toEqual(["model", "depth", "k", "wide"]);
  });
  it("completes part of a point with defaults and keeps what it does not know for the check to refuse", () => {
    expect(completed(tree, { model: "vote", k: 9 })).toEqual({ model: "vote", depth: 3, k: 9, wide: false });
    expect(completed(tree, { model: "linear", l2: 5 })).toEqual({ model: "linear" });
    expect(completed(tree, { q: 1 })).toEqual({ model: "tree", depth: 3, wide: false, q: 1 });
  });
  it("keys do not depend on the order of keys nor on the sign of zero", () => {
    const space: Space = {
      a: { type: "float", low: -1, high: 1, default: 0 },
      b: { type: "int", low: 0, high: 1, default: 0 },
    };
    expect(pointKey(space, { b: 1, a: -0 })).toBe(pointKey(space, { a: 0, b: 1 }));
  });
  it("plainness reads the declared end on the parameter's own scale", () => {
    const space: Space = {
      l2: { type: "float", low: 0.01, high: 100, log: true, default: 1, simpler: "high" },
      kind: { type: "category", choices: ["a", "b"], default: "a", ordered: true, simpler: "low" },
    };
    expect(plainness(space)({ l2: 100, kind: "a" })).toBeCloseTo(0.25, 12);
    expect(plainness(space)({ l2: 1, kind: "b" })).toBeCloseTo(0.5 + 0.75, 12);
    expect(Object.values(space).every((p) => isActive(p, {}))).toBe(true);
  });
});
