/** JUnit XML: a test for each dataset, challenger and expectation, and for each comparison with the earlier bench. */
import type { BenchDataset, BenchDocument } from "../bench.ts";
import { testSuite, type TestCase } from "../formats/junit.ts";
import { figure } from "../../words/numbers.ts";
import type { BenchFormat } from "./contract.ts";
import { championScore } from "./document.ts";

function casesOf(dataset: BenchDataset, { against }: BenchDocument): readonly TestCase[] {
  const { name, status, reason, result, challengers, expectations } = dataset;
  const score = result && `${result.champion}: ${result.metric.name} ${figure(championScore(dataset)?.value)}`;
  const worse = (against?.changes ?? []).filter((one) => one.dataset === name && one.outcome === "worse");
  return [
    { name, output: score ?? "", ...(status !== "ok" && { failure: reason ?? status }) },
    ...challengers.map((one) => ({
      name: `${name}: ${one.name}`,
      output: one.result?.sentence ?? "",
      ...(one.status === "failed" && { failure: one.reason ?? "failed" }),
    })),
    ...expectations.map(({ challenger, what, wanted, found, met }) => ({
      name: `${name}: ${challenger === null ? "" : `${challenger}: `}${what} is ${wanted}`,
      output: "",
      ...(!met && { failure: `it is ${found}` }),
    })),
    ...(against === null || result === null
      ? []
      : [
          {
            name: `${name}: not worse than before`,
            output: "",
            ...(worse.length > 0 && { failure: worse.map(({ sentence }) => sentence).join("; ") }),
          },
        ]),
  ];
}

export const benchJunit: BenchFormat = {
  name: "junit",
  summary: "JUnit XML: a test per dataset, challenger and expectation",
  file: "junit.xml",
  print: (bench) =>
    testSuite(
      `baseline bench ${bench.suite.name}`,
      bench.datasets.flatMap((dataset) => casesOf(dataset, bench)),
    ),
};
