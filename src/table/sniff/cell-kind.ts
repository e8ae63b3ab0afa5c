/** What a single cell's text looks like. For judging samples; the table's own numbers are read by `number.ts`. */

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const COMMA = /^[+-]?(\d+,\d*|,\d+)([eE][+-]?\d+)?$/;
const GROUPED = /^[+-]?\d{1,3}([.,' \u00a0\u202f]\d{3})+([.,]\d+)?$/;
const MONEY = /^[+-]?[$€£¥][ ]?[\d.,]+$|^[+-]?[\d.,]+ ?[$€£¥%]$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}((?:T| +)\d{1,2}[:.]\d{2}.*)?$|^\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?$/;
const TRUTH = /^(true|false|yes|no)$/i;

/** A number with a decimal point or without any mark. */
export function isPlainNumber(text: string): boolean {
  return PLAIN.test(text);
}

/** A number with a decimal comma. */
export function isCommaNumber(text: string): boolean {
  return COMMA.test(text);
}

/** A number in any notation. */
export function isNumeric(text: string): boolean {
  return PLAIN.test(text) || COMMA.test(text) || GROUPED.test(text) || MONEY.test(text);
}

/** Something with a type: a number in any notation, a date, a time, a truth value. */
export function isTyped(text: string): boolean {
  return isNumeric(text) || DATE.test(text) || TRUTH.test(text);
}
