import { existsSync } from "node:fs";
import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  logLevel: "error", // maps that packages forgot are no news
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["node_modules/**", ...leftOut()],
    globalSetup: ["test/global-setup.ts"],
    server: { deps: { inline: ["@actions/workflow-parser"] } }, // its schemas are JSON modules without an import attribute
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});

/** In CI nothing is left out. */
function leftOut(): readonly string[] {
  if (process.env["CI"]) return [];
  const browser = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return [
    "test/search/acceptance.test.ts", // a minute of search's acceptance numbers
    ...(existsSync(browser) ? [] : ["test/browser/**"]),
  ];
}

export default config;
