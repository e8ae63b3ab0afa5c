/**
 * Decimal text to doubles without making strings. The value is bit for bit that of `Number(text)`.
 *
 * Up to 15 digits and powers of ten up to 22 one division or multiplication of exact doubles rounds correctly
 * (Clinger, "How to read floating point numbers accurately", PLDI 1990). 16 to 18 digits are divided in double-double
 * arithmetic (Dekker 1971) and kept when both ends of the error bound round to the same double. The rest, a few cells
 * in a million, goes to `Number`.
 */

/** What the text of a number looked like, as bits: it tells codes and identifiers from quantities. */
export const LEADING_ZERO = 1;
export const NOT_INTEGER = 2;
/** A whole number that a double cannot tell from its neighbours. */
export const UNSAFE_INTEGER = 4;
/** Some cell of the column held a number. */
export const SEEN = 8;
/** A whole number with an exponent without sign, 1E5: machines write 1e+05 or 1.0E5, people write codes so. */
export const BARE_EXPONENT = 32;

/** The shape bits of the last number, `SEEN` included. */
export let scanShape = 0;

const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const SPLIT = 134217729; // 2^27 + 1, Veltkamp's constant
const POINT = 46;
const SHORT = 9;

/**
 * Reads the longest number that starts at bytes[at]: sign, digits with a decimal mark anywhere among them, exponent.
 * No blanks, no hexadecimal, no `Infinity`. The byte after the number must exist (a delimiter or a line end).
 *
 * @param decimal The decimal mark's byte.
 * @param out Gets the value at `to` (a returned double would be put on the heap); untouched when there is no number.
 * @returns The first byte after the number; `at` when there is none.
 */
export function scanNumber(bytes: Uint8Array, at: number, decimal: number, out: Float64Array, to: number): number {
  let p = at;
  let b = bytes[p];
  const negative = b === 45;
  if (negative || b === 43) b = bytes[++p];
  const first = p;
  let stop = p + SHORT;
  let digits = 0; // up to nine of them: they fit in 32 bits
  let d = 0;
  while ((d = b ^ 48) < 10 && p < stop) {
    digits = (Math.imul(digits, 10) + d) | 0;
    b = bytes[++p];
  }
  let count = p - first;
  let shape = SEEN;
  if (count > 1 && bytes[first] === 48) shape |= LEADING_ZERO;
  let fraction = 0;
  if (b === decimal) {
    shape |= NOT_INTEGER;
    stop++;
    b = bytes[++p];
    const start = p;
    while ((d = b ^ 48) < 10 && p < stop) {
      digits = (Math.imul(digits, 10) + d) | 0;
      b = bytes[++p];
    }
    fraction = p - start;
    count += fraction;
  }
  if (b > 47 && ((b ^ 48) < 10 || (b | 32) === 101)) return scanLong(bytes, at, decimal, out, to);
  if (count === 0) return at;
  scanShape = shape;
  const value = fraction === 0 ? digits : digits / POWERS[fraction];
  out[to] = negative ? -value : value;
  return p;
}

/** The same for numbers of any length, with or without exponent. Kept apart: most cells are short, and their loop is short too. */
function scanLong(bytes: Uint8Array, at: number, decimal: number, out: Float64Array, to: number): number {
  let p = at;
  let b = bytes[p];
  const negative = b === 45;
  if (negative || b === 43) b = bytes[++p];
  const first = p;
  while (b === 48) b = bytes[++p];
  let shape = SEEN;
  let count = 0; // significant digits
  let high = 0; // the first nine of them
  let low = 0; // the next nine
  let d = 0;
  while ((d = b ^ 48) < 10) {
    if (count < 9) high = (Math.imul(high, 10) + d) | 0;
    else if (count < 18) low = (Math.imul(low, 10) + d) | 0;
    count++;
    b = bytes[++p];
  }
  let digits = p - first;
  if (digits > 1 && bytes[first] === 48) shape |= LEADING_ZERO;
  let fraction = 0;
  if (b === decimal) {
    shape |= NOT_INTEGER;
    b = bytes[++p];
    const start = p;
    if (count === 0) while (b === 48) b = bytes[++p];
    while ((d = b ^ 48) < 10) {
      if (count < 9) high = (Math.imul(high, 10) + d) | 0;
      else if (count < 18) low = (Math.imul(low, 10) + d) | 0;
      count++;
      b = bytes[++p];
    }
    fraction = p - start;
    digits += fraction;
  }
  if (digits === 0) return at;
  let power = -fraction;
  if ((b | 32) === 101) {
    b = bytes[++p];
    const down = b === 45;
    const signed = down || b === 43;
    if (signed) b = bytes[++p];
    if ((b ^ 48) >= 10) return at; // an e without digits: no number at all
    shape |= signed || (shape & NOT_INTEGER) !== 0 ? NOT_INTEGER : BARE_EXPONENT;
    let exponent = 0;
    while ((d = b ^ 48) < 10) {
      if (exponent < 100000) exponent = exponent * 10 + d;
      b = bytes[++p];
    }
    power += down ? -exponent : exponent;
  }
  scanShape = shape;
  let value = high;
  if (count > 15) {
    value = count <= 18 && power <= 0 && power >= -22 ? long(high, low, count - 9, -power) : Number.NaN;
    if (value !== value) value = viaText(bytes, first, p, decimal);
    if ((shape & (NOT_INTEGER | BARE_EXPONENT)) === 0 && value > Number.MAX_SAFE_INTEGER) scanShape |= UNSAFE_INTEGER;
  } else {
    if (count > 9) value = high * POWERS[count - 9] + low;
    if (power < 0) value = power < -22 ? viaText(bytes, first, p, decimal) : value / POWERS[-power];
    else if (power > 0) value = power > 22 ? viaText(bytes, first, p, decimal) : value * POWERS[power];
  }
  out[to] = negative ? -value : value;
  return p;
}

/**
 * (high * 10^more + low) / 10^power for 16 to 18 digits, correctly rounded, or NaN where that is not certain.
 * high * 10^more is exact: 30 bits times 5^9 (21 bits) times a power of two.
 */
function long(high: number, low: number, more: number, power: number): number {
  const big = high * POWERS[more];
  const sum = big + low;
  if (power === 0) return sum;
  const rest = low - (sum - big);
  const divisor = POWERS[power];
  const quotient = sum / divisor;
  const product = quotient * divisor;
  const q = SPLIT * quotient;
  const qHigh = q - (q - quotient);
  const qLow = quotient - qHigh;
  const r = SPLIT * divisor;
  const rHigh = r - (r - divisor);
  const rLow = divisor - rHigh;
  const error = qHigh * rHigh - product + qHigh * rLow + qLow * rHigh + qLow * rLow; // quotient * divisor - product, exact
  const correction = (sum - product - error + rest) / divisor;
  const slack = Math.abs(correction) * 2e-15;
  const value = quotient + (correction - slack);
  return value === quotient + (correction + slack) ? value : Number.NaN;
}

/** `Number` of the digits bytes[start .. end), with a point for their decimal mark. */
function viaText(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let text = "";
  for (let p = start; p < end; p++) text += String.fromCharCode(bytes[p] === decimal ? POINT : bytes[p]);
  return Number(text);
}
