/** Metrics of one's own: are they what they say they are? */
import type { Task } from "../frame/dataset.ts";
import { OptionError } from "../error.ts";
import type { Metric } from "./contract.ts";
import { floorsOf } from "./floors.ts";
import { metrics as registry } from "./registry.ts";

const TASKS: readonly Task[] = ["binary", "multiclass", "regression"];
const NEEDS: readonly Metric["needs"][] = ["value", "probability", "label"];
const UNITS: readonly Metric["unit"][] = ["target", "target²", "nats", "share", "none"];

/** It is a key in artifacts. */
const NAME = /^[a-z0-9][a-z0-9_.-]*$/i;

/**
 * Checks records that were handed in; TypeScript sees most of it, JavaScript nothing.
 * @param where What they are a part of, for messages: `metrics`.
 * @throws OptionError that names the first metric and the member that is not what it should be, or two of one name.
 */
export function requireMetrics(where: string, given: readonly unknown[]): asserts given is readonly Metric[] {
  const names = new Set(registry.map(({ name }) => name));
  for (const [i, one] of given.entries()) {
    const fault = faultIn(one);
    const named = (one as Partial<Metric> | undefined)?.name;
    const who = typeof named === "string" && named !== "" ? JSON.stringify(named) : `number ${i + 1}`;
    if (fault !== undefined) throw new OptionError(`${where}: ${who}: ${fault}`);
    if (names.has(named!)) throw new OptionError(`${where}: there is a metric ${who} already; choose another name`);
    names.add(named!);
  }
}

/** What is wrong with a record, in words, or nothing. */
export function faultIn(given: unknown): string | undefined {
  if (typeof given !== "object" || given === null) return `wanted a metric (a record), got ${typeof given}`;
  const one = given as Readonly<Partial<Record<keyof Metric, unknown>>>;
  if (typeof one.name !== "string" || !NAME.test(one.name))
    return "wanted a name of letters, digits, dots, dashes and underscores that begins with a letter or digit";
  if (typeof one.title !== "string" || one.title === "") return "wanted a text as title";
  const tasks = Array.isArray(one.tasks) ? (one.tasks as readonly Task[]) : [];
  if (tasks.length === 0 || !tasks.every((task) => TASKS.includes(task)))
    return `wanted tasks, some of ${TASKS.join(", ")}`;
  if (!NEEDS.includes(one.needs as Metric["needs"])) return `wanted needs, one of ${NEEDS.join(", ")}`;
  if (one.direction !== "minimize" && one.direction !== "maximize") return "wanted a direction, minimize or maximize";
  if (!isRange(one.range)) return "wanted a range, the lowest and the highest value there can be";
  if (!UNITS.includes(one.unit as Metric["unit"])) return `wanted a unit, one of ${UNITS.join(", ")}`;
  const floors = floorsOf(tasks[0]);
  if (!floors.includes(one.floor as Metric["floor"])) return `wanted a floor, one of ${floors.join(", ")}`;
  if (typeof one.score !== "function") return "wanted a function as score";
  for (const key of ["scorer", "refuses", "losses", "ratio"] as const)
    if (one[key] !== undefined && typeof one[key] !== "function") return `wanted a function as ${key}, or none`;
  return contributionFault(one as Partial<Metric>);
}

function contributionFault({ losses, link, ratio, influence }: Partial<Metric>): string | undefined {
  if ([losses, ratio, influence].filter((way) => way !== undefined).length > 1)
    return "wanted one of losses, ratio and influence, or none";
  if (link !== undefined && losses === undefined) return "a link goes with losses, which it lacks";
  if (link !== undefined && (typeof link.of !== "function" || typeof link.slope !== "function"))
    return "wanted a link with of and slope, its derivative";
  if (influence !== undefined && typeof influence.of !== "function") return "wanted an influence with a function as of";
  return undefined;
}

function isRange(given: unknown): boolean {
  return Array.isArray(given) && given.length === 2 && Number(given[0]) < Number(given[1]);
}
