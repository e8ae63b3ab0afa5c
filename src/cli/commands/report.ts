import { EXIT, UsageError, type Command } from "../contract.ts";
import { flag, text } from "../../options/kinds.ts";

export const report: Command = {
  name: "report",
  summary: "print a benchmark's report again and rebuild report.html and report.md",
  arguments: [{ name: "benchmark", help: "a benchmark folder" }],
  options: [
    {
      group: "Output",
      key: "format",
      kind: text,
      value: "name",
      help: "print one format instead: html, markdown, json, csv, junit or github",
    },
    {
      group: "Output",
      key: "out",
      kind: text,
      value: "file",
      help: "write the format to this file instead of printing it",
    },
    { group: "Output", key: "open", kind: flag, starts: true, help: "open report.html in the browser" },
  ],
  examples: [
    "baseline report baseline-out",
    "baseline report baseline-out --open",
    "baseline report baseline-out --format junit --out junit.xml",
    "baseline report baseline-out --json | jq .champion",
  ],
  run: async ([benchmark], options, terminal) => {
    const [{ openArtifact }, { rebuildReports, writeText }, { terminalReport }, { findFormat, formats }] =
      await Promise.all([
        import("../../folder/open.ts"),
        import("../../folder/reports.ts"),
        import("../../report/benchmark/reports.ts"),
        import("../../report/formats/registry.ts"),
      ]);
    const name = options.json ? "json" : (options.format as string | undefined);
    const format = name === undefined ? undefined : findFormat(name);
    if (name !== undefined && format === undefined)
      throw new UsageError(
        `--format: there is no "${name}"; the formats are ${formats.map((one) => one.name).join(", ")}`,
      );
    if (options.out !== undefined && format === undefined)
      throw new UsageError("--out: goes with --format, which says what to write");
    const { folder, artifact } = openArtifact(benchmark);
    if (format !== undefined) {
      const text = format.benchmark(artifact, { folder: benchmark });
      if (options.out === undefined) terminal.out(text);
      else writeText(options.out as string, text);
    } else {
      rebuildReports(folder, artifact);
      terminal.out(terminalReport(artifact, { colour: terminal.colour, width: terminal.width, folder: benchmark }));
    }
    if (options.open) {
      const { openFile } = await import("../open-file.ts");
      await openFile(`${folder}/report.html`);
    }
    return EXIT.ok;
  },
};
