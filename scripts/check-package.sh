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
import { train } from "tabular-baseline";
const rows = Array.from({ length: 60 }, (_, i) => ({ x: i, y: 2 * i + (i % 3) }));
const { artifact } = await train(rows, { target: "y", workers: 1 });
if (artifact.champion.rung === "constant") throw new Error("the API found no better rung than the constant");
console.log(`api: champion ${artifact.champion.rung}`);
JS
node api.mjs
node -e 'const { train } = require("tabular-baseline"); console.log(`require: ${typeof train}`);'
