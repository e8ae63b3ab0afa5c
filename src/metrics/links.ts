/** From mean losses to metrics. */
import type { Link } from "./contract.ts";

export const identity: Link = { kind: "identity", of: (loss) => loss, slope: () => 1 };

/** What a perfect score of `top` falls to. */
export function complement(top: number): Link {
  return { kind: "complement", of: (loss) => top - loss, slope: () => -1 };
}

/** The derivative grows without bound towards 0; at 0 itself there is nothing to scale. */
export const root: Link = { kind: "root", of: Math.sqrt, slope: (loss) => (loss > 0 ? 0.5 / Math.sqrt(loss) : 0) };
