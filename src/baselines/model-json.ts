/** Checks that a saved model is of the expected kind and version; the members are the caller's to check. */
export function readModel(json: unknown, kind: string, version: number): Readonly<Record<string, unknown>> {
  const members = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  if (members.kind !== kind || members.version !== version)
    throw new TypeError(
      `${kind}: wanted a saved ${kind} model, version ${version}; got kind ${JSON.stringify(members.kind)}, version ${JSON.stringify(members.version)}`,
    );
  return members;
}
