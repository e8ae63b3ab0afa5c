/** A model of another family's form under a reference's name: what a package fitted, as data that we check and explain. */
import type { Model } from "../../models/contract.ts";

export function renamed(name: string, model: Model, notes: Model["notes"] = model.notes): Model {
  return Object.freeze({ ...model, notes, toJSON: () => ({ ...model.toJSON(), kind: name, notes }) });
}

/** Saved data of `renamed` as the family's own. @throws TypeError when they are of another kind. */
export function underItsOwnName(name: string, json: unknown, family: string): unknown {
  const { kind } = (json ?? {}) as { readonly kind?: unknown };
  if (kind !== name) throw new TypeError(`${name}: wanted a saved ${name} model, got kind ${JSON.stringify(kind)}`);
  return { ...(json as object), kind: family };
}
