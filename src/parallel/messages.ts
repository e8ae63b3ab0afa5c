/** What travels between a pool and its workers. */

export interface Order {
  readonly id: number;
  readonly task: unknown;
}

/** `id` is the order's; -1 says that the worker's module has loaded. */
export type Answer =
  | { readonly id: number; readonly ok: true; readonly result?: unknown }
  | { readonly id: number; readonly ok: false; readonly error: unknown };
