/** Is a search space well formed, and does a point belong to it? */
import { isActive, type Parameter, type Point, type Space, type Value } from "../space.ts";
import { dimensionOf, placeOf, valueAt } from "./dimension.ts";
import { StatedError } from "../../error.ts";

/** A search space, or a point of one, that cannot be: the message names the parameter, what was wanted and what came. */
export class SpaceError extends StatedError {
  override readonly name = "SpaceError";
  override readonly code = "space";
}

/** A whole-number parameter that others depend on may have at most this many values, because each is looked at. */
const MAX_CONTROL_VALUES = 64;

/**
 * Checks every parameter on its own and the conditions between them.
 * @throws SpaceError for low > high, bounds that are not finite, a log scale that reaches 0, a default outside, no or
 *   repeated choices, a path that is not ascending, steps without a path, and conditions that name nothing, a path, a later parameter or
 *   themselves in a circle.
 */
export function checkSpace(space: Space): void {
  const before = new Set<string>();
  for (const [name, parameter] of Object.entries(space)) {
    if (name === "" || name === "__proto__") throw new SpaceError(`space: "${name}" cannot be a parameter's name`);
    if (parameter.type === "category") checkCategory(name, parameter.choices, parameter.default);
    else if (parameter.type === "float" || parameter.type === "int") checkNumber(name, parameter);
    else
      throw new SpaceError(`space: ${name}: type must be float, int or category, got ${(parameter as Parameter).type}`);
    if (parameter.when !== undefined) checkCondition(space, name, parameter.when, before);
    before.add(name);
  }
}

function checkCategory(name: string, choices: readonly Value[], chosen: Value): void {
  if (choices.length === 0) throw new SpaceError(`space: ${name}: choices must hold at least one value, got none`);
  for (const choice of choices)
    if (typeof choice === "number" && !Number.isFinite(choice))
      throw new SpaceError(`space: ${name}: choices must be finite, got ${choice}`);
  if (new Set(choices).size < choices.length)
    throw new SpaceError(`space: ${name}: choices must differ, got ${JSON.stringify(choices)}`);
  if (!choices.includes(chosen))
    throw new SpaceError(
      `space: ${name}: default must be one of ${JSON.stringify(choices)}, got ${JSON.stringify(chosen)}`,
    );
}

function checkNumber(name: string, parameter: Exclude<Parameter, { type: "category" }>): void {
  const { low, high, log = false, step, path } = parameter;
  const wrong = (wanted: string, got: unknown): SpaceError =>
    new SpaceError(`space: ${name}: ${wanted}, got ${String(got)}`);
  for (const [key, value] of Object.entries({ low, high, default: parameter.default }))
    if (!Number.isFinite(value)) throw wrong(`${key} must be a finite number`, value);
  if (low > high) throw wrong("low must not exceed high", `${low} > ${high}`);
  if (log && low <= 0) throw wrong("low must be above 0 on a log scale", low);
  if (step !== undefined && !(step > 0 && Number.isFinite(step))) throw wrong("step must be above 0", step);
  if (log && step !== undefined && !(parameter.type === "int" && step === 1))
    throw wrong("a log scale has no step", step);
  if (parameter.type === "int")
    for (const [key, value] of Object.entries({ low, high, default: parameter.default, step: step ?? 1 }))
      if (!Number.isInteger(value)) throw wrong(`${key} must be a whole number`, value);
  checkValue(name, parameter, parameter.default, "space: default of ");
  if (path === undefined) {
    if (parameter.type === "int" && parameter.steps === true) throw wrong("steps must have a path", "none");
    if (parameter.type === "float" && parameter.walked === true) throw wrong("what is walked must have a path", "none");
    return;
  }
  if (path.length === 0) throw wrong("path must hold at least one value", "none");
  for (const [i, value] of path.entries()) {
    if (!(value >= low && value <= high)) throw wrong(`path must stay within ${low} .. ${high}`, value);
    if (i > 0 && !(value > path[i - 1])) throw wrong("path must be ascending", `${path[i - 1]}, ${value}`);
  }
  if (!path.includes(parameter.default)) throw wrong("path must hold the default", parameter.default);
}

function checkCondition(
  space: Space,
  name: string,
  when: NonNullable<Parameter["when"]>,
  before: ReadonlySet<string>,
): void {
  const control = Object.hasOwn(space, when.parameter) ? space[when.parameter] : undefined;
  if (control === undefined) throw new SpaceError(`space: ${name}: when names ${when.parameter}, which does not exist`);
  if (!before.has(when.parameter)) {
    const circle = circleFrom(space, name);
    throw new SpaceError(
      circle === undefined
        ? `space: ${name}: when names ${when.parameter}, which must stand before it`
        : `space: when goes in a circle: ${circle.join(" -> ")}`,
    );
  }
  if (control.type === "float" || control.type === "int") {
    if (control.path !== undefined) throw new SpaceError(`space: ${name}: when cannot name the path ${when.parameter}`);
    if (control.type === "float" || dimensionOf(when.parameter, control).count > MAX_CONTROL_VALUES)
      throw new SpaceError(
        `space: ${name}: when must name a category or a whole number of at most ${MAX_CONTROL_VALUES} values, got ${when.parameter}`,
      );
  }
  if (when.in.length === 0) throw new SpaceError(`space: ${name}: when needs at least one value of ${when.parameter}`);
  for (const value of when.in) checkValue(when.parameter, control, value, `space: ${name}: when: `);
}

/** The names from a parameter along its conditions back to itself, when they come back. */
function circleFrom(space: Space, name: string): readonly string[] | undefined {
  const seen = [name];
  for (let at = space[name].when?.parameter; at !== undefined; at = space[at]?.when?.parameter) {
    seen.push(at);
    if (at === name) return seen;
    if (seen.indexOf(at) < seen.length - 1) return undefined; // a circle further on, which its own members report
  }
  return undefined;
}

/**
 * Checks that a point gives every active parameter a value of its own, and nothing else.
 * @throws SpaceError that names the parameter.
 */
export function checkPoint(space: Space, point: Point): void {
  for (const [name, parameter] of Object.entries(space)) {
    const given = Object.hasOwn(point, name);
    if (!isActive(parameter, point)) {
      if (given) throw new SpaceError(`point: ${name} is only there when ${conditionText(parameter)}`);
    } else if (given) checkValue(name, parameter, point[name], "point: ");
    else throw new SpaceError(`point: ${name} is missing`);
  }
  for (const name of Object.keys(point))
    if (!Object.hasOwn(space, name)) throw new SpaceError(`point: the space has no parameter ${name}`);
}

function conditionText({ when }: Parameter): string {
  return `${when?.parameter} is ${(when?.in ?? []).map((v) => JSON.stringify(v)).join(" or ")}`;
}

function checkValue(name: string, parameter: Parameter, value: Value, where: string): void {
  const wrong = (wanted: string): SpaceError =>
    new SpaceError(`${where}${name} must be ${wanted}, got ${JSON.stringify(value)}`);
  if (parameter.type === "category") {
    if (!parameter.choices.includes(value)) throw wrong(`one of ${JSON.stringify(parameter.choices)}`);
    return;
  }
  if (typeof value !== "number" || !(value >= parameter.low && value <= parameter.high))
    throw wrong(`a number within ${parameter.low} .. ${parameter.high}`);
  const dimension = dimensionOf(name, parameter);
  if (dimension.kind !== "grid") return;
  const nearest = valueAt(dimension, placeOf(dimension, value)) as number;
  if (Math.abs(nearest - value) > 1e-9 * Math.max(1, Math.abs(value)))
    throw wrong(
      parameter.type === "int" && dimension.step === 1
        ? "a whole number"
        : `${dimension.low} plus a multiple of ${dimension.step}`,
    );
}
