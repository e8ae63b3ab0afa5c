import { auto } from "./auto/auto.ts";
import type { Sampler } from "./contract.ts";
import { random } from "./random.ts";
import { sobol } from "./sobol.ts";
import { tpe } from "./tpe/tpe.ts";

/** The first is the default. */
export const samplers: readonly Sampler[] = [auto, tpe, random, sobol];
