/** The check in CI: a workflow that reads and judges, and may write nothing, so that it runs for forks too. */

/** Actions by commit, as a tag may be moved. */
const CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
const SETUP_NODE = "actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0";
const UPLOAD = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2";

/** Training is not run in CI: the benchmark is what was agreed on, and lies in the repository. */
export function checkWorkflow(version: string): string {
  return `# Judges a challenger's predictions against the benchmark that lies in this repository; it trains nothing.
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
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ${SETUP_NODE}
        with:
          node-version: 22
      - name: Is the challenger worth its complexity?
        env:
          BENCHMARK: \${{ inputs.benchmark || 'baseline-out' }}
          PREDICTIONS: \${{ inputs.predictions || 'predictions.csv' }}
        run: npx --yes tabular-baseline@${version} compare "$BENCHMARK" "$PREDICTIONS" --out "$RUNNER_TEMP/verdict.json"
      - name: Show the verdict with the run
        if: always()
        run: if [ -f "$RUNNER_TEMP/verdict.md" ]; then cat "$RUNNER_TEMP/verdict.md" >> "$GITHUB_STEP_SUMMARY"; fi
      - uses: ${UPLOAD}
        if: always()
        with:
          name: baseline-verdict
          path: \${{ runner.temp }}/verdict.json
          if-no-files-found: ignore
`;
}
