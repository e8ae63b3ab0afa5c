/** Manuals hold nothing that is not run: their examples stand, line by line, in a test. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Text of a manual's code blocks in a language. */
export function codeBlocks(manual: string, language: string): string[] {
  const blocks = readFileSync(manual, "utf8").matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"));
  return [...blocks].map(([, code]) => code);
}

/** Lines without blanks around them; empty ones are left out. */
export function codeLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Every line of a manual's TypeScript stands in the test file. @param least So many blocks there are at least. */
export function expectAllRun(manual: string, test: string, least: number): void {
  const here = new Set(codeLines(readFileSync(test, "utf8")));
  const blocks = codeBlocks(manual, "ts");
  expect(blocks.length).toBeGreaterThanOrEqual(least);
  for (const line of blocks.flatMap(codeLines)) expect(here.has(line), line).toBe(true);
}
