import type { Kind } from "./contract.ts";

/** Every kind of model by its name. Each is loaded when a model of it is: to predict, one is enough. */
export const kinds: ReadonlyMap<string, () => Promise<Kind>> = new Map<string, () => Promise<Kind>>([
  ["constant", async () => (await import("./constant.ts")).constantKind],
]);
