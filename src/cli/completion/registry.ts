import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import { powershell } from "./powershell.ts";
import type { Shell } from "./shells.ts";
import type { CommandWords } from "./words.ts";
import { zsh } from "./zsh.ts";

/** For each shell, the script that completes command lines. */
export const scripts: Readonly<Record<Shell, (commands: readonly CommandWords[]) => string>> = {
  bash,
  zsh,
  fish,
  powershell,
};
