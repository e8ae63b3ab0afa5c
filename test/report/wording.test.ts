import { expect, it } from "vitest";
import { classWords } from "../../src/report/wording.ts";

it("classes are named on one line, however long their texts and however many they are", () => {
  expect(classWords(["no", "yes"], 6)).toBe("no, yes");
  expect(classWords(["a", "b", "c"], 2)).toBe("a, b, ...");
  const said = classWords([`first line\nsecond line, ${"on and on ".repeat(20)}`], 6);
  expect(said).toBe("first line second line, on and on on an…");
});
