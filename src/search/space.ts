/**
 * Search spaces: which values each hyperparameter of an estimator may take. Plain data, known before the first
 * trial, so that the number of configurations, the branches and repeats can be computed.
 */

export type Value = number | string | boolean | null;
/** One value for each active parameter of a space. */
export type Point = { readonly [parameter: string]: Value };

interface Common {
  /** The parameter exists only where another one has one of these values. */
  readonly when?: { readonly parameter: string; readonly in: readonly Value[] };
  /** Which end gives the plainer model; absent: neither. */
  readonly simpler?: "low" | "high";
}

export interface FloatParameter extends Common {
  readonly type: "float";
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number;
  readonly default: number;
  /** A path: one fit gives all these values nearly for free (ascending; `default` is among them), so they are one trial. */
  readonly path?: readonly number[];
  /**
   * Each value of the path costs a fit, which continues that of the plainer value before it. They are scored from the
   * plainer end on (`simpler`), on several folds together, until those show what follows to be clearly worse.
   */
  readonly walked?: true;
}

export interface IntParameter extends Common {
  readonly type: "int";
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number;
  readonly default: number;
  readonly path?: readonly number[];
  /**
   * The values of the path are steps of an iterative fit (rounds, epochs): a larger one continues a smaller one. They are
   * scored in order, on several folds together, until the mean over those folds no longer falls.
   */
  readonly steps?: true;
}

export interface CategoricalParameter extends Common {
  readonly type: "category";
  readonly choices: readonly Value[];
  /** The order of the choices means something (`simpler` then speaks of the first or the last). */
  readonly ordered?: boolean;
  readonly default: Value;
}

export type Parameter = FloatParameter | IntParameter | CategoricalParameter;
/** Parameters by name. A parameter named in a `when` stands before those that depend on it. */
export type Space = { readonly [parameter: string]: Parameter };

/** Is the parameter there, given the values chosen before it? */
export function isActive(parameter: Parameter, point: Point): boolean {
  const { when } = parameter;
  return when === undefined || (when.parameter in point && when.in.includes(point[when.parameter]));
}

/** The default of every active parameter. */
export function defaultPoint(space: Space): Point {
  const point: Record<string, Value> = {};
  for (const [name, parameter] of Object.entries(space))
    if (isActive(parameter, point)) point[name] = parameter.default;
  return point;
}
