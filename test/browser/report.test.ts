import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { htmlReport } from "../../src/report/benchmark/reports.ts";
import { htmlVerdict } from "../../src/report/verdict/reports.ts";
import { artifactOf, HOSTILE } from "../report/artifacts.ts";
import { ASKED, documentOf, entry, UNJUDGED } from "../report/verdicts.ts";

/** Needs Debian's chromium: CI installs it and fails without it; elsewhere vitest.config.ts leaves this folder out when there is none. */
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "pages-"));
const pages = new Map<string, string>();
let browser: Browser;

beforeAll(async () => {
  const kept = (name: string, text: string): void => {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, text);
    pages.set(name, pathToFileURL(path).href);
  };
  kept("binary", htmlReport(await artifactOf("binary", 600), { folder: "baseline-out" }));
  kept("multiclass", htmlReport(await artifactOf("multiclass", 120, { folds: 3 })));
  kept("regression", htmlReport(await artifactOf("regression", 600)));
  kept("hostile", htmlReport(await artifactOf("binary", 200, { models: ["one-rule"], folds: 3 }, HOSTILE)));
  kept("tree", htmlReport(await artifactOf("multiclass", 600, { models: ["tree"], trials: 8 })));
  kept("verdict", htmlVerdict(documentOf(entry("forest", ASKED), entry("lost", UNJUDGED))));
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** Console messages, failed loads and requests for anything but the page itself. */
  readonly complaints: readonly string[];
}

async function opened(name: string, settings: Parameters<Browser["newPage"]>[0], media?: "print"): Promise<Opened> {
  const page = await browser.newPage(settings);
  const complaints: string[] = [];
  const url = pages.get(name)!;
  page.on("console", (message) => void complaints.push(message.text()));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  page.on("request", (request) => void (request.url() === url || complaints.push(`asked for ${request.url()}`)));
  if (media) await page.emulateMedia({ media });
  await page.goto(url);
  return { page, complaints };
}

const LOOKS = [
  { look: "light, wide", settings: { colorScheme: "light", viewport: { width: 1280, height: 900 } } },
  { look: "dark, wide", settings: { colorScheme: "dark", viewport: { width: 1280, height: 900 } } },
  { look: "light, a phone", settings: { colorScheme: "light", viewport: { width: 390, height: 800 } } },
  { look: "dark, a phone", settings: { colorScheme: "dark", viewport: { width: 390, height: 800 } } },
] as const;

describe("report.html in a browser", () => {
  for (const { look, settings } of LOOKS)
    it(`is whole and within its width: ${look}`, { timeout: 120_000 }, async () => {
      for (const name of pages.keys()) {
        const { page, complaints } = await opened(name, settings);
        expect(complaints, name).toEqual([]);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wider, `${name} is wider than the window`).toBe(0);
        expect(await page.locator("h1").count()).toBe(1);
        await page.close();
      }
    });
  for (const { look, settings } of LOOKS.slice(0, 2))
    it(`can be read by everybody: axe finds nothing serious, ${look}`, { timeout: 180_000 }, async () => {
      for (const name of pages.keys()) {
        // the page's policy forbids scripts, so the checker comes into a copy without the policy
        const page = await browser.newPage(settings);
        const text = readFileSync(new URL(pages.get(name)!), "utf8").replace(
          /<meta http-equiv="Content-Security-Policy"[^>]*>/,
          "",
        );
        await page.setContent(text);
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
        await page.evaluate(axe);
        const found = (await page.evaluate(
          "axe.run().then(({ violations, passes }) => [passes.length > 10 ? [] : ['nothing was looked at'], violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '))].flat())",
        )) as string[];
        expect(found, name).toEqual([]);
        await page.close();
      }
    });
  it("says the same without JavaScript", { timeout: 60_000 }, async () => {
    const [on, off] = await Promise.all(
      [true, false].map((javaScriptEnabled) => opened("binary", { javaScriptEnabled })),
    );
    expect(off.complaints).toEqual([]);
    expect(await off.page.locator("main").innerText()).toBe(await on.page.locator("main").innerText());
    expect(await off.page.locator("svg.figure").count()).toBeGreaterThan(6);
  });
  it("is within a page's width on paper", { timeout: 60_000 }, async () => {
    for (const name of pages.keys()) {
      const { page } = await opened(name, { viewport: { width: 718, height: 1020 } }, "print"); // A4 less its margins
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, name).toBe(0);
      await page.close();
    }
  });
  it("prints", { timeout: 60_000 }, async () => {
    const { page, complaints } = await opened("regression", {}, "print");
    const path = join(folder, "report.pdf");
    await page.pdf({ path, format: "A4" });
    expect(statSync(path).size).toBeGreaterThan(10_000);
    expect(complaints).toEqual([]);
  });
  it("shows names that look like markup as text, and runs none of them", { timeout: 60_000 }, async () => {
    const { page, complaints } = await opened("hostile", {});
    expect(await page.locator("script, img, iframe, object, a:not([href^='#'])").count()).toBe(0);
    expect(await page.locator("main").innerText()).toContain("<script>alert(1)</script>");
    expect(complaints).toEqual([]);
  });
});
