import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findEntry, makeEntry } from "../../src/suite/cache.ts";
import { pruneCache } from "../../src/suite/prune.ts";
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

/** A promise, and what fulfils it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

describe("pruning", () => {
  const KEY = ["a", "b", "c", "d"].map((letter) => letter.repeat(64));
  const DAY = 86_400_000;
  const aged = (path: string, days: number): void => {
    const then = new Date(Date.now() - days * DAY);
    utimesSync(path, then, then);
  };
  const entry = async (cache: string, key: string, days: number): Promise<void> => {
    const { folder: path } = await makeEntry(cache, key, fill("one"));
    aged(join(path, "entry.json"), days);
  };

  it("removes what was not used for long, and what was found in the meantime stays", async () => {
    const cache = folder();
    await entry(cache, KEY[0], 31);
    await entry(cache, KEY[1], 29);
    await entry(cache, KEY[2], 31);
    expect(findEntry(cache, KEY[2])).toMatchObject({ facts: { said: "one" } });
    expect(pruneCache(cache, 30, Date.now())).toBe(1);
    expect(readdirSync(cache).sort()).toEqual([KEY[1], KEY[2]]);
    expect(pruneCache(cache, 1, Date.now() + 2 * DAY)).toBe(2);
    expect(readdirSync(cache)).toEqual([]);
    expect(pruneCache(join(cache, "none"), 1, Date.now())).toBe(0);
  });

  it("removes what killed runs have left, and nothing that somebody is making", async () => {
    const cache = folder();
    for (const name of [`${KEY[0]}.work`, `${KEY[1]}.gone`, `${KEY[2]}.work`]) mkdirSync(join(cache, name));
    writeFileSync(join(cache, `${KEY[3]}.lock`), ""); // killed while it took it
    for (const name of readdirSync(cache)) aged(join(cache, name), 40);
    const begun = gate();
    const done = gate();
    const making = makeEntry(cache, KEY[2], async () => {
      begun.open();
      await done.opened;
      return {};
    });
    await begun.opened;
    aged(join(cache, `${KEY[2]}.work`), 40);
    pruneCache(cache, 30, Date.now());
    expect(readdirSync(cache).sort()).toEqual([`${KEY[2]}.lock`, `${KEY[2]}.work`]);
    done.open();
    await making;
    expect(readdirSync(cache)).toEqual([KEY[2]]);
  });

  it("leaves alone whatever is not its own", async () => {
    const cache = folder();
    const elsewhere = folder();
    await entry(elsewhere, KEY[0], 400);
    symlinkSync(join(elsewhere, KEY[0]), join(cache, KEY[0]));
    mkdirSync(join(cache, KEY[1])); // the name of an entry, and none
    writeFileSync(join(cache, KEY[1], "entry.json"), '{ "schema": "mine" }');
    mkdirSync(join(cache, "notes"));
    writeFileSync(join(cache, `${KEY[2]}.work`), "a file");
    writeFileSync(join(cache, "thesis.tex"), "");
    const before = readdirSync(cache, { recursive: true });
    expect(pruneCache(cache, 1, Date.now() + 1000 * DAY)).toBe(0);
    expect(readdirSync(cache, { recursive: true })).toEqual(before);
    expect(existsSync(join(elsewhere, KEY[0], "entry.json"))).toBe(true);
  });
});

function edit(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, "utf8");
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
}
