/** Findings as people are told them: of a kind that many columns share, a few whole and the rest by name. */
import type { Warning } from "../artifact.ts";
import { counted } from "../../words/numbers.ts";
import { few } from "../../words/texts.ts";
import { findingId } from "./registry.ts";

export interface Told {
  /** Its number. */
  readonly id: string;
  readonly text: string;
}

/** So many of a kind are told whole; of more than one above that, the rest shares a line. */
const WHOLE = 3;

/** In the order of the findings; a rest stands right behind the last of its kind that is told whole. O(findings). */
export function told(found: readonly Warning[]): readonly Told[] {
  const kinds = new Map<string, Warning[]>();
  const places = found.map((one) => {
    const kind = kinds.get(one.code) ?? [];
    kinds.set(one.code, kind);
    return kind.push(one) - 1;
  });
  return found.flatMap(({ code, message }, i): Told[] => {
    const id = findingId(code);
    const kind = kinds.get(code)!;
    const whole = { id, text: message };
    if (kind.length <= WHOLE + 1 || places[i] < WHOLE - 1) return [whole];
    return places[i] === WHOLE - 1 ? [whole, { id, text: restOf(kind.slice(WHOLE)) }] : [];
  });
}

function restOf(rest: readonly Warning[]): string {
  const columns = rest.flatMap(({ column }) => column ?? []);
  return columns.length === rest.length
    ? `the same of ${few(columns)}`
    : `${counted(rest.length, "more finding")} of this kind (--json lists all)`;
}
