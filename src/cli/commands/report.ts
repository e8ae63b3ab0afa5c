import { requireKnown } from "../../error.ts";
import { EXIT, UsageError, type Command } from "../contract.ts";
import { flag, text } from "../../options/kinds.ts";

export const report: Command = {
  name: "report",
  summary: "print the report of a benchmark, a verdict or a bench again, and rebuild its files",
  arguments: [{ name: "benchmark", help: "a benchmark folder, a verdict.json or a bench.json" }],
  options: [
    {
      group: "Output",
      key: "format",
      kind: text,
      value: "name",
      help: "print one format instead: html, markdown, comment, json, csv, junit or github; of a bench also benchmark-action and bencher",
    },
    {
      group: "Output",
      key: "out",
      kind: text,
      value: "file",
      help: "write the format to this file instead of printing it",
    },
    { group: "Output", key: "open", kind: flag, starts: true, help: "open the HTML report in the browser" },
  ],
  examples: [
    "baseline report baseline-out",
    "baseline report baseline-out --open",
    "baseline report baseline-out --format junit --out junit.xml",
    "baseline report baseline-out/verdict.json --format comment",
    "baseline report baseline-out --json | jq .champion",
  ],
  run: async ([path], options, terminal) => {
    const [{ openReport }, { writeText }] = await Promise.all([
      import("../../folder/saved.ts"),
      import("../../folder/reports.ts"),
    ]);
    const name = options.json ? "json" : (options.format as string | undefined);
    if (options.out !== undefined && name === undefined)
      throw new UsageError("--out: goes with --format, which says what to write");
    const { formats, files, short } = openReport(path);
    if (name !== undefined) {
      requireKnown(path, "format", name, [...formats.keys()]);
      const text = formats.get(name)!();
      if (options.out === undefined) terminal.out(text);
      else writeText(options.out as string, text);
    } else {
      for (const [file, text] of files) writeText(file, text());
      terminal.out(short({ colour: terminal.colour, width: terminal.width }));
    }
    if (options.open) {
      const { openFile } = await import("../open-file.ts");
      await openFile(files.at(-1)![0]);
    }
    return EXIT.ok;
  },
};
