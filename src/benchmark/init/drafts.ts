/** What a project is set up with: options that every run takes, and a check of each challenger in CI. */
import { STAMP, type Draft } from "./files.ts";

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

/** Training is not run in CI: the benchmark is what was agreed on, and lies in the repository. */
export function workflowDraft(version: string): Draft {
  return {
    path: ".github/workflows/baseline.yml",
    text: `# ${STAMP} (baseline init --update rewrites this file while nobody has changed it)
# Judges a challenger's predictions against the benchmark that lies in this repository; it trains nothing.
# JUSTIFIED is green. 1: NOT JUSTIFIED, 2: could not be judged, 3: INCONCLUSIVE.
name: baseline
on:
  pull_request:
    paths: [predictions.csv, baseline-out/**, baseline.config.json]
  workflow_dispatch:
    inputs:
      benchmark:
        description: folder of the benchmark
        default: baseline-out
      predictions:
        description: predictions of the challenger
        default: predictions.csv
permissions:
  contents: read
jobs:
  compare:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Is the challenger worth its complexity?
        env:
          BENCHMARK: \${{ inputs.benchmark || 'baseline-out' }}
          PREDICTIONS: \${{ inputs.predictions || 'predictions.csv' }}
        run: npx --yes tabular-baseline@${version} compare "$BENCHMARK" "$PREDICTIONS"
`,
  };
}
