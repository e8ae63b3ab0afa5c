/** What kinds of situations there are: which tests can decide, as far as their input goes. */
import type { Situation } from "./contract.ts";

const plain = ({ groups, time, margin, guarantee }: Situation): boolean =>
  !groups && !time && !guarantee && margin.kind === "absolute";

/** Counts of rows that only one model gets right say all there is. */
export const areCounts = (situation: Situation): boolean => situation.losses === "zero-one" && plain(situation);

/** The influence values of the area carry its variance. */
export const isRocArea = (situation: Situation): boolean => situation.losses === "roc-area" && plain(situation);

/** What is averaged over rows, groups or stretches of time is judged as such. */
export const isContrast = (situation: Situation): boolean =>
  !situation.guarantee && !areCounts(situation) && !isRocArea(situation);
