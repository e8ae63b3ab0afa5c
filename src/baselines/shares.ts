/** Class shares out of counts: drawn towards the shares of all rows, and made to agree with a label. */

/** By how much the label's share stands above the ones it was levelled with: enough for the arg max, nothing to a score. */
const HAIR = 1e-9;

/**
 * Shares of `classes` counts starting at `from`, drawn towards the prior as if `strength` more rows had come with its
 * shares (Cestnik's m-estimate, 1990). All counts 0: the prior.
 */
export function smoothedShares(
  counts: ArrayLike<number>,
  from: number,
  prior: ArrayLike<number>,
  strength: number,
): Float64Array {
  const shares = new Float64Array(prior.length);
  let total = strength;
  for (let k = 0; k < shares.length; k++) total += counts[from + k];
  for (let k = 0; k < shares.length; k++)
    shares[k] = total > 0 ? (counts[from + k] + strength * prior[k]) / total : prior[k];
  return shares;
}

/**
 * The likeliest shares among those in which no class is more frequent than `label`: the label is levelled with the
 * classes above it, the others stay (order-restricted maximum likelihood, simple tree order: Robertson, Wright & Dykstra,
 * Order Restricted Statistical Inference, 1988). The label then gets a hair more, so that it is the arg max.
 * Shares that agree with the label already come back as they are. O(classes log classes).
 */
export function withMode(shares: Float64Array, label: number): Float64Array {
  const above = [...shares.keys()].filter((k) => k !== label).sort((a, b) => shares[b] - shares[a]);
  const pool = [label];
  let level = shares[label];
  for (const k of above) {
    if (shares[k] < level || (shares[k] === level && k > label)) break;
    level += (shares[k] - level) / (pool.length + 1);
    pool.push(k);
  }
  if (pool.length === 1) return shares;
  const out = shares.slice();
  for (const k of pool) out[k] = level * (1 - HAIR);
  out[label] = level * (1 + HAIR * (pool.length - 1));
  return out;
}
