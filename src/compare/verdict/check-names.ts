import { OptionError } from "../../error.ts";
import type { Question } from "./contract.ts";

/** @throws OptionError without challengers, for two of one name, or a champion that is no baseline. */
export function checkNames({ baselines, challengers, champion }: Question): void {
  if (challengers.length === 0) throw new OptionError("compare: there is no challenger");
  for (const [kind, list] of [
    ["baseline", baselines],
    ["challenger", challengers],
  ] as const) {
    const names = list.map((m) => m.name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw new OptionError(`compare: two of the ${kind}s are called ${twice}`);
  }
  if (!baselines.some((b) => b.name === champion)) {
    throw new OptionError(`compare: the champion must be one of the baselines, got ${champion}`);
  }
}
