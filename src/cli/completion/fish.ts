import type { CommandWords } from "./words.ts";

/** Files are offered wherever no choice stands (`-r`), which is fish's own way. */
export function fish(commands: readonly CommandWords[]): string {
  return `function __baseline_runs
  set -l words (commandline -opc)
  if test (count $words) -ge 2
    test "$words[2]" = "$argv[1]"
  else
    test -z "$argv[1]"
  end
end
complete -c baseline -e
complete -c baseline -n '__baseline_runs ""' -f -l version -d 'print the version'
complete -c baseline -n '__baseline_runs ""' -f -l help -d 'print this help'
${commands.flatMap(lines).join("\n")}
`;
}

function lines({ name, help, options, choices }: CommandWords): string[] {
  const when = `complete -c baseline -n '__baseline_runs ${name}'`;
  const positional = choices.length > 0 ? [`${when} -f -a ${quoted(choices.join(" "))}`] : [];
  return [
    `complete -c baseline -n '__baseline_runs ""' -f -a ${name} -d ${quoted(help)}`,
    ...positional,
    ...options.map(({ flag, help: says, takesValue, choices: of }) => {
      const value = of.length > 0 ? ` -x -a ${quoted(of.join(" "))}` : takesValue ? " -r" : "";
      return `${when} -l ${flag.slice(2)}${value} -d ${quoted(says)}`;
    }),
  ];
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;
