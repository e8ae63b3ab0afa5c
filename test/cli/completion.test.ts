/** What shells offer: everything that the records know, and nothing else. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { scripts } from "../../src/cli/completion/registry.ts";
import { SHELLS } from "../../src/cli/completion/shells.ts";
import { wordsOf, type CommandWords } from "../../src/cli/completion/words.ts";
import { baseline, folder, folderWith, type Ran } from "./baseline.ts";

const words = wordsOf(commands);

/** What a real bash offers for command lines, the last word of each being typed. */
async function offered(lines: readonly (readonly string[])[]): Promise<readonly string[][]> {
  const asks = lines.map(
    (line, i) => `COMP_WORDS=("\${line${i}[@]}"); COMP_CWORD=${line.length - 1}; _baseline; echo "\${COMPREPLY[*]}"`,
  );
  const given = lines.map((line, i) => `line${i}=(${line.map((word) => `'${word}'`).join(" ")})`);
  const { stdout } = await execa("bash", ["--norc"], {
    input: [scripts.bash(words), "complete -p baseline >&2", ...given, ...asks].join("\n"),
  });
  return stdout.split("\n").map((line) => line.split(" ").filter((word) => word !== ""));
}

describe("bash completes", () => {
  it("commands, by what was typed of them", async () => {
    const [all, some] = await offered([
      ["baseline", ""],
      ["baseline", "tr"],
    ]);
    expect(all).toEqual([...commands.map(({ name }) => name), "--help", "--version"]);
    expect(some).toEqual(["train"]);
  });
  it("the options of each command", async () => {
    const found = await offered(words.map(({ name }) => ["baseline", name, "--"]));
    expect(found).toEqual(words.map(({ options }) => options.map(({ flag }) => flag)));
    expect(found[commands.findIndex(({ name }) => name === "train")]).toEqual(
      expect.arrayContaining(["--target", "--no-racing", "--json-lines", "--config", "--no-color", "--help"]),
    );
  });
  it("the values of each option that has choices, and nothing but files after the others", async () => {
    const valued = words.flatMap(({ name, options }) =>
      options.filter(({ takesValue }) => takesValue).map((option) => ({ name, ...option })),
    );
    expect(valued.some(({ choices }) => choices.includes("regression"))).toBe(true);
    const found = await offered(valued.map(({ name, flag }) => ["baseline", name, flag, ""]));
    expect(found).toEqual(valued.map(({ choices }) => choices));
  });
  it("arguments with choices, and files where nothing else is offered", async () => {
    const [shells, files] = await offered([
      ["baseline", "completion", ""],
      ["baseline", "train", "da"],
    ]);
    expect(shells).toEqual(SHELLS);
    expect(files).toEqual([]);
    const { stdout } = await execa("bash", ["--norc"], {
      input: `${scripts.bash(words)}complete -p baseline`,
    });
    expect(stdout).toBe("complete -o default -F _baseline baseline");
  });
});

/** What a real fish offers for what was typed: words without their descriptions. */
async function inFish(typed: string): Promise<readonly string[]> {
  const cwd = folderWith({ "baseline.fish": scripts.fish(words) });
  const { stdout } = await execa("fish", ["--no-config", "-c", `source baseline.fish; complete -C '${typed}'`], {
    cwd,
  });
  return stdout.split("\n").map((line) => line.split("\t")[0]);
}

/** What a real zsh would be told to offer, its own helpers replaced by ones that print. */
async function inZsh(...line: readonly string[]): Promise<readonly string[]> {
  const stubs = [
    "compdef() { : }",
    "_files() { print FILES }",
    'compadd() { shift; print -l -- "$@" }',
    '_describe() { local -a all; all=("${(@P)@[-1]}"); print -l -- "${(@)all%%:*}" }',
  ];
  const given = [`words=(${line.map((word) => `'${word}'`).join(" ")})`, `CURRENT=${line.length}`, "_baseline"];
  const { stdout } = await execa("zsh", ["-f"], { input: [...stubs, scripts.zsh(words), ...given].join("\n") });
  return stdout.split("\n");
}

/** Shells that stand on this machine; bash always does. */
const here = (shell: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((path) => existsSync(join(path, shell)));
const REAL = [
  ...(here("fish")
    ? [{ shell: "fish", offers: (...line: string[]) => inFish(line.join(" ")) as Promise<string[]> }]
    : []),
  ...(here("zsh") ? [{ shell: "zsh", offers: inZsh }] : []),
];

for (const { shell, offers } of REAL)
  describe(`${shell} completes`, () => {
    it("commands, options and their values", async () => {
      const all = commands.map(({ name }) => name);
      expect(await offers("baseline", "")).toEqual(expect.arrayContaining(all));
      for (const { name, options } of words) {
        const flags = options.map(({ flag }) => flag);
        expect(await offers("baseline", name, "--")).toEqual(expect.arrayContaining(flags));
      }
      expect((await offers("baseline", "train", "--task", "")).toSorted()).toEqual([
        "binary",
        "multiclass",
        "regression",
      ]);
      expect(await offers("baseline", "completion", "")).toEqual(expect.arrayContaining([...SHELLS]));
    });
  });

describe("every shell's script", () => {
  const print = (...args: string[]): Promise<Ran> => baseline(["completion", ...args], { cwd: folder() });

  it.each(SHELLS)("%s: is what the command prints, and holds every command, option and choice", async (shell) => {
    const script = scripts[shell](words);
    expect(await print(shell)).toEqual({ code: 0, stdout: script, stderr: "" });
    expect(JSON.parse((await print(shell, "--json")).stdout)).toEqual({ shell, script });
    for (const { name, options } of words) {
      expect(script).toContain(name);
      for (const { flag, choices } of options)
        for (const word of [flag.slice(2), ...choices]) expect(script).toContain(word);
    }
  });
  it("keeps what is said of a word a text, whatever signs it holds", () => {
    const help = `it's "$(rm)" \`x\` \\ ’`;
    const odd: CommandWords = { name: "one", help, options: [], choices: [] };
    expect(scripts.zsh([odd])).toContain(`'one:it'\\''s "$(rm)" \`x\` \\ ’'`);
    expect(scripts.fish([odd])).toContain(`-d 'it\\'s "$(rm)" \`x\` \\\\ ’'`);
    expect(scripts.powershell([odd])).toContain(`'one' = 'it''s "$(rm)" \`x\` \\ ’’'`);
    expect(scripts.bash([odd])).not.toContain("rm");
  });
  it("has only words that need no quotes, as bash splits them at blanks", () => {
    for (const { name, options, choices } of words)
      for (const word of [name, ...choices, ...options.flatMap((one) => [one.flag, ...one.choices])])
        expect(word).toMatch(/^[\w.,-]+$/);
  });
  it("has no two words that differ in case alone, which PowerShell's tables take for one", () => {
    for (const { options } of words)
      for (const list of [options.map(({ flag }) => flag), ...options.map(({ choices }) => choices)])
        expect(new Set(list.map((word) => word.toLowerCase())).size).toBe(list.length);
  });
  it("of an unknown shell is refused with the ones there are", async () => {
    const ran = await print("csh");
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toMatch(/'csh' is invalid.*bash, zsh, fish, powershell/);
  });
});
