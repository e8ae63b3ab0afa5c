/** Order of levels and classes, and what makes two class texts the same class. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/** Numeric texts first, by value; then the others by code unit. */
export function compareLevels(a: string, b: string): number {
  const left = isNumberText(a);
  const right = isNumberText(b);
  if (left !== right) return left ? -1 : 1;
  if (left) {
    const difference = Number(a) - Number(b);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A class by its text: trimmed, without quotes around it, numbers in their shortest form, so that 1, 1.0 and '1' are one. */
export function classOf(text: string): string {
  let plain = text.trim();
  const quote = plain[0];
  if (plain.length >= 2 && (quote === "'" || quote === '"') && plain.endsWith(quote)) plain = plain.slice(1, -1).trim();
  return isNumberText(plain) ? String(Number(plain) + 0) : plain;
}
