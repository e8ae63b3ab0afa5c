import { EXIT, type Command } from "../contract.ts";

export const report: Command = {
  name: "report",
  summary: "print a benchmark's report again and rebuild its report.md",
  arguments: [{ name: "benchmark", help: "a benchmark folder" }],
  options: [],
  examples: ["baseline report baseline-out", "baseline report baseline-out --json | jq .champion"],
  run: async ([benchmark], options, terminal) => {
    const [{ openArtifact }, { markdownReport }, { terminalReport }, fs, path, { FolderError, reason }] =
      await Promise.all([
        import("../../benchmark/open.ts"),
        import("../../report/markdown.ts"),
        import("../../report/terminal.ts"),
        import("node:fs"),
        import("node:path"),
        import("../../benchmark/folder.ts"),
      ]);
    const { folder, artifact } = openArtifact(benchmark);
    const file = path.join(folder, "report.md");
    try {
      fs.writeFileSync(file, markdownReport(artifact));
    } catch (error) {
      throw new FolderError(`${file}: cannot be written (${reason(error)})`, { cause: error });
    }
    terminal.out(
      options.json
        ? `${JSON.stringify(artifact, null, 1)}\n`
        : terminalReport(artifact, { colour: terminal.colour, width: terminal.width, folder: benchmark }),
    );
    return EXIT.ok;
  },
};
