import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findEntry, makeEntry } from "../../src/suite/cache.ts";
import { folder } from "../cli/baseline.ts";

const fill =
  (text: string) =>
  async (path: string): Promise<{ said: string }> => {
    mkdirSync(join(path, "inner"), { recursive: true });
    writeFileSync(join(path, "inner", "file"), text);
    return { said: text };
  };

describe("the cache", () => {
  it("keeps an entry, and makes no second one", async () => {
    const cache = join(folder(), "cache");
    expect(findEntry(cache, "k")).toBe("absent");
    const made = await makeEntry(cache, "k", fill("one"));
    expect(await makeEntry(cache, "k", fill("two"))).toEqual(made);
    expect(findEntry(cache, "k")).toEqual(made);
    expect(readdirSync(cache)).toEqual(["k"]);
    const fresh = await makeEntry(cache, "k", fill("three"), { fresh: true });
    expect(fresh.facts).toEqual({ said: "three" });
  });

  it.each([
    ["a file was edited", (path: string) => writeFileSync(join(path, "inner", "file"), "otherwise")],
    ["a file is gone", (path: string) => rmSync(join(path, "inner", "file"))],
    ["a file was cut short", (path: string) => writeFileSync(join(path, "inner", "file"), "on")],
    ["its facts were edited", (path: string) => edit(join(path, "entry.json"), '"said": "one"', '"said": "two"')],
    ["its stamp was cut short", (path: string) => edit(join(path, "entry.json"), /\{[^]*$/, "{")],
    ["its stamp is gone", (path: string) => rmSync(join(path, "entry.json"))],
    ["it is another's", (path: string) => edit(join(path, "entry.json"), '"key": "k"', '"key": "l"')],
  ])("notices that %s, and makes it anew", async (_, damage) => {
    const cache = folder();
    const { folder: path } = await makeEntry(cache, "k", fill("one"));
    damage(path);
    expect(findEntry(cache, "k")).toBe("damaged");
    await makeEntry(cache, "k", fill("new"));
    expect(findEntry(cache, "k")).toMatchObject({ facts: { said: "new" } });
  });

  it("makes an entry once, however many ask for it at the same time", async () => {
    const cache = folder();
    let runs = 0;
    const slow = async (path: string): Promise<{ said: string }> => {
      runs++;
      await new Promise((turn) => setImmediate(turn));
      return fill("one")(path);
    };
    const entries = await Promise.all(Array.from({ length: 5 }, () => makeEntry(cache, "k", slow)));
    expect(runs).toBe(1);
    expect(new Set(entries.map(({ facts }) => facts.said))).toEqual(new Set(["one"]));
    expect(readdirSync(cache)).toEqual(["k"]);
  });

  it("keeps what a failed attempt has written for the next one, and lets go of the lock", async () => {
    const cache = folder();
    const failing = async (path: string): Promise<never> => {
      writeFileSync(join(path, "journal"), "half");
      throw new Error("killed");
    };
    await expect(makeEntry(cache, "k", failing)).rejects.toThrow("killed");
    expect(findEntry(cache, "k")).toBe("absent");
    let found = "";
    await makeEntry(cache, "k", async (path) => {
      found = readFileSync(join(path, "journal"), "utf8");
      return {};
    });
    expect(found).toBe("half");
    expect(existsSync(join(cache, "k.work"))).toBe(false);
  });

  it("says where it cannot be written", async () => {
    const path = join(folder(), "cache");
    writeFileSync(path, "a file");
    await expect(makeEntry(path, "k", fill("one"))).rejects.toThrow(/--cache .*cache: cannot be written \(/);
  });
});

function edit(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, "utf8");
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
}
