/** The manual's page of findings, printed from the registry. */
import { findingGroups } from "./registry.ts";

export function findingsPage(): string {
  const parts = findingGroups.map(({ title, findings }) => {
    const entries = findings.map(
      ({ id, code, means, todo }) => `### ${id}: ${code}\n\n${means}\n\n**What to do:** ${todo}`,
    );
    return [`## ${title}`, ...entries].join("\n\n");
  });
  return `${[
    "# Findings",
    "What `inspect`, `train`, `predict` and `compare` may tell, by number. Numbers never change. `--mute B401` (or `mute` in the config file) leaves a finding out of reports, where it is still counted; artifacts keep all.",
    ...parts,
  ].join("\n\n")}\n`;
}
