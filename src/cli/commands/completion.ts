import { SHELLS, type Shell } from "../completion/shells.ts";
import { EXIT, type Command } from "../contract.ts";

export const completion: Command = {
  name: "completion",
  summary: "print a script that completes commands, options and their values in a shell",
  arguments: [{ name: "shell", help: `one of ${SHELLS.join(", ")}`, choices: SHELLS }],
  options: [],
  examples: [
    'eval "$(baseline completion bash)"',
    "baseline completion zsh > _baseline",
    "baseline completion fish | source",
    "baseline completion powershell | Out-String | Invoke-Expression",
  ],
  run: async ([shell], options, terminal) => {
    const [{ commands }, { scripts }, { wordsOf }] = await Promise.all([
      import("./registry.ts"),
      import("../completion/registry.ts"),
      import("../completion/words.ts"),
    ]);
    const script = scripts[shell as Shell](wordsOf(commands));
    terminal.out(options.json ? `${JSON.stringify({ shell, script })}\n` : script);
    return EXIT.ok;
  },
};
