/**
 * The roundest number from `low` (included) to `high` (excluded): a multiple of the largest power of ten that has one
 * there, the smallest of those. For thresholds that people read: between 59 and 60 it is 59, between 17.2 and 23.9 it
 * is 20. @throws RangeError unless low < high, both finite.
 */
export function roundBetween(low: number, high: number): number {
  if (!(low < high && Number.isFinite(low) && Number.isFinite(high)))
    throw new RangeError(`roundBetween: wanted low < high, got ${low}, ${high}`);
  if (low <= 0 && high > 0) return 0;
  const top = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
  const [digits, exponent] = low.toExponential().split("e");
  for (let power = top; power > top - 18; power--) {
    const found = Number(`${Math.ceil(Number(`${digits}e${Number(exponent) - power}`))}e${power}`);
    if (found >= low && found < high) return found;
  }
  return low;
}
