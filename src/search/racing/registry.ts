import { aggressive } from "./aggressive.ts";
import { asha } from "./asha.ts";
import type { RacingRule } from "./contract.ts";
import { forgiving } from "./forgiving.ts";
import { futility } from "./futility.ts";
import { median } from "./median.ts";
import { wilcoxon } from "./wilcoxon.ts";

/** Racing rules that can be named. The first is the default for folds; `median` and `asha` are for curves. */
export const racingRules: readonly RacingRule[] = [futility(), wilcoxon(), forgiving, aggressive, median(), asha()];
