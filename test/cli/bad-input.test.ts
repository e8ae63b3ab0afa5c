/** The "Bad input" list: one clear sentence and exit code 2, or success with a counted warning. */
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seeded } from "../../src/numeric/rng.ts";
import { baseline, expectRefusal, folder, folderWith, SHORT, shell, table, type Ran } from "./baseline.ts";

const FEW = ["--models", "one-rule", ...SHORT];
const train = (file: string, cwd: string, more: readonly string[] = FEW): Promise<Ran> =>
  baseline(["train", file, "--out", "out", ...more], { cwd });
const lines = (head: string, count: number, line: (i: number) => string): string =>
  `${head}\n${Array.from({ length: count }, (_, i) => line(i)).join("\n")}\n`;
const artifactOf = (cwd: string): { warnings: { code: string; column?: string; count?: number; message: string }[] } =>
  JSON.parse(readFileSync(join(cwd, "out", "benchmark.json"), "utf8"));

/** Bytes that are no text. */
function junk(): Uint8Array {
  const rng = seeded("junk");
  return Uint8Array.from({ length: 5000 }, () => rng.below(256));
}

const REFUSED: readonly [what: string, content: string | Uint8Array, sentence: RegExp, options?: readonly string[]][] =
  [
    ["an empty file", "", /data\.csv: the file is empty/],
    ["a header only", "a,b,y\n", /no rows below the header/],
    ["one row", "a,b,y\n1,2,3\n", /same value in all rows, so there is nothing to learn/],
    ["one column", lines("y", 60, String), /only one column, "y"/],
    ["an unknown target", table(60), /no column "nope"; the columns are "x", "z", "noise0", "y"/, ["--target", "nope"]],
    ["a constant target", lines("x,y", 60, (i) => `${i * i},1`), /target "y" has the same value in all rows/],
    ["a target of one class", lines("x,y", 60, (i) => `${i * i},a`), /target "y" has the same value in all rows/],
    ["a target without values", lines("x,y", 60, (i) => `${i * i},`), /target "y" is missing in all 60 rows/],
    ["binary junk", junk(), /data\.csv: holds NUL bytes/],
    ["a picture", Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, ...junk()]), /a picture, not a table/],
    ["a ragged line", "a,b,y\n1,2,3\n1,2\n3,4,5\n", /data\.csv, line 3: 2 fields where 3 are wanted.*--skip-bad-lines/],
    ["a quote never closed", 'a,b,y\n1,"2,3\n4,5,6\n', /data\.csv, line 2: a quote is opened and never closed/],
    ["a broken config", table(60), /config c\.json: no such file/, ["--config", "c.json"]],
    ["an unknown model", table(60), /there is no model "svm"; the models are constant/, ["--models", "svm"]],
    ["an unknown metric", table(60), /"auc" is not a metric; choose one of/, ["--metric", "auc"]],
    ["more folds than rows", table(60), /500 folds need at least/, ["--folds", "500"]],
    ["a rule that is no expression", table(60), /rule/, ["--rule", "x >"]],
    ["a missing test table", table(60), /test\.csv: no such file/, ["--test", "test.csv"]],
    ["a missing splits file", table(60), /folds\.csv: no such file/, ["--splits", "folds.csv"]],
  ];

describe("input that cannot be used", () => {
  for (const [what, content, sentence, options = []] of REFUSED)
    it(`${what} is refused in one sentence`, async () => {
      const cwd = folderWith({ "data.csv": content });
      expectRefusal(
        await baseline(["train", "data.csv", "--out", "out", ...options], { cwd }),
        cwd,
        ["data.csv"],
        sentence,
      );
    });

  it("a missing file and a folder are refused", async () => {
    const cwd = folder();
    expectRefusal(await train("data.csv", cwd), cwd, [], /data\.csv: no such file/);
    expectRefusal(await train(".", cwd), cwd, [], /is a folder; give the table file in it/);
  });

  it("a quote never closed in 50 MB is refused without reading it over and over", async () => {
    const cwd = folderWith({ "data.csv": `x,y\n1,2\n"${"a\n".repeat(25_000_000)}` });
    expectRefusal(await train("data.csv", cwd), cwd, ["data.csv"], /line 3: a quote is opened and never closed/);
  });
});

describe("odd input that can be used", () => {
  it("a class with one row is counted in a warning", async () => {
    const cwd = folderWith({ "data.csv": table(60).replace(/(yes|no)\n$/, "rare\n") });
    expect(await train("data.csv", cwd)).toMatchObject({ code: 0 });
    expect(artifactOf(cwd).warnings).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/few rows: rare \(1,/) }),
    );
  });

  it("10,000 columns and 20 rows give a benchmark", async () => {
    const rng = seeded("wide");
    const names = Array.from({ length: 10_000 }, (_, k) => `c${k}`);
    const csv = lines([...names, "y"].join(","), 20, (i) =>
      [...names.map(() => rng.normal().toFixed(2)), i % 2].join(","),
    );
    const cwd = folderWith({ "data.csv": csv });
    expect(await train("data.csv", cwd)).toMatchObject({ code: 0 });
    expect(statSync(join(cwd, "out", "report.md")).size).toBeLessThan(100_000);
  });

  it("NaN, infinities and 1e308 are read as missing or clipped, and counted", async () => {
    const odd = ["NaN", "Infinity", "-inf", "1e308", "-1e308", "1e309", "5e-324"];
    const csv = lines("x,w,y", 70, (i) => `${i < 7 ? odd[i] : i},${i % 2 ? "" : "-"}1e308,${i * 2 + (i % 3)}`);
    const cwd = folderWith({ "data.csv": csv });
    expect(await train("data.csv", cwd, ["--models", "linear,tree", ...SHORT])).toMatchObject({ code: 0 });
    const { warnings } = artifactOf(cwd);
    const counts = warnings.map(({ code, column, count }) => [code, column, count]);
    expect(counts).toEqual(
      expect.arrayContaining([
        ["infinite-values", "x", 3],
        ["clipped-values", "x", 2],
        ["clipped-values", "w", 70],
      ]),
    );
  });

  it("UTF-16 is read, with and without a mark", async () => {
    const wide = Buffer.from(table(60), "utf16le");
    for (const content of [Buffer.concat([Buffer.from([255, 254]), wide]), wide]) {
      const cwd = folderWith({ "data.csv": content });
      const ran = await baseline(["inspect", "data.csv", "--json"], { cwd });
      expect(ran.code).toBe(0);
      expect(JSON.parse(ran.stdout)).toMatchObject({ source: { rows: 60, read: { encoding: "utf-16le" } } });
    }
  });

  it("a cell of 10 MB is data, and is not poured into the reports", async () => {
    const csv = lines("x,y", 60, (i) => (i === 5 ? `${"a".repeat(10_000_000)},3` : `word${i % 3},${i % 7}`));
    const cwd = folderWith({ "data.csv": csv });
    const ran = await train("data.csv", cwd);
    expect(ran.code).toBe(0);
    expect(ran.stdout.length).toBeLessThan(20_000);
    expect(statSync(join(cwd, "out", "report.md")).size).toBeLessThan(50_000);
  });

  it("names that mean something elsewhere are only names", async () => {
    const names = ["__proto__", "<script>alert(1)</script>", "=cmd()", "constructor", "a|b`c*", "../../x", "y"];
    const rng = seeded("names");
    const levels = ["__proto__", "constructor", "<b>", "=1+1", "toString"];
    const csv = lines(names.join(","), 90, (i) =>
      [
        i % 5,
        levels[rng.below(5)],
        rng.normal().toFixed(2),
        levels[i % 5],
        i % 3,
        rng.below(9),
        rng.below(2) ? "__proto__" : "valueOf",
      ].join(","),
    );
    const around = folder();
    const cwd = join(around, "inner");
    mkdirSync(cwd);
    writeFileSync(join(cwd, "data.csv"), csv);
    expect(await train("data.csv", cwd, ["--models", "one-rule,naive-bayes,logistic,tree", ...SHORT])).toMatchObject({
      code: 0,
    });
    const report = readFileSync(join(cwd, "out", "report.md"), "utf8");
    expect(report.replaceAll(/```text\n[^]*?\n```/g, "")).not.toMatch(/(?<!\\)<(script|b)>/);
    expect(readdirSync(around)).toEqual(["inner"]);
    expect(readdirSync(cwd).toSorted()).toEqual(["data.csv", "out"]);
    const header = readFileSync(join(cwd, "out", "predictions.csv"), "utf8").split("\n")[0];
    expect(header).toContain("naive-bayes:proba_valueOf");
    const predicted = await baseline(["predict", "out", "data.csv"], { cwd });
    expect(predicted).toMatchObject({ code: 0 });
    expect(predicted.stdout.split("\n").length).toBe(92);
  });
});

describe("a place that cannot be written", () => {
  it("is refused before anything is trained", async () => {
    const cwd = folderWith({ "data.csv": table(60), plain: "" });
    const files = ["data.csv", "plain"];
    const to = (out: string): Promise<Ran> => baseline(["train", "data.csv", "--out", out], { cwd });
    expectRefusal(await to("plain"), cwd, files, /--out plain: a file of that name is in the way/);
    expectRefusal(
      await to("plain/out"),
      cwd,
      files,
      /--out plain\/out: cannot be written \(a file stands where a folder/,
    );
    expectRefusal(await to("/proc/out"), cwd, files, /--out \/proc\/out: cannot be written/);
  });

  it("holds something else: left alone", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    mkdirSync(join(cwd, "out", "mine"), { recursive: true });
    expectRefusal(
      await train("data.csv", cwd),
      cwd,
      ["data.csv", "out"],
      /not a benchmark folder, so it is left alone/,
    );
    expectRefusal(await train("data.csv", cwd, ["--force"]), cwd, ["data.csv", "out"], /left alone/);
  });

  it("holds another table's benchmark: replaced only with --force", async () => {
    const cwd = folderWith({ "data.csv": table(60), "other.csv": table(70) });
    const files = ["data.csv", "other.csv", "out"];
    const few = ["--models", "constant", ...SHORT];
    expect(await train("data.csv", cwd, few)).toMatchObject({ code: 0 });
    expectRefusal(
      await train("other.csv", cwd, few),
      cwd,
      files,
      /benchmark of other data or another target; add --force/,
    );
    expect(await train("other.csv", cwd, [...few, "--force"])).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(cwd, "out", "benchmark.json"), "utf8"))).toMatchObject({
      dataset: { rows: 70 },
    });
  });

  it("is a disk that fills up at the last file: nothing is left behind, an older benchmark stays", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    mkdirSync(join(cwd, "out.partial"));
    writeFileSync(join(cwd, "out.partial", ".tabular-baseline"), "");
    symlinkSync("/dev/full", join(cwd, "out.partial", "report.md"));
    const ran = await train("data.csv", cwd, [...FEW, "--resume"]);
    expectRefusal(ran, cwd, ["data.csv"], /--out out: cannot be written \(the disk is full\); nothing was left behind/);
  });

  it("is a disk that fills up in the middle of a search: no rung is blamed", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    const command = `ulimit -f 2; exec $BASELINE train data.csv --out out ${FEW.join(" ")}`;
    const ran = await shell(command, { cwd });
    expectRefusal(ran, cwd, ["data.csv", "out.partial"], /journal.*cannot be written \(a quota or limit.*--resume/);
    expect(await train("data.csv", cwd, [...FEW, "--resume"])).toMatchObject({ code: 0 });
  });
});
