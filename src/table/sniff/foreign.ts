/** Formats of text that are no delimited tables, told by their first lines. */

interface Format {
  /** What it is, and what to do, as the end of a sentence. */
  readonly sentence: string;
  /** @param lines The first lines that hold something, trimmed. */
  readonly test: (lines: readonly string[], text: string) => boolean;
}

const starts =
  (pattern: RegExp) =>
  ([first]: readonly string[]): boolean =>
    pattern.test(first);

const FORMATS: readonly Format[] = [
  {
    sentence: "looks like JSON lines, not a delimited table; save it as CSV, or pass its objects to the library",
    test: (lines) => lines.length > 1 && lines.slice(0, 5).every(isJson),
  },
  {
    sentence: "looks like JSON, not a delimited table; save it as CSV, or pass its rows or columns to the library",
    test: ([first], text) => isJson(first) || /^\s*(\{\s*("|\}\s*$)|\[\s*(\{\s*"|\[))/.test(text),
  },
  {
    sentence: "looks like LIBSVM (index:value pairs), not a delimited table; save it as CSV",
    test: (lines) => isLibsvm(lines.filter((line) => !line.startsWith("#")).slice(0, 50)),
  },
  {
    sentence:
      "looks like an ARFF file, not a delimited table; take the lines below @data, with a line of names above them",
    test: (lines) => /^@relation\b/i.test(lines.find((line) => !line.startsWith("%")) ?? ""),
  },
  {
    sentence: "looks like a Git LFS pointer, not the file itself; run git lfs pull",
    test: starts(/^version https:\/\/git-lfs\./),
  },
  {
    sentence: "looks like HTML, not a delimited table; was an error page saved?",
    test: starts(/^<(!doctype html|html|table|head|body)\b/i),
  },
  {
    sentence: "looks like XML, not a delimited table; save it as CSV",
    test: starts(/^<(\?xml|!doctype|!--|[a-z][\w.:-]*(\s+[\w:-]+\s*=\s*"[^"]*")*\s*>$)/i),
  },
  {
    sentence: "looks like SQL, not a delimited table; export the table as CSV",
    test: (lines) =>
      /^(insert\s+into|create\s+table|drop\s+table|begin;|start transaction)\b/i.test(
        lines.find((line) => !/^(--|\/\*)/.test(line)) ?? "",
      ),
  },
  {
    sentence: "looks like a table drawn with lines (Markdown, psql), not a delimited table; save it as CSV",
    test: (lines) =>
      lines.slice(0, 6).some((line) => /^[-=+|: ]{5,}$/.test(line) && /--|==/.test(line) && /[+|]/.test(line)),
  },
  { sentence: "looks like YAML, not a delimited table; save it as CSV", test: starts(/^(---|%YAML.*|- +[\w ]+: .*)$/) },
  {
    sentence: "looks like Vowpal Wabbit (label | name:value ...), not a delimited table; save it as CSV",
    test: (lines) =>
      lines
        .slice(0, 50)
        .every((line) => /^[+-]?[\d.]*(\s[^|]*)?\|/.test(line) && /\s[a-z_][^\s:|]*:[+-]?[\d.]+(\s|$)/i.test(line)),
  },
  { sentence: "looks like LaTeX, not a delimited table; save it as CSV", test: starts(/^\\(begin\{|documentclass)/) },
  {
    sentence: "looks like a Matrix Market file, not a delimited table; save it as CSV",
    test: starts(/^%%MatrixMarket\b/),
  },
  { sentence: "looks like a RTF document, not a table; save it as CSV", test: starts(/^\{\\rtf/) },
];

/** A sentence about the format that the head of a text seems to have; undefined when it may be a delimited table. */
export function foreignText(head: string): string | undefined {
  const lines: string[] = [];
  for (const line of head.slice(0, 2 ** 16).split(/\r\n|\n|\r/)) if (line.trim() !== "") lines.push(line.trim());
  return lines.length === 0 ? undefined : FORMATS.find(({ test }) => test(lines, head))?.sentence;
}

/** A line that is one JSON object or list. */
function isJson(line: string): boolean {
  if (/^\{ *'\w+' *:.*\}$/.test(line)) return true; // as Python prints it
  if (!/^(\{.*\}|\[.*\]),?$/.test(line)) return false;
  try {
    return typeof JSON.parse(line.replace(/,$/, "")) === "object";
  } catch {
    return false;
  }
}

/** `label index:value index:value ...`, indices rising; times such as `1 10:15` are no pairs. */
function isLibsvm(lines: readonly string[]): boolean {
  let pairs = 0;
  for (const line of lines) {
    if (!/^[+-]?\d+(\.\d+)?(\s+qid:\d+)?(\s+\d+:[+-]?[\d.]+(e[+-]?\d+)?)*(\s+#.*)?$/i.test(line)) return false;
    const indices = [...line.matchAll(/\s(\d+):/g)].map(([, index]) => Number(index));
    if (indices.some((index, i) => i > 0 && index <= indices[i - 1])) return false;
    pairs = Math.max(pairs, indices.length);
  }
  return pairs > 1;
}
