import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  LEADING_ZERO,
  BARE_EXPONENT,
  NOT_INTEGER,
  scanNumber,
  scanShape,
  SEEN,
  UNSAFE_INTEGER,
} from "../../../src/table/scan/number.ts";

const out = new Float64Array(1);

/** The value of a whole text, or undefined when it is not one number; and its shape bits. */
function scan(text: string, decimal = "."): { value: number; shape: number } | undefined {
  const bytes = Buffer.from(`${text};`);
  out[0] = Number.NaN;
  const end = scanNumber(bytes, 0, decimal.charCodeAt(0), out, 0);
  return end === text.length && end > 0 ? { value: out[0], shape: scanShape } : undefined;
}

const digits = (most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most }).map((list) => list.join(""));
const sign = fc.constantFrom("", "-", "+");
const exponent = fc.oneof(
  fc.constant(""),
  fc.tuple(fc.constantFrom("e", "E"), sign, fc.integer({ min: 0, max: 340 })).map(([e, s, n]) => `${e}${s}${n}`),
);
const decimalText = fc.oneof(
  fc.tuple(sign, digits(20), exponent).map((parts) => parts.join("")),
  fc.tuple(sign, digits(18), fc.constant("."), digits(22), exponent).map((parts) => parts.join("")),
  fc.tuple(sign, fc.constant("."), digits(25), exponent).map((parts) => parts.join("")),
  fc.tuple(sign, digits(10), fc.constant("."), exponent).map((parts) => parts.join("")),
  fc.tuple(sign, fc.constant("0.000000"), digits(20)).map((parts) => parts.join("")),
);
const doubleText = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .chain((x) =>
    fc.constantFrom(
      String(x),
      x.toExponential(16),
      x.toPrecision(17),
      Math.abs(x) < 1e20 ? x.toFixed(9) : String(x),
      String(Math.fround(x % 1e38)),
    ),
  );
/** 16 to 18 digits around the middle between two doubles: where a wrong rounding shows. */
const midpoints = fc
  .tuple(
    fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }),
    fc.integer({ min: 0, max: 6 }),
    fc.integer({ min: -1, max: 1 }),
  )
  .map(([m, scale, off]) => String(((2n * m + 1n) << BigInt(scale)) / 2n + BigInt(off)))
  .chain((text) => fc.integer({ min: 0, max: text.length - 1 }).map((at) => `${text.slice(0, at)}.${text.slice(at)}`));

describe("scanNumber", () => {
  it("gives bit for bit what Number gives, for decimal texts of any form", () => {
    fc.assert(
      fc.property(fc.oneof(decimalText, doubleText, midpoints), (text) => {
        const found = scan(text);
        expect(found, text).toBeDefined();
        expect(Object.is(found?.value, Number(text)), `${text}: ${found?.value}`).toBe(true);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });
  it("does so for the doubles of a generator's table written in full, where one rounding would not do", () => {
    let x = 0.1;
    for (let i = 0; i < 50_000; i++) {
      x = Math.sin(x * 1e4 + i);
      const text = String(x * 10 ** ((i % 9) - 4));
      if (scan(text)?.value !== Number(text)) expect.fail(text);
    }
  });
  it("reads a decimal comma alike", () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        expect(Object.is(scan(text.replace(".", ","), ",")?.value, Number(text)), text).toBe(true);
      }),
      { seed: 1 },
    );
  });
  const numbers: [string, number][] = [
    ["1e-5", 1e-5],
    ["-0", -0],
    ["-0.0", -0],
    [".5", 0.5],
    ["5.", 5],
    ["+3", 3],
    ["1.e3", 1000],
    ["1e400", Infinity],
    ["-1e400", -Infinity],
    ["1e-400", 0],
    ["4.9e-324", 5e-324],
    ["0e999", 0],
    ["9007199254740993", 2 ** 53],
    ["100000000000000000000000", 1e23],
    ["0.30000000000000004", 0.30000000000000004],
    ["2.2250738585072011e-308", 2 ** -1022 - 2 ** -1074],
  ];
  for (const [text, value] of numbers)
    it(`reads ${text}`, () => expect(Object.is(scan(text)?.value, value)).toBe(true));
  const others = [
    "",
    "-",
    "+",
    ".",
    "-.",
    "e5",
    "1e",
    "1e+",
    "--1",
    "0x10",
    "0b1",
    "1_000",
    "1,5",
    "NaN",
    "Infinity",
    "1 2",
    "1f",
    "١",
    "½",
    "1.2.3",
  ];
  for (const text of others) it(`does not read ${JSON.stringify(text)}`, () => expect(scan(text)).toBeUndefined());
  it("tells codes and identifiers from quantities by their shape", () => {
    const shape = (text: string): number => (scan(text)?.shape ?? 0) & ~SEEN;
    expect(shape("42")).toBe(0);
    expect(shape("0")).toBe(0);
    expect(shape("-0")).toBe(0);
    expect(shape("007")).toBe(LEADING_ZERO);
    expect(shape("00")).toBe(LEADING_ZERO);
    expect(shape("0.7")).toBe(NOT_INTEGER);
    expect(shape("007.5")).toBe(LEADING_ZERO | NOT_INTEGER);
    expect(shape("1e5")).toBe(BARE_EXPONENT);
    for (const text of ["1e+5", "1e-5", "1.0e5", "1.e5"]) expect(shape(text)).toBe(NOT_INTEGER);
    expect(shape("9007199254740991")).toBe(0);
    expect(shape("9007199254740993")).toBe(UNSAFE_INTEGER);
    expect(shape("12345678901234567890")).toBe(UNSAFE_INTEGER);
    expect(shape("1234567890123456.7")).toBe(NOT_INTEGER);
  });
});
