import type { CommandWords } from "./words.ts";

/** Where nothing is offered, bash completes files (`-o default`). */
export function bash(commands: readonly CommandWords[]): string {
  return `_baseline() {
  local word=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    words="${commands.map(({ name }) => name).join(" ")} --help --version"
  else
    case "$command \${COMP_WORDS[COMP_CWORD - 1]}" in
${commands.flatMap(values).join("\n")}
      *)
        case $command in
${commands.map(others).join("\n")}
        esac
        ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _baseline baseline
`;
}

function values({ name, options }: CommandWords): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map(({ flag, choices }) => `      "${name} ${flag}") words="${choices.join(" ")}" ;;`);
}

function others({ name, options, choices }: CommandWords): string {
  const flags = options.map(({ flag }) => flag).join(" ");
  return `          ${name}) if [[ $word == -* ]]; then words="${flags}"; else words="${choices.join(" ")}"; fi ;;`;
}
