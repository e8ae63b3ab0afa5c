/** A report as one HTML file: no script, no request, nothing but text, tables and SVG. */
import { createHash } from "node:crypto";
import {
  legible,
  placeOn,
  printBlock,
  printText,
  wordCount,
  type Bar,
  type Block,
  type BlockPrinter,
  type Document,
  type Fact,
  type InlinePrinter,
  type Range,
  type Section,
  type Table,
  type Text,
} from "../document/document.ts";
import { digit, xml } from "../figures/plot.ts";
import { STYLE } from "./style.ts";

/** Words a minute of someone who reads tables too. */
const PACE = 200;

/** Cost: O(size of the text). */
export function html(document: Document): string {
  const digest = createHash("sha256").update(STYLE).digest("base64");
  const minutes = Math.max(1, Math.round(wordCount(document.sections.flatMap(({ blocks }) => blocks)) / PACE));
  const { badge } = document;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${xml(legible(document.title))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<div class="title"><h1>${xml(legible(document.title))}</h1><p class="quiet">${minutes} min to read</p></div>
<p class="answer">${badge ? `<span class="badge ${badge.tone}">${xml(badge.text)}</span> ` : ""}${textOf(document.answer)}</p>
${factsOf(document.facts ?? [])}</header>
<nav aria-label="Sections"><ul>${document.sections.map(({ id, title }) => `<li><a href="#${id}">${xml(legible(title))}</a></li>`).join("")}</ul></nav>
${document.sections.map(sectionOf).join("\n")}
<footer>
<h2>Where this comes from</h2>
<dl>${document.provenance.map(([name, value]) => `<div><dt>${xml(name)}</dt><dd>${xml(value)}</dd></div>`).join("")}</dl>
</footer>
</main>
</body>
</html>
`;
}

function factsOf(facts: readonly Fact[]): string {
  if (facts.length === 0) return "";
  const told = facts.map(
    ({ question, answer, note, section }) =>
      `<div><dt><a href="#${section}">${xml(question)}</a></dt><dd class="fact">${textOf(answer)}</dd><dd class="quiet">${textOf(note)}</dd></div>`,
  );
  return `<dl class="facts">${told.join("")}</dl>\n`;
}

function sectionOf({ id, title, serves, blocks }: Section): string {
  return `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${xml(legible(title))}</h2>
<p class="quiet">${xml(serves)}</p>
${flowOf(blocks)}
</section>`;
}

/** Figures that follow each other stand side by side where there is room. */
function flowOf(blocks: readonly Block[]): string {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const last = runs[runs.length - 1];
    if (block.kind === "figure" && last?.[0].kind === "figure") last.push(block);
    else runs.push([block]);
  }
  return runs
    .map((run) => {
      const text = run.map(blockOf).join("\n");
      return run.length > 1 ? `<div class="figures">${text}</div>` : text;
    })
    .join("\n");
}

const BLOCKS: BlockPrinter = {
  paragraph: ({ text }) => `<p>${textOf(text)}</p>`,
  list: ({ items }) => `<ul>${items.map((item) => `<li>${textOf(item)}</li>`).join("")}</ul>`,
  commands: preformatted,
  code: preformatted,
  details: ({ summary, blocks }) => `<details><summary>${xml(summary)}</summary>\n${flowOf(blocks)}\n</details>`,
  table: tableOf,
  finding: ({ code, text }) => `<p class="finding"><code>${xml(code)}</code><span>${wordsOf(text)}</span></p>`,
  figure: ({ title: whole, caption, draw, numbers }) => {
    const title = legible(whole);
    const head = `<h3>${xml(title)}</h3>`;
    const below = `<figcaption>${wordsOf(caption)}</figcaption>`;
    if (draw === undefined) return `<figure>${head}${tableOf(numbers)}${below}</figure>`;
    return `<figure>${head}<div class="drawing" tabindex="0" role="group" aria-label="Figure: ${xml(title)}">${draw()}</div>${below}<details><summary>The numbers of “${xml(title)}”</summary>${tableOf(numbers)}</details></figure>`;
  },
};

function blockOf(block: Block): string {
  return printBlock(BLOCKS, block);
}

function preformatted({ lines }: { readonly lines: readonly string[] }): string {
  return `<pre tabindex="0"><code>${lines.map(xml).join("\n")}</code></pre>`;
}

/** Columns that go as early as this are left out on paper. */
const EXTRA = 5;

function tableOf({ columns, rows, marked }: Table): string {
  const style = (i: number): string => {
    const { numeric, drop = 0 } = columns[i];
    const classes = [...(numeric ? ["number"] : []), ...(drop >= EXTRA ? ["extra"] : [])];
    return classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
  };
  const head = columns.map(({ head: name }, i) => `<th scope="col"${style(i)}>${xml(legible(name))}</th>`).join("");
  const body = rows
    .map((row, r) => {
      const cells = row.map((cell, i) =>
        i === 0 ? `<th scope="row"${style(i)}>${textOf(cell)}</th>` : `<td${style(i)}>${textOf(cell)}</td>`,
      );
      return `<tr${marked?.has(r) ? ' class="marked"' : ""}>${cells.join("")}</tr>`;
    })
    .join("\n");
  return `<div class="scroll" tabindex="0" role="group" aria-label="Table: ${xml(
    columns
      .map(({ head: name }) => name)
      .filter((name) => name !== "")
      .slice(0, 3)
      .map(legible)
      .join(", "),
  )}"><table><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

const INLINES: InlinePrinter = {
  text: wordsOf,
  marked: {
    strong: ({ text }) => `<strong>${wordsOf(text)}</strong>`,
    code: ({ text }) => `<code>${xml(text)}</code>`,
    toned: ({ tone, text }) => `<span class="${tone}">${wordsOf(text)}</span>`,
    range: ({ range }) => rangeOf(range),
    bar: ({ bar }) => barOf(bar),
    shares: ({ shares, label }) => sharesOf(shares, label),
  },
};

/** Prose: flags are set as code, and no line breaks inside them or before a percent sign. */
function wordsOf(text: string): string {
  return xml(legible(text))
    .replace(/(?<=^|[\s(])--[a-z][a-z-]*/g, "<code>$&</code>")
    .replace(/(?<=\d) %/g, "&nbsp;%");
}

function textOf(text: Text): string {
  return printText(INLINES, text);
}

/** An interval on the table's scale; its numbers stand beside it in the table. */
function rangeOf({ lower, value, upper, from, to }: Range): string {
  const at = (x: number): number => digit(4 + 112 * placeOn(x, from, to));
  return `<svg class="inline" viewBox="0 0 120 14" aria-hidden="true"><path class="grid" d="M4,7H116"/><path class="whisker" d="M${at(lower)},7H${at(upper)}"/><circle class="dot s1" cx="${at(value)}" cy="7" r="3.5"/></svg>`;
}

/** A bar on the table's scale; its number stands beside it. */
function barOf({ value, from, to }: Bar): string {
  const at = (x: number): number => 120 * placeOn(x, from, to);
  const [low, high] = [Math.min(at(0), at(value)), Math.max(at(0), at(value))];
  return `<svg class="inline" viewBox="0 0 120 14" aria-hidden="true"><path class="bar${value < 0 ? " negative" : ""}" d="M${digit(low)},2H${digit(high)}V12H${digit(low)}z"/></svg>`;
}

function sharesOf(shares: readonly number[], label: string): string {
  const top = Math.max(...shares, Number.MIN_VALUE);
  const width = digit(120 / Math.max(1, shares.length));
  const bars = shares.map((share, i) => {
    const height = digit((20 * Math.max(0, share)) / top);
    return `M${digit(i * width)},20v-${height}h${digit(Math.max(0.5, width - 1))}v${height}z`;
  });
  return `<svg class="inline" viewBox="0 0 120 20" role="img" aria-label="${xml(legible(label))}"><path class="bar" d="${bars.join("")}"/></svg>`;
}
