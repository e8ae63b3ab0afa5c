/** What travels between a pool and its workers. */

export interface Order {
  readonly id: number;
  readonly task: unknown;
}

/** An error as plain data: structured cloning keeps neither its class nor the properties that tell what it is. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: unknown;
  /** See `StatedError`. */
  readonly stated?: unknown;
}

/** `id` is the order's; -1 says that the worker's module has loaded. */
export type Answer =
  | { readonly id: number; readonly ok: true; readonly result?: unknown }
  | { readonly id: number; readonly ok: false; readonly error: Failure };
