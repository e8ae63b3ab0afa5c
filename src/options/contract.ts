/** An option, once: the check of the API, the flag, the help, the key of the config file and its schema all come from its record. */

export interface OptionRecord {
  /** Key in the API and in the config file; the flag is its kebab-case form. */
  readonly key: string;
  readonly group: string;
  /** The flag, where another command has one of this name for something else: in files and the API only one can have it. */
  readonly flag?: string;
  readonly help: string;
  readonly kind: Kind;
  /** `--flag <value>` is shown with this word; a switch has none. */
  readonly value?: string;
  /** A switch with a `--no-` twin. `only`: just the twin exists. */
  readonly negatable?: "both" | "only";
  /** Where it exists, if not everywhere: `api` has no flag, `program` is no member of the API. */
  readonly only?: "api" | "program";
  /** It starts a program: taken from the command line, or from a config file that was named there. */
  readonly starts?: true;
}

/** What values an option takes. */
export interface Kind {
  /** What is wanted, in words: `a whole number from 2`. */
  readonly wanted: string;
  /** May be given several times; each text holds several values, separated by commas and quoted as in CSV. */
  readonly list?: true;
  /** What the values of a list make together; absent: the list. */
  readonly together?: (values: readonly unknown[]) => unknown;
  readonly choices?: readonly string[];
  /** Absent: a switch. @throws OptionError with what was wanted. */
  readonly read?: (text: string) => unknown;
  /** The texts that it reads, each matched whole; absent: every text. */
  readonly written?: RegExp;
  /** May the API be given this value? */
  readonly accepts: (value: unknown) => boolean;
  /** JSON Schema of what the API may be given; files may hold texts too (`in-file.ts`). */
  readonly schema: Readonly<Record<string, unknown>>;
}
