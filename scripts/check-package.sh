#!/usr/bin/env bash
# Packs the package, checks the tarball, installs it into an empty folder and uses it there as a stranger would.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

tarball=$scratch/$(npm pack --silent --pack-destination "$scratch" | tail -n 1)
npx publint "$tarball" --strict
npx attw "$tarball" --profile esm-only --exclude-entrypoints "./schema/*"

# In a clone, npx keeps a link to the command: one that is built again must still be executable.
npx baseline --version
npm run --silent build
npx baseline --version

mkdir "$scratch/empty"
cd "$scratch/empty"
npm init -y >/dev/null
npm install --no-audit --no-fund "$tarball" >/dev/null
npx baseline --version
npx baseline train "$here/datasets/penguins/penguins.csv" --models one-rule,logistic --repeats 1 --out penguins --quiet >/dev/null
npx baseline predict penguins "$here/datasets/penguins/penguins.csv" --quiet | head -n 2
npx baseline bench --only co2 --quiet
cat >api.mjs <<'JS'
import { benchmark, train } from "tabular-baseline";
import { pairedT } from "tabular-baseline/compare";
import { estimators } from "tabular-baseline/extend";
import { createStudy } from "tabular-baseline/search";
import { checkEstimator } from "tabular-baseline/testing";
const rows = Array.from({ length: 60 }, (_, i) => ({ x: i, y: 2 * i + (i % 3) }));
const { artifact } = await train(rows, { target: "y", workers: 1 });
if (artifact.champion.rung === "constant") throw new Error("the API found no better rung than the constant");
console.log(`api: champion ${artifact.champion.rung}`);
const run = benchmark({ datasets: [{ name: "rows", data: rows, target: "y" }], estimators: ["linear"], workers: 2 });
for await (const { name, status } of run) console.log(`benchmark: ${name} ${status}`);
const laws = checkEstimator(estimators.find(({ name }) => name === "one-rule"), { tasks: ["binary"] });
console.log(`testing: ${laws.length} laws hold`);
console.log(`compare: p ${pairedT({ differences: Float64Array.of(1, 2, 1, 3) }).p < 0.05}; search: ${typeof createStudy}`);
JS
node api.mjs
node -e 'const { train } = require("tabular-baseline"); console.log(`require: ${typeof train}`);'

# A program in TypeScript, as strict as can be, with every way in.
cat >tsconfig.json <<'JSON'
{
  "compilerOptions": {
    "module": "nodenext", "target": "es2022", "lib": ["es2022"], "strict": true, "noEmit": true, "types": ["node"],
    "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true, "skipLibCheck": false
  },
  "files": ["program.mts"]
}
JSON
cp "$here/scripts/package-example.ts" program.mts
npm install --no-audit --no-fund "@types/node@$(node -p 'require(process.argv[1]).version' "$here/node_modules/@types/node/package.json")" >/dev/null
node "$here/node_modules/typescript/bin/tsc" -p .
echo "types: a program with every way in compiles"
