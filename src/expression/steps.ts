/** How long an expression may take: rules come from anywhere, and lists in lists take longer than anybody waits. */
import { whole } from "../words/numbers.ts";

const MOST_IN_ROW = 100_000;
/** On average, beyond a start for tables of few rows. */
const USUAL_IN_ROW = 1000;
const START = 2_000_000;

export interface StepCounter {
  nextRow(): void;
  /** True. @throws Error when the row, or all rows together, have taken too many steps. */
  spend(steps: number): boolean;
  /** Has a row taken too many steps? Loops such as `exists` swallow errors, so it is asked after each row. */
  exhausted(): boolean;
  readonly sentence: string;
}

export function stepCounter(rows: number): StepCounter {
  const most = START + USUAL_IN_ROW * rows;
  const sentence = `takes more than ${whole(MOST_IN_ROW)} steps (rounds of loops, ten characters matched)`;
  let inRow = 0;
  let inAll = 0;
  const exhausted = (): boolean => inRow > MOST_IN_ROW || inAll > most;
  return {
    nextRow: () => {
      inRow = 0;
    },
    spend: (steps) => {
      inRow += steps;
      inAll += steps;
      if (exhausted()) throw new Error(sentence);
      return true;
    },
    exhausted,
    sentence,
  };
}
