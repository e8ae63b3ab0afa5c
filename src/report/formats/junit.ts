/** JUnit XML, which CI systems show as tests: a test for each rung or challenger. */
import type { Artifact } from "../artifact.ts";
import { xml } from "../figures/plot.ts";
import { verdictWords, type VerdictDocument } from "../verdict.ts";
import { figure } from "../../words/numbers.ts";
import { deciding } from "../benchmark/deciding.ts";
import type { Format } from "./contract.ts";

export interface TestCase {
  readonly name: string;
  /** Why it failed. */
  readonly failure?: string;
  readonly output: string;
}

/** Cost: O(cases). */
export function testSuite(name: string, cases: readonly TestCase[]): string {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const body = cases.map(({ name: what, failure, output }) => {
    const inner = [
      ...(failure === undefined ? [] : [`<failure message="${xml(failure)}"/>`]),
      ...(output === "" ? [] : [`<system-out>${xml(output)}</system-out>`]),
    ].join("");
    return `    <testcase classname="${xml(name)}" name="${xml(what)}">${inner}</testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}">`,
    ...body,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function cases(artifact: Artifact): readonly TestCase[] {
  const whole: TestCase = {
    name: "the whole ladder was trained",
    output: "",
    ...(artifact.interrupted && { failure: artifact.interruptedBy ?? "the run was cut short" }),
  };
  return [
    whole,
    ...artifact.ladder.map((rung): TestCase => {
      const score = `${artifact.metric.name} ${figure(deciding(artifact, rung)?.value)}`;
      return {
        name: rung.rung,
        output: rung.rung === artifact.champion.rung ? `${score} (champion)` : score,
        ...(rung.status === "failed" && { failure: rung.reason ?? "failed" }),
      };
    }),
  ];
}

/** A test passes where its challenger is JUSTIFIED. */
function verdictCases({ challengers }: VerdictDocument): readonly TestCase[] {
  return challengers.map((one) => ({
    name: one.name,
    output: one.sentence,
    ...(one.verdict !== "JUSTIFIED" && { failure: verdictWords(one) }),
  }));
}

export const junitFormat: Format = {
  name: "junit",
  summary: "JUnit XML: a test per rung or challenger",
  file: "junit.xml",
  benchmark: (artifact) => testSuite(`baseline ${artifact.dataset.name}`, cases(artifact)),
  verdict: (document) => testSuite("baseline verdict", verdictCases(document)),
};
