/** A model as few numbers that a figure can show. Names are whole; whoever draws them cuts them. */

/** A decision tree: its nodes in preorder, the root first. Of a large tree those that most rows come by. */
export interface TreeDrawing {
  readonly kind: "tree";
  /** What `value` is: the target, or the share of a class. */
  readonly unit: string;
  readonly nodes: readonly {
    /** Place of the node above; -1 at the root. */
    readonly parent: number;
    /** The condition that leads here from the node above. */
    readonly when: string;
    readonly says: string;
    readonly value: number;
    /** Weight of the training rows that come by. */
    readonly rows: number;
    /** Leaves below it; 1: it is one. */
    readonly leaves: number;
  }[];
}

/** Rules of which one decides, in the order in which they are asked. */
export interface RulesDrawing {
  readonly kind: "rules";
  readonly unit: string;
  readonly rules: readonly {
    readonly when: string;
    readonly says: string;
    readonly value: number;
    readonly rows: number;
  }[];
  /** Rules that are not among them. */
  readonly more: number;
}

/** A weighted sum, the terms with the largest effects first. */
export interface TermsDrawing {
  readonly kind: "terms";
  /** What the terms add to. */
  readonly unit: string;
  /** Names of the sums; one, of no name, where there is only one. */
  readonly outputs: readonly string[];
  readonly terms: readonly {
    readonly name: string;
    /** Standard deviation of a number; null of what is there or not: a level, a missing value, a word. */
    readonly spread: number | null;
    /** By sum: what one standard deviation adds, or being there. */
    readonly values: readonly number[];
  }[];
  readonly more: number;
}

/** A curve of one column over the training range. */
export interface CurveDrawing {
  readonly kind: "curve";
  readonly column: string;
  readonly unit: string;
  readonly points: readonly (readonly [number, number])[];
}

export type Drawing = TreeDrawing | RulesDrawing | TermsDrawing | CurveDrawing;
