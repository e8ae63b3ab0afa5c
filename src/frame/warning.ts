/** Something about the data that its owner should know. Nothing is dropped, changed or guessed without one. */
export interface Warning {
  /** What kind, kebab-case: the key by which programs tell warnings apart. */
  readonly code: string;
  readonly column?: string;
  /** One sentence for people, with what to do about it where something can be done. */
  readonly message: string;
  /** How many rows, cells or columns it is about. */
  readonly count?: number;
  /** What it was seen by: values, shares, names of other columns. May quote cells. */
  readonly evidence?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}
