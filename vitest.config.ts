import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // the search's acceptance numbers take a minute: CI looks at them, or `CI=1 npx vitest run acceptance`
    exclude: ["node_modules/**", ...(process.env["CI"] ? [] : ["test/evaluate/search/acceptance.test.ts"])],
    globalSetup: ["test/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});

export default config;
