import type { CommandWords } from "./words.ts";

/** Where nothing is offered, PowerShell completes files. */
export function powershell(commands: readonly CommandWords[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flag, choices }) => table(`${name} ${flag}`, choices.map(said(flag)))),
  );
  const flags = commands.map(({ name, options }) =>
    table(
      name,
      options.map(({ flag, help }) => [flag, help]),
    ),
  );
  const positional = commands.map(({ name, choices }) => table(name, choices.map(said(name))));
  return `Register-ArgumentCompleter -Native -CommandName baseline -ScriptBlock {
  param($word, $line, $cursor)
  $commands = ${words(commands.map(({ name, help }) => [name, help]))}
  $values = @{
${values.join("\n")}
  }
  $flags = @{
${flags.join("\n")}
  }
  $arguments = @{
${positional.join("\n")}
  }
  $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { "$_" })
  $pair = if ($before.Count -gt 1) { "$($before[1]) $($before[-1])" } else { '' }
  $offered = if ($pair -eq '') { $commands }
  elseif ($values.ContainsKey($pair)) { $values[$pair] }
  elseif ("$word".StartsWith('-')) { $flags[$before[1]] }
  else { $arguments[$before[1]] }
  if ($offered) {
    $offered.GetEnumerator() | Where-Object { $_.Key.StartsWith("$word") } | ForEach-Object {
      [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterValue', $_.Value)
    }
  }
}
`;
}

type Word = readonly [text: string, help: string];

const said =
  (help: string) =>
  (text: string): Word => [text, help];

const table = (key: string, of: readonly Word[]): string => `    ${quoted(key)} = ${words(of)}`;

const words = (of: readonly Word[]): string =>
  `[ordered]@{ ${of.map(([text, help]) => `${quoted(text)} = ${quoted(help)}`).join("; ")} }`;

/** PowerShell takes curly quotes for straight ones. */
const quoted = (text: string): string => `'${text.replaceAll(/['‘’‚‛]/g, "$&$&")}'`;
