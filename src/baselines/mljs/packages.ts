/**
 * The ml.js packages, as far as they are used here. They are CommonJS, mostly without types, and take 20 to 90 ms to
 * load, so each is loaded when it is first used: `require` does that without making fitting asynchronous.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A curve of one variable. */
export interface Regression {
  predict(x: number): number;
}
type Numbers = readonly number[];

/** ml-regression 6. None of its curves takes weights. */
export interface MlRegression {
  /** Least squares. */
  readonly SimpleLinearRegression: new (x: Numbers, y: Numbers) => Regression & { slope: number; intercept: number };
  /** Least squares by the normal equations; constant term first. */
  readonly PolynomialRegression: new (
    x: Numbers,
    y: Numbers,
    degree: number,
  ) => Regression & { coefficients: number[] };
  /** A x^B by least squares on logarithms. */
  readonly PowerRegression: new (x: Numbers, y: Numbers) => Regression & { A: number; B: number };
  /** B e^(A x) by least squares on logarithms. */
  readonly ExponentialRegression: new (x: Numbers, y: Numbers) => Regression & { A: number; B: number };
  /** Median of all slopes between two points. */
  readonly TheilSenRegression: new (x: Numbers, y: Numbers) => Regression & { slope: number; intercept: number };
  readonly MultivariateLinearRegression: new (
    x: readonly Numbers[],
    y: readonly Numbers[],
    options: { readonly statistics: boolean },
  ) => { readonly weights: readonly Numbers[] };
}

export function mlRegression(): MlRegression {
  return require("ml-regression") as MlRegression;
}

/** A node of ml-cart's tree; left where the value is below `splitValue`. */
export interface CartNode {
  readonly left?: CartNode;
  readonly right?: CartNode;
  readonly splitColumn?: number;
  readonly splitValue?: number;
  /** Of a leaf: a mean, or a one-row matrix of class shares up to the largest class in the leaf. */
  readonly distribution?: number | { getRow(row: number): number[] };
}

export interface CartOptions {
  readonly maxDepth: number;
  readonly minNumSamples: number;
  readonly gainThreshold?: number;
}

interface Cart {
  readonly root: CartNode;
  train(rows: readonly Numbers[], target: Numbers): void;
  predict(rows: readonly Numbers[]): number[];
}

export interface MlCart {
  readonly DecisionTreeClassifier: new (options: CartOptions) => Cart;
  readonly DecisionTreeRegression: new (options: CartOptions) => Cart;
}

export function mlCart(): MlCart {
  return require("ml-cart") as MlCart;
}

/** ml-matrix, the CommonJS copy that the other packages use. */
export interface Matrix {
  to1DArray(): number[];
}
export interface MlMatrix {
  readonly Matrix: (new (rows: readonly Numbers[]) => Matrix) & { columnVector(values: Numbers): Matrix };
}

export function mlMatrix(): MlMatrix {
  return require("ml-matrix") as MlMatrix;
}

/** One logistic curve a class: how likely the row is *not* of that class. No intercept, no penalty. */
export interface LogisticRegression {
  readonly classifiers: readonly { readonly weights: Matrix }[];
  train(rows: Matrix, codes: Matrix): void;
  /** Places of the labels. */
  predict(rows: Matrix): number[];
}

export function mlLogisticRegression(): new (options: {
  readonly numSteps: number;
  readonly learningRate: number;
}) => LogisticRegression {
  return require("ml-logistic-regression") as ReturnType<typeof mlLogisticRegression>;
}
