/** One measurement with ml-cart: node npm.mjs FOLDER SIZE. Prints CPU seconds, scores and peak memory as JSON. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { DecisionTreeClassifier } from "ml-cart";

const [folder, size] = process.argv.slice(2);
const records = parse(readFileSync(join(folder, `${size}.csv`)), { columns: true });
const names = Object.keys(records[0]).filter((name) => name.startsWith("x"));
const features = records.map((record) => names.map((name) => Number(record[name])));
const target = records.map((record) => Number(record.y_bin));
const cut = Math.floor(records.length * 0.8);
const fits = [];
let model;
for (let i = 0; i < 3; i++) {
  const start = process.cpuUsage();
  model = new DecisionTreeClassifier({ maxDepth: 8, gainThreshold: 0, minNumSamples: 3 });
  model.train(features.slice(0, cut), target.slice(0, cut));
  const { user, system } = process.cpuUsage(start);
  fits.push((user + system) / 1e6);
}
const said = model.predict(features.slice(cut));
const accuracy = said.filter((one, i) => one === target[cut + i]).length / said.length;
console.log(JSON.stringify({ fits, scores: { accuracy }, memory: process.resourceUsage().maxRSS / 1024 }));
