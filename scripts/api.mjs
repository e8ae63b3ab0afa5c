/**
 * What the package exports, read from its built declarations: `docs/api/` for people, `test/golden/public-api.txt` for whoever
 * changes it. Run after a build: npm run docs:api
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { SymbolFlags, API } from "typescript/unstable/sync";
import { isIdentifier, isVariableDeclaration } from "typescript/unstable/ast/is";

const root = fileURLToPath(new URL("..", import.meta.url));
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The ways in, as a user writes them, and where their sources are. */
const ENTRIES = Object.entries(exports)
  .filter(([, to]) => to.types !== undefined)
  .map(([path, { types }]) => ({
    path,
    from: `tabular-baseline${path.slice(1)}`,
    types: join(root, types),
    source: join(root, types.replace("./dist/", "src/").replace(".d.ts", ".ts")),
  }));

/** Every way in with what it exports, section by section, and the types that can be reached but not named. */
export function publicApi() {
  const folder = join(root, ".cache", "api");
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "tsconfig.json");
  const options = { module: "nodenext", strict: true, noEmit: true, skipLibCheck: true, types: ["node"] };
  writeFileSync(config, JSON.stringify({ compilerOptions: options, files: ENTRIES.map(({ types }) => types) }));
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: config }).getProjects();
    const { checker, program } = project;
    const targetOf = (symbol) => (symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
    const declarationOf = (symbol) => {
      const node = symbol.declarations[0].resolve(project);
      return isVariableDeclaration(node) ? node.parent.parent : node;
    };
    const known = new Set();
    const reached = new Map();
    const entries = ENTRIES.map((entry) => {
      const file = checker.getSymbolAtLocation(program.getSourceFile(entry.types));
      const symbols = new Map(checker.getExportsOfModule(file).map((symbol) => [symbol.name, targetOf(symbol)]));
      const items = new Map(
        Array.from(symbols, ([name, symbol]) => {
          known.add(symbol.id);
          const node = declarationOf(symbol);
          for (const type of typesIn(node))
            for (const found of [checker.getSymbolAtLocation(type)].filter(Boolean).map(targetOf))
              if (!reached.has(found.id) && isOurs(found, project))
                reached.set(found.id, `${found.name} of ${fileOf(found, project)}, in ${name} of ${entry.from}`);
          return [name, itemOf(name, symbol.name, node)];
        }),
      );
      return { ...entry, ...sectionsOf(entry.source, items) };
    });
    return { entries, unnamed: [...reached].filter(([id]) => !known.has(id)).map(([, name]) => name) };
  } finally {
    api.close();
  }
}

const fileOf = (symbol, project) =>
  relative(root, symbol.declarations[0].resolve(project).getSourceFile().fileName)
    .replace("dist/", "src/")
    .replace(".d.ts", ".ts");

/** Is it exported by one of our files? Members and parameters are not, nor are parts that a file keeps to itself. */
function isOurs({ declarations }, project) {
  return declarations.some((handle) => {
    const node = handle.resolve(project);
    const file = node.getSourceFile();
    const exported = /^\s*(\/\*\*[\s\S]*?\*\/\s*)?export /.test(file.text.slice(node.getFullStart(), node.getEnd()));
    return exported && node.parent === file && file.fileName.startsWith(join(root, "dist"));
  });
}

/** Names of types in a declaration. */
function typesIn(node) {
  const found = [];
  const walk = (child) => {
    if (isIdentifier(child)) found.push(child);
    child.forEachChild(walk);
  };
  walk(node);
  return found;
}

/** The declaration as it is, under the name that it is exported by, and what is said of it. */
function itemOf(name, own, node) {
  const file = node.getSourceFile();
  const text = file.text.slice(node.getStart(), node.getEnd());
  const comment =
    /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(file.text.slice(node.getFullStart(), node.getStart()))?.[0] ?? "";
  const said = commentText(comment);
  return {
    name,
    declaration: text
      .replace(/^export (?:declare )?/, "")
      .replace(new RegExp(`^((?:async )?(?:function|interface|type|const|(?:abstract )?class) )${own}\\b`), `$1${name}`)
      .replaceAll(/^( {4})+/gm, (indent) => " ".repeat(indent.length / 2)),
    doc: said === headerOf(file.fileName) ? "" : said,
  };
}

/** What the first comment of a source file says of the whole file; the compiler hands it to the first declaration. */
function headerOf(declared) {
  const source = join(root, "src", relative(join(root, "dist"), declared)).replace(/\.d\.ts$/, ".ts");
  return commentText(/^\/\*\*[\s\S]*?\*\/(?=\n(?:\n|import |export \{))/.exec(readFileSync(source, "utf8"))?.[0] ?? "");
}

function commentText(comment) {
  return comment
    .replace(/^\/\*\*\s?/, "")
    .replace(/\s*\*\/\s*$/, "")
    .replaceAll(/^\s*\* ?/gm, "")
    .trim();
}

/**
 * `// Title` in the source of a way in begins a section; names stand in the order of the source. What `export *` passes on is
 * listed where it comes from.
 */
function sectionsOf(source, items) {
  const text = readFileSync(source, "utf8");
  const [intro, ...parts] = text.split(/^\/\/ (.+)$/m);
  const names = (text) =>
    [...text.matchAll(/(?:export (?:type )?\{|^ {2})([^}\n]*)/gm)]
      .flatMap(([, list]) => list.split(","))
      .map((one) =>
        one
          .replace(/^\s*type /, "")
          .replace(/^.* as /, "")
          .trim(),
      )
      .filter((one) => items.has(one))
      .map((one) => items.get(one));
  const sections = parts.flatMap((title, i) => (i % 2 ? [] : [{ title, items: names(parts[i + 1]) }]));
  const named = sections.flatMap((section) => section.items);
  const missing = /^export \*/m.test(text) ? 0 : items.size - named.length;
  if (missing !== 0 || new Set(named).size !== named.length)
    throw new Error(`${source}: wanted every export under a "// Title", once`);
  return { intro: commentText(/^\/\*\*[\s\S]*?\*\//.exec(intro)[0]), sections };
}

const uncommented = (text) =>
  text.replaceAll(/^\s*\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n/gm, "").replaceAll(/ *\/\*\*.*?\*\//g, "");

/** All declarations without what is said of them: a change of it is a change of the contract. */
export function listing({ entries }) {
  return entries
    .map(({ from, sections }) =>
      [`// ${from}`, ...sections.flatMap(({ items }) => items.map(({ declaration }) => uncommented(declaration)))].join(
        "\n\n",
      ),
    )
    .join("\n\n\n")
    .concat("\n");
}

/** A page for each way in: file name to Markdown. */
export function pages({ entries }) {
  return new Map(entries.map((entry) => [pageName(entry), pageOf(entry)]));
}

const pageName = ({ path }) => `${path === "." ? "main" : path.slice(2)}.md`;

function pageOf({ from, intro, sections }) {
  const lines = sections.flatMap(({ title, items }) => [
    `## ${title}`,
    ...(items.length === 0 ? ["See the pages of these."] : []),
    ...items.flatMap(({ name, declaration, doc }) => [
      `### ${name}`,
      ...described(doc),
      `\`\`\`ts\n${declaration}\n\`\`\``,
    ]),
  ]);
  return `${["<!-- Made by scripts/api.mjs from the sources' comments: change those. -->", `# ${from}`, intro, ...lines].join("\n\n")}\n`;
}

const WORDS = { returns: "Returns", throws: "Throws" };

/** A comment's text, its tags as a list. */
function described(doc) {
  const [text, ...tags] = doc.split(/(?:^|\s)@(?=(?:param|returns|throws)\b)/);
  const told = tags.map((tag) => {
    const [, kind, rest] = /^(\w+)\s+([\s\S]*)$/.exec(tag.trim());
    if (kind !== "param") return `- ${WORDS[kind]}: ${flat(rest)}`;
    const [, name, said] = /^(\S+)\s+([\s\S]*)$/.exec(rest);
    return `- \`${name}\`: ${flat(said)}`;
  });
  return [text.trim(), told.join("\n")].filter((part) => part !== "");
}

const flat = (text) => text.replaceAll(/\s+/g, " ").trim();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const api = publicApi();
  writeFileSync(join(root, "test/golden/public-api.txt"), listing(api));
  mkdirSync(join(root, "docs/api"), { recursive: true });
  for (const [file, text] of pages(api)) writeFileSync(join(root, "docs/api", file), text);
  console.log(
    `${api.entries.reduce((sum, { sections }) => sum + sections.flatMap(({ items }) => items).length, 0)} names`,
  );
  if (api.unnamed.length > 0) console.log(`reached, but not exported: ${api.unnamed.join(", ")}`);
}
