/** Which columns an expression refers to, and as what: a quantity, a text or a truth. */
import type { ASTNode } from "@marcbachmann/cel-js";
import type { CategoryColumn, NumberColumn } from "../frame/dataset.ts";
import { childrenOf, rowMember, variableOf, walk } from "./syntax.ts";

/** What an expression can read. */
export type Source = NumberColumn | CategoryColumn;

/** What a literal is. */
export type LiteralKind = "number" | "text" | "truth";

export interface References {
  /** Names of columns that are written as they are: `age`. */
  readonly identifiers: ReadonlySet<string>;
  /** Names of columns that are written `row["fixed acidity"]`. */
  readonly members: ReadonlySet<string>;
  /** All columns are needed: `row[...]` with something that is not a text literal, or `row` by itself. */
  readonly everything: boolean;
  /** For each name, the literals it is compared with, and where. */
  readonly comparedWith: ReadonlyMap<string, readonly { kind: LiteralKind; text: string; place: number }[]>;
}

const COMPARISONS = new Set<string>(["==", "!=", "<", "<=", ">", ">=", "in"]);

export function referencesOf(root: ASTNode): References {
  const identifiers = new Set<string>();
  const members = new Set<string>();
  const comparedWith = new Map<string, { kind: LiteralKind; text: string; place: number }[]>();
  let everything = false;
  const visit = (node: ASTNode, bound: readonly unknown[]): void => {
    const member = rowMember(node);
    if (typeof member === "string") {
      members.add(member);
      return;
    }
    if (node.op === "id") {
      if (node.args === "row") everything = true;
      else if (!bound.includes(node.args)) identifiers.add(node.args);
    }
    const own = variableOf(node);
    childrenOf(node).forEach((child) => visit(child, own === undefined ? bound : [...bound, own]));
  };
  visit(root, []);
  for (const node of walk(root)) {
    if (!COMPARISONS.has(node.op)) continue;
    const [left, right] = childrenOf(node);
    for (const [side, other] of [
      [left, right],
      [right, left],
    ]) {
      const name = nameOf(side);
      if (name === undefined) continue;
      const known = comparedWith.get(name) ?? [];
      comparedWith.set(name, [...known, ...literals(other)]);
    }
  }
  return { identifiers, members, everything, comparedWith };
}

/** The column that a node stands for. */
function nameOf(node: ASTNode): string | undefined {
  return node.op === "id" && node.args !== "row" ? node.args : (rowMember(node) ?? undefined);
}

/** The literals of a node: itself, or those of a list. */
function literals(node: ASTNode): { kind: LiteralKind; text: string; place: number }[] {
  if (node.op === "list") return childrenOf(node).flatMap(literals);
  if (node.op === "-_") return childrenOf(node).flatMap(literals);
  if (node.op !== "value") return [];
  const kind = kindOf(node.args);
  return kind === undefined ? [] : [{ kind, text: JSON.stringify(node.args, plain), place: node.start }];
}

function kindOf(value: unknown): LiteralKind | undefined {
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "truth";
  return typeof value === "number" || typeof value === "bigint" ? "number" : undefined;
}

const plain = (_: string, value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);
