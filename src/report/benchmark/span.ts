/** The ends of an axis that shows all values, with some room beyond them. */
export function spanOf(values: readonly number[], room: number = 0.06): { readonly from: number; readonly to: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const beyond = (high - low) * room;
  return { from: low - beyond, to: high + beyond };
}
