// Runs every command and program of README.md in a scratch folder with the datasets, in the order of the page, and writes
// what each prints into the text block below it. After a build: node scripts/readme.mjs. With --check nothing is written.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "README.md");
const main = join(root, "dist/cli/main.js");
const BLOCK = /```(sh|js)\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g;

const scratch = mkdtempSync(join(tmpdir(), "baseline-readme-"));
const home = join(scratch, "home");
mkdirSync(join(home, "node_modules"), { recursive: true });
symlinkSync(join(root, "datasets"), join(home, "datasets"));
symlinkSync(root, join(home, "node_modules", "tabular-baseline"));

// `npx baseline` is the program that was built, and the package is installed already.
program("npx", `shift; exec "${process.execPath}" "${main}" "$@"`);
program("npm", "exit 0");

function program(name, line) {
  mkdirSync(join(scratch, "bin"), { recursive: true });
  const path = join(scratch, "bin", name);
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

/** What it prints. A verdict is no failure, whatever it is. */
function run(name, args) {
  const env = { ...process.env, PATH: join(scratch, "bin") + delimiter + process.env.PATH, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(name, args, { cwd: home, env, encoding: "utf8" });
  if (![0, 1, 3].includes(status)) throw new Error(`README.md: ${args.at(-1)}\nended with ${status}: ${stderr}`);
  return stdout.replaceAll(`${home}/`, "").replaceAll(/ +$/gm, "");
}

function printed(language, code) {
  if (language === "sh")
    return code
      .trim()
      .split("\n")
      .map((line) => run("sh", ["-c", line]))
      .join("");
  writeFileSync(join(home, "example.mjs"), code);
  return run(process.execPath, ["example.mjs"]);
}

try {
  const is = readFileSync(page, "utf8");
  let blocks = 0;
  const becomes = is.replaceAll(BLOCK, (whole, language, code, shown) => {
    blocks++;
    const output = printed(language, code);
    return shown === undefined ? whole : `\`\`\`${language}\n${code}\`\`\`\n\n\`\`\`text\n${output}\`\`\``;
  });
  if (!process.argv.includes("--check")) writeFileSync(page, becomes);
  else if (becomes !== is) {
    console.error("README.md shows other output than this; run: node scripts/readme.mjs\n");
    console.error(becomes);
    process.exitCode = 1;
  }
  console.log(`README.md: ${blocks} blocks were run`);
} finally {
  rmSync(scratch, { recursive: true });
}
