// Makes the tables of datasets/ from the packages they come from.
// usage: node scripts/datasets.mjs VEGA_DATASETS_PACKAGE_DIR SKLEARN_DATASETS_DATA_DIR
// vega-datasets 3.2.1 (npm), scikit-learn 1.2.1 (sklearn/datasets/data). Values are written as found; only the container changes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";

const [vega, sklearn] = process.argv.slice(2);
if (!vega || !sklearn) throw new Error("usage: node scripts/datasets.mjs VEGA_DATASETS_DIR SKLEARN_DATA_DIR");

const json = (file) => JSON.parse(readFileSync(join(vega, "data", file), "utf8"));
const text = (file) => readFileSync(join(vega, "data", file), "utf8");

/** Records with the target as the last column. */
function csv(records, target) {
  const names = [...Object.keys(records[0]).filter((name) => name !== target), target];
  return stringify([names, ...records.map((record) => names.map((name) => record[name] ?? ""))]);
}

/** scikit-learn's own layout: a first line with counts and class names, then features and the class number. */
function sklearnCsv(file, names, target) {
  const [head, ...lines] = readFileSync(join(sklearn, file), "utf8").trim().split(/\r?\n/);
  const classes = head.split(",").slice(2);
  const rows = lines.map((line) => line.split(","));
  return stringify([[...names, target], ...rows.map((row) => [...row.slice(0, -1), classes[Number(row.at(-1))]])]);
}

const measures = [
  "radius",
  "texture",
  "perimeter",
  "area",
  "smoothness",
  "compactness",
  "concavity",
  "concave points",
  "symmetry",
  "fractal dimension",
];
const cancerNames = ["mean", "error", "worst"].flatMap((kind) =>
  measures.map((m) => (kind === "error" ? `${m} error` : `${kind} ${m}`)),
);
const wineNames = [
  "alcohol",
  "malic_acid",
  "ash",
  "alcalinity_of_ash",
  "magnesium",
  "total_phenols",
  "flavanoids",
  "nonflavanoid_phenols",
  "proanthocyanins",
  "color_intensity",
  "hue",
  "od280/od315_of_diluted_wines",
  "proline",
];

const VEGA = (path) => ({ package: "npm vega-datasets 3.2.1", path: `data/${path}` });
const SKLEARN = (path) => ({ package: "scikit-learn 1.2.1", path: `sklearn/datasets/data/${path}` });

const tables = [
  {
    name: "penguins",
    title: "Penguins of the Palmer archipelago",
    task: "multiclass",
    target: "Species",
    traits: ["missing values", "three classes", "small"],
    source: VEGA("penguins.json"),
    licence: "CC0 1.0",
    citation:
      "Gorman, Williams & Fraser (2014), Palmer Station Antarctica LTER; collected in palmerpenguins by A. Horst",
    text: csv(json("penguins.json"), "Species"),
  },
  {
    name: "breast-cancer",
    title: "Breast cancer, Wisconsin diagnostic",
    task: "binary",
    target: "diagnosis",
    positive: "malignant",
    traits: ["numbers only", "collinear columns"],
    source: SKLEARN("breast_cancer.csv"),
    licence: "CC BY 4.0 (UCI Machine Learning Repository)",
    citation: "Wolberg, Mangasarian, Street & Street (1995), Breast Cancer Wisconsin (Diagnostic), UCI",
    text: sklearnCsv("breast_cancer.csv", cancerNames, "diagnosis"),
  },
  {
    name: "wine",
    title: "Wines of three growers, chemical analysis",
    task: "multiclass",
    target: "grower",
    traits: ["numbers only", "under 500 rows: repeated cross-validation, no holdout"],
    source: SKLEARN("wine_data.csv"),
    licence: "CC BY 4.0 (UCI Machine Learning Repository)",
    citation: "Aeberhard & Forina (1991), Wine, UCI",
    text: sklearnCsv("wine_data.csv", wineNames, "grower"),
  },
  {
    name: "cars",
    title: "Cars 1970-1982, miles per gallon",
    task: "regression",
    target: "Miles_per_Gallon",
    traits: ["missing values, also in the target", "a name on (nearly) every row", "dates"],
    source: VEGA("cars.json"),
    licence: "CC BY 4.0 (UCI Machine Learning Repository, Auto MPG)",
    citation: "Ramos & Donoho (1983), ASA Data Exposition, StatLib; Quinlan (1993), Auto MPG, UCI",
    text: csv(json("cars.json"), "Miles_per_Gallon"),
  },
  {
    name: "gapminder",
    title: "Life expectancy by country and year",
    task: "regression",
    target: "life_expect",
    group: "country",
    traits: ["groups: 63 countries, 11 rows each", "years"],
    source: VEGA("gapminder.json"),
    licence: "CC BY 4.0",
    citation: "Gapminder Foundation, free data from gapminder.org",
    text: csv(json("gapminder.json"), "life_expect"),
  },
  {
    name: "co2",
    title: "Carbon dioxide at Mauna Loa, monthly",
    task: "regression",
    target: "CO2",
    time: "Date",
    ignore: ["adjusted CO2"],
    traits: ["order of time", "trend and season", "a leaking column (adjusted CO2)"],
    source: VEGA("co2-concentration.csv"),
    licence: "CC BY 4.0",
    citation: "Keeling et al. (2001), Scripps CO2 Program",
    text: text("co2-concentration.csv"),
  },
  {
    name: "birdstrikes",
    title: "Bird strikes on aircraft, reported damage",
    task: "multiclass",
    target: "Effect Amount of damage",
    ignore: ["Cost Other", "Cost Repair", "Cost Total $"],
    traits: [
      "10,000 rows",
      "many categories, some with hundreds of levels",
      "missing values",
      "dates",
      "rare classes",
      "columns known only after the event",
    ],
    source: VEGA("birdstrikes.csv"),
    licence: "public domain (U.S. Government)",
    citation: "FAA Wildlife Strike Database",
    text: text("birdstrikes.csv"),
  },
];

for (const { text, ...card } of tables) {
  const folder = join("datasets", card.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${card.name}.csv`), text);
  const rows = text.trim().split("\n").length - 1;
  const sha256 = createHash("sha256").update(text).digest("hex");
  const file = { file: `${card.name}.csv`, rows, bytes: Buffer.byteLength(text), sha256 };
  writeFileSync(join(folder, "card.json"), `${JSON.stringify({ ...card, ...file }, null, 2)}\n`);
}
