import type { Command } from "../contract.ts";
import { bench } from "./bench.ts";
import { compare } from "./compare.ts";
import { completion } from "./completion.ts";
import { explain } from "./explain.ts";
import { gate } from "./gate.ts";
import { init } from "./init.ts";
import { inspect } from "./inspect.ts";
import { predict } from "./predict.ts";
import { report } from "./report.ts";
import { train } from "./train.ts";

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [
  init,
  inspect,
  train,
  compare,
  gate,
  bench,
  predict,
  explain,
  report,
  completion,
];
