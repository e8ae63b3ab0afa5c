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
 * (`name.substring(0, 2)`) stay integers.
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
  return edits;
}

const MACROS = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** The variable that `list.exists(x, ...)` and its like bring with them. */
export function variableOf(node: ASTNode): string | undefined {
  if (node.op !== "rcall") return undefined;
  const [method, , parameters] = node.args;
  return MACROS.has(method) && parameters[0]?.op === "id" ? parameters[0].args : undefined;
}

/**
 * The edits that make every round of a loop call `enterRound()` before anything else, and `matches` an engine whose time
 * is linear. A loop's second parameter reaches from a comma to the next one or to the end of the call.
 */
export function asCounted(root: ASTNode, text: string): readonly Edit[] {
  const edits: Edit[] = [];
  const insert = (place: number, piece: string): number => edits.push({ start: place, end: place, text: piece });
  for (const node of walk(root)) {
    if (node.op !== "rcall") continue;
    const [method, subject, parameters] = node.args;
    if (method === "matches" && parameters.length === 1) {
      const start = text.lastIndexOf(method, parameters[0].start);
      if (start >= subject.end) edits.push({ start, end: start + method.length, text: LINEAR_MATCH });
    }
    if (variableOf(node) === undefined || parameters.length < 2) continue;
    insert(text.indexOf(",", parameters[0].end) + 1, ` ${ROUND}() ? (`);
    insert(parameters.length === 2 ? node.end - 1 : text.indexOf(",", parameters[1].end), ") : dyn(null)");
  }
  return edits;
}

/** Names of the functions that `asCounted` puts in. */
export const ROUND = "enterRound";
export const LINEAR_MATCH = "matchesInLinearTime";

function decimal(value: bigint): string {
  const text = String(Number(value));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The text with the edits made, which do not overlap, and where a place in it was before. */
export function edited(text: string, unordered: readonly Edit[]): { text: string; before: (place: number) => number } {
  const edits = unordered.toSorted((a, b) => a.start - b.start || a.end - b.end);
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
