/** Reading the syntax tree of a CEL expression: what it refers to, and where integers are meant as quantities. */
import type { ASTNode } from "@marcbachmann/cel-js";

/** Nodes directly below, in order. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  const args = node.args as unknown;
  if (node.op === "value" || node.op === "id") return [];
  if (node.op === "call") return (args as [string, ASTNode[]])[1];
  if (node.op === "rcall") {
    const [, subject, parameters] = args as [string, ASTNode, ASTNode[]];
    return [subject, ...parameters];
  }
  if (node.op === "." || node.op === ".?") return [(args as [ASTNode, string])[0]];
  if (node.op === "map") return (args as [ASTNode, ASTNode][]).flat();
  return Array.isArray(args) ? (args as ASTNode[]) : [args as ASTNode];
}

/** The node and all below it. */
export function* walk(node: ASTNode): Iterable<ASTNode> {
  yield node;
  for (const child of childrenOf(node)) yield* walk(child);
}

/** `row["name"]` or `row.name`: the name; `row[...]` with anything else: null; another node: undefined. */
export function rowMember(node: ASTNode): string | null | undefined {
  if (node.op !== "." && node.op !== "[]") return undefined;
  const [subject, member] = node.args as [ASTNode, ASTNode | string];
  if (subject.op !== "id" || subject.args !== "row") return undefined;
  if (typeof member === "string") return member;
  return member.op === "value" && typeof member.args === "string" ? member.args : null;
}

/** A replacement of the characters from `start` to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The edits that make every number a double and every null dynamic, so that `age > 60`, `age * 2` and
 * `old ? 1 : 0.5` mean what they say where columns are doubles. Indices (`list[0]`) and arguments of methods
 * (`name.substring(0, 2)`) stay integers. In order of place.
 */
export function asDoubles(root: ASTNode): readonly Edit[] {
  const edits: Edit[] = [];
  const visit = (node: ASTNode): void => {
    if (node.op === "value") {
      const edit = (text: string): number => edits.push({ start: node.start, end: node.end, text });
      if (typeof node.args === "bigint") edit(decimal(node.args));
      else if (node.args === null) edit("dyn(null)");
    }
    const children = childrenOf(node);
    if (node.op === "[]" || node.op === "rcall") visit(children[0]);
    else children.forEach(visit);
  };
  visit(root);
  return edits.sort((a, b) => a.start - b.start);
}

function decimal(value: bigint): string {
  const text = String(Number(value));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The text with the edits made, and where a place in it was before. */
export function edited(text: string, edits: readonly Edit[]): { text: string; before: (place: number) => number } {
  let out = "";
  let done = 0;
  for (const edit of edits) {
    out += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  const before = (place: number): number => {
    let shift = 0;
    for (const { start, end, text: by } of edits) {
      if (place <= start + shift) break;
      if (place < start + shift + by.length) return start;
      shift += by.length - (end - start);
    }
    return place - shift;
  };
  return { text: out + text.slice(done), before };
}
