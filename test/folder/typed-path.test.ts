import { join } from "node:path";
import { expect, it } from "vitest";
import { typedPath } from "../../src/folder/typed-path.ts";

it("a relative path stays as it was typed", () => {
  for (const path of ["out", "runs/out", "../out", ".", "..", "it's here"]) expect(typedPath(path)).toBe(path);
  expect(["./out", "out/", "././runs/out//"].map(typedPath)).toEqual(["out", "out", "runs/out"]);
});

it("an absolute path starts where one stands, and one that lies elsewhere is a name", () => {
  const here = process.cwd();
  expect(typedPath(join(here, "out"))).toBe("out");
  expect(typedPath(join(here, "runs", "out/"))).toBe("runs/out");
  expect(typedPath(join(here, "..", "elsewhere", "out"))).toBe("out");
  expect(typedPath(`${here}-2/out`)).toBe("out");
});
