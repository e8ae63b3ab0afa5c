/** Edits of JSON documents: what a slip of the hand, a bad program or an attacker would make of them. */
import type { Rng } from "../../src/numeric/rng.ts";
import { pick } from "./fuzzing.ts";

type Path = readonly (string | number)[];

/** Numbers that JSON.parse reads and JSON.stringify cannot write. */
const HUGE = "@1e999";

const ODD: readonly unknown[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  2,
  99,
  -99,
  255,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e308,
  5e-324,
  1e-320,
  HUGE,
  `-${HUGE}`,
  "",
  "NaN",
  "1",
  "Infinity",
  "__proto__",
  "constructor",
  "a,b",
  "\u0000",
  "\ud800",
  "x".repeat(5000),
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { length: 1e9 },
  { __proto__: null },
];

/** The text of the document with one to three edits. */
export function editedText(document: unknown, rng: Rng): string {
  let edited = structuredClone(document);
  const edits = 1 + rng.below(3);
  for (let i = 0; i < edits; i++) edited = editedOnce(edited, rng);
  const text = JSON.stringify(edited).replaceAll(/"(-?)@1e999"/g, "$11e999");
  return rng.below(20) === 0 ? damaged(text, rng) : text;
}

/** Characters lost, doubled or changed: mostly no JSON any more. */
function damaged(text: string, rng: Rng): string {
  const at = rng.below(text.length);
  const kind = rng.below(4);
  if (kind === 0) return text.slice(0, at);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1 + rng.below(5));
  if (kind === 2) return text.slice(0, at) + text.slice(Math.max(0, at - 5));
  return `${text.slice(0, at)}${pick(rng, ["0", "9", "-", "e", '"', ",", "}", "]"])}${text.slice(at + 1)}`;
}

function editedOnce(document: unknown, rng: Rng): unknown {
  const path = somePath(document, rng);
  const old = at(document, path);
  const kind = rng.below(8);
  if (kind === 0 && path.length > 0) return without(document, path);
  if (kind === 1) return replaced(document, path, at(document, somePath(document, rng)));
  if (kind === 2 && Array.isArray(old)) return replaced(document, path, old.slice(0, -1));
  if (kind === 3 && Array.isArray(old)) return replaced(document, path, [...old, ...old.slice(-1)]);
  if (kind === 4 && Array.isArray(old)) return replaced(document, path, old.toReversed());
  if (typeof old === "number" && kind < 7) return replaced(document, path, nearby(old, rng));
  return replaced(document, path, pick(rng, ODD));
}

function nearby(value: number, rng: Rng): unknown {
  return pick(rng, [
    -value,
    value + 1,
    value - 1,
    value * 2,
    value / 3,
    value * 1e300,
    value + 99,
    String(value),
    1 - value,
  ]);
}

/** Deeper places as likely as the top ones: at each step a member, or stop. */
function somePath(document: unknown, rng: Rng): Path {
  const path: (string | number)[] = [];
  let here = document;
  while (typeof here === "object" && here !== null && (path.length === 0 || rng.below(6) > 0)) {
    const keys: readonly (string | number)[] = Array.isArray(here) ? [...here.keys()] : Object.keys(here);
    if (keys.length === 0) break;
    const key = pick(rng, keys);
    path.push(key);
    here = (here as Record<string | number, unknown>)[key];
  }
  return path;
}

function at(document: unknown, path: Path): unknown {
  return path.reduce((here, key) => (here as Record<string | number, unknown>)[key], document);
}

function replaced(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(document) ? [...document] : { ...(document as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, value);
  return copy;
}

function without(document: unknown, path: Path): unknown {
  const parent = at(document, path.slice(0, -1));
  const last = path[path.length - 1];
  if (Array.isArray(parent)) return replaced(document, path.slice(0, -1), parent.toSpliced(last as number, 1));
  const { [last]: _gone, ...rest } = parent as Record<string, unknown>;
  return replaced(document, path.slice(0, -1), rest);
}
