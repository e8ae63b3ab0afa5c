/** The ladder: every rung with its score and what it costs, plainest first. */
import type { Artifact, Rung, Score } from "../artifact.ts";
import { toned, type Block, type Inline, type Range, type Section, type Text } from "../document/document.ts";
import { points } from "../figures/points.ts";
import { alike, counted, duration, figure, whole } from "../../words/numbers.ts";
import { gainBeside, shownMetrics, sized } from "../wording.ts";
import { deciding, hasHeldOut, rowsJudged } from "./deciding.ts";

export function ladderSection(artifact: Artifact): Section {
  return {
    id: "ladder",
    title: "The ladder",
    serves: "How far does the simplest model get, and what does each further step cost?",
    depth: "first",
    blocks: [table(artifact), ...notes(artifact), ...frontier(artifact)],
  };
}

function table(artifact: Artifact): Block {
  const [main, ...others] = shownMetrics(artifact);
  const held = hasHeldOut(artifact);
  const scale = scaleOf(artifact);
  const told = artifact.ladder.map((rung) => (rung.status === "failed" ? undefined : deciding(artifact, rung)));
  const sure = told.some((score) => hasInterval(score));
  const score = alike(told.flatMap((one) => (one ? [one.value, one.lower, one.upper] : [])));
  const of = (name: string, part: "cv" | "holdout"): ((rung: Rung) => string) => {
    const values = artifact.ladder.map((rung) => rung[part][name]?.value ?? null);
    const most = Math.max(...values.map((value) => Math.abs(value ?? 0)));
    const told = (value: number | null): number | null => (value !== null && Math.abs(value) < 1e-4 * most ? 0 : value);
    const shown = alike(values.map(told));
    return (rung) => (rung.status === "failed" ? "" : shown(told(rung[part][name]?.value ?? null)));
  };
  const cv = of(main, "cv");
  const beside = others.map((name) => of(name, held ? "holdout" : "cv"));
  const columns = [
    { head: "rung" },
    { head: main, numeric: true },
    ...(sure
      ? [
          { head: "95 % interval", numeric: true, drop: 0 },
          { head: "", drop: 4 },
        ]
      : []),
    { head: "gain over the last step that paid", drop: 1 },
    ...(held ? [{ head: "cross-validated", numeric: true, drop: 3 }] : []),
    ...others.map((head, i) => ({ head, numeric: true, drop: 5 + i })),
    { head: "size", numeric: true, drop: 2 },
    { head: "per row", numeric: true, drop: 7 },
  ];
  const rows = artifact.ladder.map((rung, r): readonly Text[] => {
    const own = told[r];
    const latency = artifact.timing.rungs[rung.rung]?.predictMicroseconds;
    return [
      rung.rung,
      rung.status === "failed" ? "failed" : score(own?.value),
      ...(sure ? [hasInterval(own) ? `${score(own.lower)} to ${score(own.upper)}` : "", drawn(own, scale) ?? ""] : []),
      boughtOf(artifact, rung),
      ...(held ? [cv(rung)] : []),
      ...beside.map((one) => one(rung)),
      rung.complexity ? sized(rung.complexity) : "-",
      latency ? duration(latency.p50 / 1000) : "-",
    ];
  });
  const champion = artifact.ladder.findIndex((rung) => rung.rung === artifact.champion.rung);
  return { kind: "table", columns, rows, marked: new Set([champion]) };
}

function hasInterval(score: Score | undefined): score is Score & { lower: number; upper: number } {
  return score?.value != null && score.lower !== null && score.upper !== null;
}

function scaleOf(artifact: Artifact): Pick<Range, "from" | "to"> | undefined {
  const ends = artifact.ladder.flatMap((rung) => {
    const score = rung.status === "ok" ? deciding(artifact, rung) : undefined;
    return score ? [score.lower ?? score.value, score.value, score.upper ?? score.value] : [];
  });
  const known = ends.filter((end): end is number => end !== null);
  return known.length === 0 ? undefined : { from: Math.min(...known), to: Math.max(...known) };
}

function drawn(score: Score | undefined, scale: Pick<Range, "from" | "to"> | undefined): Inline | undefined {
  if (scale === undefined || !hasInterval(score)) return undefined;
  return { kind: "range", range: { lower: score.lower, value: score.value!, upper: score.upper, ...scale } };
}

function boughtOf({ steps, metric }: Artifact, { rung }: Rung): Text {
  const step = steps.find((one) => one.rung === rung);
  if (!step || step.gain === null) return "";
  const words = gainBeside(step.gain, metric.direction, step.from);
  if (step.bought) return [toned("good", "paid"), `: ${words}`];
  return step.verdict === "INCONCLUSIVE" ? [toned("open", "open"), `: ${words}`] : [toned("quiet", "no"), `: ${words}`];
}

function notes(artifact: Artifact): readonly Block[] {
  const { ladder, skipped, positive, metric, steps } = artifact;
  const failed = ladder
    .filter((rung) => rung.status === "failed")
    .map((rung) => `${rung.rung} failed and is scored as the constant: ${rung.reason ?? ""}`);
  const leftOut = skipped.map(({ rung, reason }) => `${rung} was left out: it ${reason}`);
  const better = metric.direction === "minimize" ? "lower" : "higher";
  const legend = [
    `${metric.name} ${rowsJudged(artifact)}: ${better} is better${positive === null ? "" : `; the positive class is ${positive} (--positive names another)`}.`,
    ...(steps.some(({ gain }) => gain !== null)
      ? [
          "Gains are over all out-of-fold rows; paid: significant; open: these rows cannot tell; no: too small to matter, or a loss.",
        ]
      : []),
  ].join(" ");
  return [
    { kind: "paragraph", text: toned("quiet", legend) },
    ...(failed.length > 0 ? [{ kind: "list" as const, items: failed }] : []),
    ...(leftOut.length > 0
      ? [
          {
            kind: "details" as const,
            summary: `${counted(leftOut.length, "rung")} left out`,
            blocks: [{ kind: "list" as const, items: leftOut }],
          },
        ]
      : []),
  ];
}

/** Score against size on disk: which rungs nothing smaller beats. */
function frontier(artifact: Artifact): readonly Block[] {
  const { metric, champion } = artifact;
  const list = artifact.ladder.flatMap((rung) => {
    const value = rung.status === "ok" ? deciding(artifact, rung)?.value : null;
    return value == null || rung.bytes === null || rung.bytes <= 0
      ? []
      : [{ name: rung.rung, x: rung.bytes, y: value, strong: rung.rung === champion.rung }];
  });
  if (list.length < 3) return [];
  const sign = metric.direction === "minimize" ? 1 : -1;
  const onFrontier = list
    .filter(
      (one) =>
        !list.some(
          (other) =>
            other.x <= one.x && sign * other.y <= sign * one.y && (other.x < one.x || sign * other.y < sign * one.y),
        ),
    )
    .sort((a, b) => a.x - b.x);
  const names = onFrontier.map(({ name }) => name);
  const ys = list.map(({ y }) => y);
  const room = (Math.max(...ys) - Math.min(...ys) || 1) * 0.08;
  return [
    {
      kind: "figure",
      title: "Score against size",
      caption: `${metric.name} of each rung ${rowsJudged(artifact)} against the size of its model in bytes; the line joins rungs that no smaller model beats: ${names.join(", ")}.`,
      draw: () =>
        points({
          title: "Score against size",
          description: `${metric.name} against bytes of the model for ${list.length} rungs`,
          x: {
            label: "bytes of the model (logarithmic)",
            from: Math.min(...list.map(({ x }) => x)) * 0.8,
            to: Math.max(...list.map(({ x }) => x)) * 1.25,
            log: true,
          },
          y: { label: metric.name, from: Math.min(...ys) - room, to: Math.max(...ys) + room },
          points: list,
          frontier: names,
        }),
      numbers: {
        kind: "table",
        columns: [
          { head: "rung" },
          { head: "bytes", numeric: true },
          { head: metric.name, numeric: true },
          { head: "not beaten by a smaller one" },
        ],
        rows: list.map(({ name, x, y }) => [name, whole(x), figure(y), names.includes(name) ? "yes" : "no"]),
      },
    },
  ];
}
