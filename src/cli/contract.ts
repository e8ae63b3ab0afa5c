import type { OptionRecord } from "../options/contract.ts";
import { StatedError } from "../error.ts";

/** What a command may touch: its streams, and nothing else of the process. */
export interface Terminal {
  /** The result. */
  readonly out: (text: string) => void;
  /** Progress, warnings, errors: one line, without its end. */
  readonly error: (line: string) => void;
  /** May the result be coloured? */
  readonly colour: boolean;
  /** May progress be animated? */
  readonly animated: boolean;
  /** Progress has to do without signs beyond ASCII. */
  readonly ascii?: boolean;
  /** Width of the terminal, in characters. */
  readonly width: number;
  readonly interrupts: Interrupts;
  /** Asks the user; absent where nobody is there to answer: in CI, or when input or stderr is no terminal. */
  readonly ask?: (question: string) => Promise<string>;
}

/** Ctrl-C, where there is something to finish or to put away. Every other signal ends the process at once, however busy it is. */
export interface Interrupts {
  /** From here on Ctrl-C is heard instead of ending the process. */
  readonly heed: () => void;
  /** Aborted by the first: finish what is under way, write what is known. */
  readonly soft: AbortSignal;
  /** Aborted by the second: stop now. */
  readonly hard: AbortSignal;
}

/** Options by key, from the command line, the config file and the defaults, in this order of precedence. */
export type Options = Readonly<Record<string, unknown>>;

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly help: string;
    readonly many?: boolean;
    readonly optional?: boolean;
    /** The only values it takes. */
    readonly choices?: readonly string[];
  }[];
  readonly options: readonly OptionRecord[];
  /** Whole command lines, shown under `--help`. */
  readonly examples: readonly string[];
  /** Returns the exit code. Heavy modules are imported inside. */
  run(args: readonly string[], options: Options, terminal: Terminal): Promise<number>;
}

/** The command line cannot be used as it is: the message says what was wanted and what came. */
export class UsageError extends StatedError {
  override readonly name = "UsageError";
  override readonly code = "usage";
}

export const EXIT = { ok: 0, justified: 0, notJustified: 1, failed: 2, inconclusive: 3, interrupted: 130 } as const;
