/** Defaults in place of searches are a floor that a better setting of the same rung may pass. */
import type { Design } from "../evaluate/rung.ts";
import type { Warning } from "../frame/warning.ts";
import { whole } from "../words/numbers.ts";

/** A design without a plan to search on is one of too many answers. */
export function searchWarnings({ data: { target }, train, searchPlans }: Design): readonly Warning[] {
  if (searchPlans.length > 0 || target.task === "regression") return [];
  const size = `${whole(train.length)} training rows x ${whole(target.classes.length)} classes`;
  const message = `${size} are too many to search: every rung has its default parameters; --trials 20 searches all the same`;
  return [{ code: "not-searched", message }];
}
