import type { Saved } from "../../folder/saved.ts";
import { EXIT, UsageError, type Command, type Terminal } from "../contract.ts";
import { flag, text } from "../../options/kinds.ts";

export const report: Command = {
  name: "report",
  summary: "print the report of a benchmark or a verdict again, and rebuild its files",
  arguments: [{ name: "benchmark", help: "a benchmark folder, or a verdict.json" }],
  options: [
    {
      group: "Output",
      key: "format",
      kind: text,
      value: "name",
      help: "print one format instead: html, markdown, comment, json, csv, junit or github",
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
    const [{ openSaved }, { besideVerdict }, { findFormat, formats }] = await Promise.all([
      import("../../folder/saved.ts"),
      import("../../folder/verdict-files.ts"),
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
    const saved = openSaved(path);
    if (format === undefined) await rebuild(saved, path, terminal);
    else {
      const [{ printed }, { writeText }] = await Promise.all([
        import("../../folder/report.ts"),
        import("../../folder/reports.ts"),
      ]);
      const text = printed(format, saved, path);
      if (options.out === undefined) terminal.out(text);
      else writeText(options.out as string, text);
    }
    if (options.open) {
      const { openFile } = await import("../open-file.ts");
      await openFile(saved.kind === "verdict" ? besideVerdict(saved.path, "html") : `${saved.folder}/report.html`);
    }
    return EXIT.ok;
  },
};

/** Writes the reports again and prints the short one. */
async function rebuild(saved: Saved, path: string, { out, colour, width }: Terminal): Promise<void> {
  const shown = { colour, width, folder: path };
  if (saved.kind === "verdict") {
    const [{ writeVerdict }, { terminalVerdict }] = await Promise.all([
      import("../../folder/verdict-files.ts"),
      import("../../report/verdict/reports.ts"),
    ]);
    writeVerdict(saved.path, saved.document);
    out(terminalVerdict(saved.document, { ...shown, folder: saved.path }));
  } else {
    const [{ rebuildReports }, { terminalReport }] = await Promise.all([
      import("../../folder/reports.ts"),
      import("../../report/benchmark/reports.ts"),
    ]);
    rebuildReports(saved.folder, saved.artifact);
    out(terminalReport(saved.artifact, shown));
  }
}
