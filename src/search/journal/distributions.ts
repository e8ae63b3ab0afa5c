/** Parameters and their values in Optuna's words. */
import type { Parameter, Point, Space, Value } from "../space.ts";
import { dimensionOf } from "../space/dimension.ts";

export interface ParameterJSON {
  /** Numbers as they are; a category as the index of its choice. */
  readonly params: Readonly<Record<string, number>>;
  /** JSON inside a string, as Optuna writes it. */
  readonly distributions: Readonly<Record<string, string>>;
}

export function parametersToJSON(space: Space, point: Point): ParameterJSON {
  const names = Object.keys(space).filter((name) => Object.hasOwn(point, name));
  return {
    params: Object.fromEntries(names.map((name) => [name, internalValue(space[name], point[name])])),
    distributions: Object.fromEntries(names.map((name) => [name, distributionJSON(name, space[name])])),
  };
}

/** The point behind recorded params; undefined when they do not belong to the space. */
export function pointFromJSON(space: Space, params: Readonly<Record<string, number>>): Point | undefined {
  const point: Record<string, Value> = {};
  for (const [name, internal] of Object.entries(params)) {
    if (!Object.hasOwn(space, name)) return undefined;
    const parameter = space[name];
    if (parameter.type === "category" && !(internal in parameter.choices)) return undefined;
    point[name] = parameter.type === "category" ? parameter.choices[internal] : internal;
  }
  return point;
}

function internalValue(parameter: Parameter, value: Value): number {
  return parameter.type === "category" ? parameter.choices.indexOf(value) : (value as number);
}

function distributionJSON(name: string, parameter: Parameter): string {
  if (parameter.type === "category")
    return JSON.stringify({ name: "CategoricalDistribution", attributes: { choices: parameter.choices } });
  const dimension = dimensionOf(name, parameter);
  const high = "high" in dimension ? dimension.high : parameter.high; // the last value on the grid
  const { low, log = false } = parameter;
  if (parameter.type === "int")
    return JSON.stringify({ name: "IntDistribution", attributes: { log, step: parameter.step ?? 1, low, high } });
  return JSON.stringify({ name: "FloatDistribution", attributes: { step: parameter.step ?? null, low, high, log } });
}
