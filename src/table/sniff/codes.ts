/** Texts that look like numbers and are names. */

const WHOLE = /^[+-]?\d+$/;
const QUANTITY = /^[+-]?(?:[\d.,]*[.,][\d.,]*(?:[eE][+-]?\d+)?|\d+[eE][+-]\d+)$/;
const BARE_EXPONENT = /^\d+[eE]\d+$/;
/** At most this share of bare exponents among whole numbers is somebody's way to write numbers. */
const RARE = 0.05;

/**
 * Whole numbers of which some start with a needless zero, a letter behind or not (007, 01B), or have more digits than a
 * double holds. A decimal among them makes them quantities.
 */
export function areCodes(texts: readonly string[]): boolean {
  let telling = false;
  for (const text of texts) {
    if (QUANTITY.test(text)) return false;
    telling ||= /^[+-]?0\d+[A-Za-z]?$/.test(text) || (WHOLE.test(text) && !Number.isSafeInteger(Number(text)));
  }
  return telling;
}

/**
 * Whole numbers beside texts such as 1E5 and 12e4567, which read as numbers would run into each other (1E5 and 100000),
 * be infinite, or be as wide as the others only as text.
 */
export function areExponentCodes(texts: readonly string[]): boolean {
  const bare = new Set(texts.filter((text) => BARE_EXPONENT.test(text)));
  if (bare.size === 0 || texts.some((text) => QUANTITY.test(text))) return false;
  const whole = new Set(texts.filter((text) => WHOLE.test(text)));
  const all = [...bare, ...whole];
  const values = new Set(all.map(Number));
  if (values.size < all.length || values.has(Number.POSITIVE_INFINITY)) return true;
  if (whole.size === 0) return false;
  return bare.size > RARE * all.length || all.every((text) => text.length === all[0].length);
}
