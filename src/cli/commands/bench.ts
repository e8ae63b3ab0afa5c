import type { BenchSettings } from "../../suite/command.ts";
import type { SuiteProgress } from "../../suite/run.ts";
import { duration } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import { requireKnown } from "../../error.ts";
import { EXIT, type Command, type Options } from "../contract.ts";
import { workersOption } from "../../options/data.ts";
import { benchOptions, suiteRunOptions } from "../../options/suite.ts";
import { text } from "../../options/kinds.ts";
import { OUT } from "../../suite/files.ts";
import { startStatus } from "../progress.ts";
import { failureText } from "../failure.ts";

/** In place of a suite: parts of one are joined. */
const MERGE = "merge";

export const bench: Command = {
  name: "bench",
  summary: "measure a suite of tables: what got better or worse since an earlier bench",
  arguments: [
    {
      name: "suite",
      help: "suite.json files, folders of tables, or tables (default: the tables of this package); merge joins shards",
      many: true,
      optional: true,
    },
  ],
  options: [
    ...benchOptions,
    ...suiteRunOptions,
    workersOption,
    {
      group: "Output",
      key: "out",
      kind: text,
      value: "folder",
      help: `where bench.json and the reports go (default: ${OUT}, or ${OUT}-new beside an --against of that name)`,
    },
    {
      group: "Output",
      key: "format",
      kind: text,
      value: "name",
      help: "print one format instead: html, markdown, comment, json, junit, github, benchmark-action or bencher",
    },
  ],
  examples: [
    "baseline bench",
    "baseline bench suite.json --only wine,cars",
    "baseline bench suite.json --against baseline-bench",
    "baseline bench suite.json --against main:baseline-bench",
    "baseline bench tables --out tables-bench --format markdown",
    "baseline bench suite.json --shard 1/2 --out part-1",
    "baseline bench merge part-1 part-2",
  ],
  run: async (paths, options, terminal) => {
    const [{ runBench }, { mergeBenches }, { findBenchFormat, benchFormats, terminalBench }] = await Promise.all([
      import("../../suite/command.ts"),
      import("../../suite/merge.ts"),
      import("../../report/suite/formats.ts"),
    ]);
    const name = options.json ? "json" : (options.format as string | undefined);
    const names = benchFormats.map((one) => one.name);
    if (name !== undefined) requireKnown("--format", "format", name, names);
    const format = name === undefined ? undefined : findBenchFormat(name);
    const { soft, hard, heed } = terminal.interrupts;
    const status = await startStatus(terminal, "reading the suite");
    const started = performance.now();
    try {
      const settings = settingsOf(options);
      const hooks = {
        soft,
        hard,
        onReady: heed,
        note: terminal.error,
        onProgress: (progress: SuiteProgress) => status.show(sentence(progress, performance.now() - started)),
      };
      const ran = paths[0] === MERGE ? mergeBenches(paths.slice(1), settings) : await runBench(paths, settings, hooks);
      const { bench: found, folder, code } = ran;
      status.stop();
      const shown = { colour: terminal.colour, width: terminal.width, folder };
      terminal.out(format === undefined ? terminalBench(found, shown) : format.print(found));
      return code;
    } catch (error) {
      if (!soft.aborted && !hard.aborted) throw error;
      status.stop();
      terminal.error(failureText(error, false).trimEnd());
      return EXIT.interrupted;
    } finally {
      status.stop();
    }
  },
};

function settingsOf(options: Options): BenchSettings {
  const keys = [...benchOptions, ...suiteRunOptions, workersOption].map(({ key }) => key).concat("out");
  return Object.fromEntries(keys.filter((key) => key in options).map((key) => [key, options[key]]));
}

/** `3 of 7 datasets done (1 from the cache); wine and cars under way; 12 s, about 20 s left`. */
function sentence({ done, cached, total, running, left }: SuiteProgress, elapsed: number): string {
  return [
    `${done} of ${total} datasets done${cached > 0 ? ` (${cached} from the cache)` : ""}`,
    ...(running.length > 0 ? [`${listed(running)} under way`] : []),
    `${duration(elapsed)}${left === null || left < 1 ? "" : `, about ${duration(1000 * left)} left`}`,
  ].join("; ");
}
