/** What a project is set up with: options that every run takes, and a check of each challenger in CI. */
import { STAMP, type Draft } from "./files.ts";
import { checkWorkflow } from "./workflow.ts";

/** What was inferred and answered, and what was said of the table: members of the config file. */
export interface Settings {
  readonly target: string;
  readonly group?: string;
  readonly time?: string;
  readonly minGain?: string;
  readonly [option: string]: unknown;
}

/** @param version Of this package: the schema that editors complete the file by. */
export function configDraft(settings: Settings, version: string): Draft {
  const members = {
    $schema: `https://unpkg.com/tabular-baseline@${version}/schema/config.schema.json`,
    $generated: STAMP,
    ...settings,
  };
  return { path: "baseline.config.json", text: `${JSON.stringify(members, null, 2)}\n` };
}

export function workflowDraft(version: string): Draft {
  return {
    path: ".github/workflows/baseline.yml",
    text: `# ${STAMP} (baseline init --update rewrites this file while nobody has changed it)\n${checkWorkflow(version)}`,
  };
}
