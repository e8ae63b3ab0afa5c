import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { told } from "../../src/report/findings/told.ts";
import { byBearing, findFinding, findingGroups, findingId } from "../../src/report/findings/registry.ts";

/** The page of findings in the manual. */
function findingsPage(): string {
  const parts = findingGroups.map(({ title, findings }) => {
    const entries = findings.map(
      ({ id, code, means, todo }) => `### ${id}: ${code}\n\n${means}\n\n**What to do:** ${todo}`,
    );
    return [`## ${title}`, ...entries].join("\n\n");
  });
  return `${[
    "# Findings",
    "What `inspect`, `train`, `predict` and `compare` may tell, by number. Numbers never change. `--mute B401` (or `mute` in the config file) leaves a finding out of reports, where it is still counted; artifacts keep all.",
    ...parts,
  ].join("\n\n")}\n`;
}

const all = findingGroups.flatMap(({ findings }) => findings);
const sources = readdirSync("src", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.parentPath.includes("findings"))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));

describe("findings", () => {
  it("have a number and a code of their own, numbered by group and without a gap", () => {
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
    findingGroups.forEach(({ findings }, group) =>
      expect(findings.map(({ id }) => id)).toEqual(findings.map((_, i) => `B${100 * (group + 1) + i + 1}`)),
    );
  });
  it("are told with those first that bear on the scores, the same ones in their order", () => {
    const codes = [
      "unnamed-columns",
      "row-order",
      "unheard-of",
      "heavy-tail",
      "group-suspected",
      "near-perfect-column",
    ];
    expect(byBearing(codes.map((code) => ({ code }))).map(({ code }) => code)).toEqual([
      "heavy-tail",
      "near-perfect-column",
      "row-order",
      "group-suspected",
      "unnamed-columns",
      "unheard-of",
    ]);
  });
  const constants = (count: number): { code: string; column: string; message: string }[] =>
    Array.from({ length: count }, (_, i) => ({
      code: "constant-column",
      column: `c${i}`,
      message: `c${i} is dropped`,
    }));
  it("are told whole up to four of a kind", () => {
    expect(told(constants(4)).map(({ id, text }) => `${id} ${text}`)).toEqual(
      ["c0", "c1", "c2", "c3"].map((name) => `B213 ${name} is dropped`),
    );
  });
  it("share a line from the fourth of more than four on, behind the third, wherever others stand", () => {
    const other = { code: "row-order", message: "rows are alike" };
    const [first, ...rest] = constants(9);
    expect(told([first, other, ...rest, other]).map(({ text }) => text)).toEqual([
      "c0 is dropped",
      "rows are alike",
      "c1 is dropped",
      "c2 is dropped",
      "the same of c3, c4, c5 and 3 more",
      "rows are alike",
    ]);
  });
  it("share a line by their count where they are of no single column", () => {
    const copies = Array.from({ length: 6 }, (_, i) => ({ code: "recoded-columns", message: `${i}` }));
    expect(told(copies).map(({ text }) => text)).toEqual([
      "0",
      "1",
      "2",
      "3 more findings of this kind (--json lists all)",
    ]);
  });
  it("are all that the program can tell: every code in the source is in the registry", () => {
    const told = new Set(
      sources.flatMap((text) => [...text.matchAll(/\bcode: "([a-z][a-z-]*-[a-z-]+|codes)"/g)].map(([, code]) => code)),
    );
    told.delete("nothing-scored"); // an error's
    expect(told.size).toBeGreaterThan(60);
    expect([...told].filter((code) => findFinding(code) === undefined)).toEqual([]);
  });
  it("are told by the program: every code of the registry is in the source", () => {
    expect(all.map(({ code }) => code).filter((code) => !sources.some((text) => text.includes(`"${code}"`)))).toEqual(
      [],
    );
  });
  it("are found by number or code, in any case", () => {
    expect(findFinding("b101")).toBe(all[0]);
    expect(findFinding(all[0].code)).toBe(all[0]);
    expect(findFinding("B999")).toBeUndefined();
    expect(findingId("of-another-version")).toBe("of-another-version");
  });
  it("are explained in docs/findings.md as they are here (-u writes it)", async () =>
    expect(findingsPage()).toMatchFileSnapshot("../../docs/findings.md"));
});
