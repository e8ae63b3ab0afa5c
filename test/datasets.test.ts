import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folders = readdirSync("datasets", { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe("datasets", () => {
  it("are six to ten and at most 5 MB together", () => {
    expect(folders.length).toBeGreaterThanOrEqual(6);
    expect(folders.length).toBeLessThanOrEqual(10);
    const bytes = folders.flatMap((f) =>
      readdirSync(join("datasets", f.name)).map((file) => statSync(join("datasets", f.name, file)).size),
    );
    expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThan(5e6);
  });
  for (const { name } of folders)
    it(`${name}: the card tells the truth about the file`, () => {
      const card = JSON.parse(readFileSync(join("datasets", name, "card.json"), "utf8")) as Record<
        string,
        string | number
      >;
      const bytes = readFileSync(join("datasets", name, String(card.file)));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(card.sha256);
      expect(bytes.length).toBe(card.bytes);
      const lines = bytes.toString("utf8").trimEnd().split("\n");
      expect(lines.length - 1).toBe(card.rows);
      expect(lines[0]).toContain(String(card.target));
      expect(card.name).toBe(name);
      for (const member of ["title", "licence", "citation", "source"]) expect(card[member]).toBeTruthy();
      expect(["binary", "multiclass", "regression"]).toContain(card.task);
    });
});
