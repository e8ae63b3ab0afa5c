import {
  requireFinite,
  widest,
  type Differences,
  type Evidence,
  type PairedTest,
  type TestOptions,
} from "../contract.ts";
import { hallPivot, judge, studentPivot } from "../pivot.ts";
import { isContrast } from "../situation.ts";
import { unitMoments } from "../units.ts";

/**
 * Cluster-robust t test: is the mean gain above the margin when rows of one group (patient, user) say similar things?
 * The groups are the independent units: their sums carry the variance, G / (G - 1) Σu² / rows², on G - 1 degrees of freedom.
 *
 * @param input Gains and the group of each row (-1: a row of its own); at least two groups.
 * @returns As `pairedT`; with a group per row it is `pairedT`.
 * @throws RangeError without groups, or as `pairedT`. Ten groups are few; below that expect too much certainty.
 * Cost: O(rows). Source: K.-Y. Liang & S. Zeger, Biometrika 73, 1986.
 */
export function clusterT(input: Differences, options: TestOptions = {}): Evidence {
  return judge(
    studentPivot("cluster-t", unitMoments(input.differences, undefined, groupsOf("clusterT", input))),
    options,
  );
}

/** The same with Hall's correction for the skewness of the group sums. */
export function clusterHall(input: Differences, options: TestOptions = {}): Evidence {
  return judge(
    hallPivot("cluster-hall", unitMoments(input.differences, undefined, groupsOf("clusterHall", input))),
    options,
  );
}

/** Both at once, the wider of each bound. */
export function clusterTAndHall(input: Differences, options: TestOptions = {}): Evidence {
  return widest([clusterT(input, options), clusterHall(input, options)]);
}

function groupsOf(name: string, { differences, groups }: Differences): Int32Array {
  requireFinite(name, "differences", differences, 2);
  if (groups?.length !== differences.length) {
    throw new RangeError(`${name}: groups must have ${differences.length} values, got ${groups?.length ?? "none"}`);
  }
  return groups;
}

export const clusterTTest: PairedTest = {
  name: "cluster-t",
  title: "Cluster-robust t",
  question: "Is the mean gain above the margin when rows of a group are alike?",
  honest: "Independent groups, 10 or more (better 20), none of them dominating.",
  needs: "differences",
  also: "groups",
  decides: (situation) => isContrast(situation) && situation.groups,
  pivot: ({ moments, reckon }) => studentPivot("cluster-t", reckon(moments)),
  run: clusterT,
};

export const clusterHallTest: PairedTest = {
  name: "cluster-hall",
  title: "Hall's on groups",
  question: "Is the mean gain above the margin when rows of a group are alike, also where sums of groups are skewed?",
  honest: "Independent groups, 10 or more (better 20), none of them dominating.",
  needs: "differences",
  also: "groups",
  decides: (situation) => isContrast(situation) && situation.groups,
  pivot: ({ moments, reckon }) => hallPivot("cluster-hall", reckon(moments)),
  run: clusterHall,
};
