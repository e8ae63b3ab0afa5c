import type { TrainOptions } from "../intake/options.ts";
import type { WriterOptions } from "../benchmark/writer.ts";
import type { Options } from "./contract.ts";

/** Options of the command line as those of the API: the same names, pairs as maps. */
export function trainOptions(options: Options): TrainOptions {
  const {
    json: _j,
    jsonLines: _l,
    quiet: _q,
    color: _c,
    debug: _d,
    config: _f,
    out: _o,
    force: _r,
    resume: _s,
    exportSplits: _e,
    guardFormulas: _g,
    types,
    ...rest
  } = options;
  return {
    ...rest,
    ...(types !== undefined && { types: Array.isArray(types) ? new Map(types as [string, string][]) : types }),
  } as TrainOptions;
}

/** What becomes of the folder. */
export function writeSettings({ out, ...options }: Options): Omit<WriterOptions, "inputs"> {
  const is = (key: string): boolean => options[key] === true;
  return {
    ...(out !== undefined && { out: out as string }),
    resume: is("resume"),
    redact: is("redact"),
    force: is("force"),
    exportSplits: is("exportSplits"),
  };
}
