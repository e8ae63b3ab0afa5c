// Writes docs/findings.md from the registry of findings. Run after a build: node scripts/findings.mjs
import { writeFileSync } from "node:fs";
import { findingsPage } from "../.cache/dist/report/findings/page.js";

writeFileSync(new URL("../docs/findings.md", import.meta.url), findingsPage());
