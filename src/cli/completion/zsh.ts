import type { CommandWords } from "./words.ts";

/** A file named _baseline of `fpath`, or text to `eval` after `compinit`. */
export function zsh(commands: readonly CommandWords[]): string {
  return `#compdef baseline
_baseline() {
  local -a offered
  if ((CURRENT == 2)); then
    offered=(${commands.map(({ name, help }) => described(name, help)).join(" ")})
    _describe command offered
    return
  fi
  case "$words[2] $words[CURRENT-1]" in
${commands.flatMap(values).join("\n")}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    case $words[2] in
${commands.map(flags).join("\n")}
    esac
    _describe -o option offered
    return
  fi
  case $words[2] in
${commands.flatMap(positional).join("\n")}
    *) _files ;;
  esac
}
if [[ $funcstack[1] == _baseline ]]; then _baseline "$@"; else compdef _baseline baseline; fi
`;
}

function values({ name, options }: CommandWords): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map(
      ({ flag, choices }) =>
        `    "${name} ${flag}") ${choices.length > 0 ? `compadd -- ${choices.map(quoted).join(" ")}` : "_files"}; return ;;`,
    );
}

function flags({ name, options }: CommandWords): string {
  return `      ${name}) offered=(${options.map(({ flag, help }) => described(flag, help)).join(" ")}) ;;`;
}

function positional({ name, choices }: CommandWords): string[] {
  return choices.length === 0 ? [] : [`    ${name}) compadd -- ${choices.map(quoted).join(" ")} ;;`];
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
/** A word and what is said of it; what follows the first colon is said. */
const described = (word: string, help: string): string => quoted(`${word}:${help}`);
