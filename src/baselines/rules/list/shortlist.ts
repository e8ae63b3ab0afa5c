/** The best few of what was offered, best first. Of equals the one offered first comes first; once full, only better ones get in. */
export interface Shortlist<T> {
  readonly entries: readonly { readonly gain: number; readonly what: T }[];
  /** How many it holds at most. */
  readonly count: number;
  /** Whether something of this gain would get in. */
  readonly takes: (gain: number) => boolean;
  readonly put: (gain: number, what: T) => void;
}

/** @param least Gains must be as large as this, and above 0. */
export function shortlist<T>(count: number, least: number = 0): Shortlist<T> {
  const entries: { readonly gain: number; readonly what: T }[] = [];
  return {
    entries,
    count,
    takes: (gain) => gain > 0 && gain >= least && (entries.length < count || gain > entries[count - 1].gain),
    put: (gain, what) => {
      let place = entries.length === count ? count - 1 : entries.length;
      for (; place > 0 && entries[place - 1].gain < gain; place--) entries[place] = entries[place - 1];
      entries[place] = { gain, what };
    },
  };
}
