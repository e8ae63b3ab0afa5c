import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { inspect } from "../../src/benchmark/inspect.ts";
import { inspectionText } from "../../src/report/inspection.ts";
import { HOSTILE, tableOf } from "./artifacts.ts";

describe("what was read, on a terminal", () => {
  const widest = (text: string): number => Math.max(...text.split("\n").map((line) => stringWidth(line)));
  it.each([40, 60, 80, 100, 140, 200])("fits %d columns, columns and target never dropped", async (width) => {
    for (const names of [[], ["年齢と収入の合計", "доход", "😀 town"], ["a_long_name_of_a_column", "b"]]) {
      const text = inspectionText(await inspect(tableOf("binary", 60, names), { target: "y" }), {
        colour: false,
        width,
      });
      expect(widest(text)).toBeLessThanOrEqual(width);
      expect(text).toMatch(/^> y +/m);
      expect(text).toContain("role");
    }
  });
  it("cuts no head where there is room", async () => {
    for (const names of [[], ["a", "b"], ["a_long_name_of_a_column", "b"]]) {
      const text = inspectionText(await inspect(tableOf("binary", 60, names), { target: "y" }), {
        colour: false,
        width: 100,
      });
      expect(text).toMatch(/^ {2}column +kind +role +missing +distinct +why$/m);
    }
  });
  it("names the reason where there is room", async () => {
    const text = inspectionText(await inspect(tableOf("binary", 60), { target: "y" }), { colour: false, width: 100 });
    expect(text).toMatch(/^ {2}column +kind +role +missing +distinct +why$/m);
    expect(text).toContain("positive: yes (--positive names another)");
  });
  it("shows names that steer a terminal as text", async () => {
    const text = inspectionText(await inspect(tableOf("binary", 60, HOSTILE), { target: "y" }), {
      colour: false,
      width: 80,
    });
    for (const sign of ["\u001b", "\u202e"]) expect(text).not.toContain(sign);
  });
});
