import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../../src/report/document/document.ts";
import { comment, markOf } from "../../src/report/formats/comment.ts";
import { markdown } from "../../src/report/formats/markdown.ts";

const of = (text: string, code = "npx tabular-baseline@0.1.0 report"): Document => ({
  title: text,
  answer: [text, " ", { kind: "code", text }],
  sections: [
    {
      id: "one",
      title: text,
      serves: "",
      depth: "first",
      blocks: [
        { kind: "table", columns: [{ head: text }], rows: [[text], [{ kind: "strong", text }]] },
        { kind: "commands", lines: [code] },
      ],
    },
  ],
  provenance: [[text, text]],
});

/** What is left of a comment when code and the breaks are taken out as a Markdown reader does: `\` first, then fences and spans. */
function live(text: string): string {
  return text.replace(/^```[^]*?^```$/gm, "").replace(/\\.|(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
}

describe("a comment", () => {
  it("says what the Markdown says, under a mark", () => {
    const document = of("plain words, 12 % and a_b");
    expect(comment("verdict", document)).toBe(`<!-- baseline verdict -->\n${markdown(document)}`);
    expect(comment("verdict", document).startsWith(markOf("verdict"))).toBe(true);
  });
  it("calls nobody, and links nowhere", () => {
    const text = comment(
      "verdict",
      of("ask @everyone or @org/team, see #12 and GH-7, https://evil.example www.evil.example"),
    );
    expect(text).toContain("@<!-- -->everyone");
    expect(live(text)).not.toMatch(/@\w|#\d|GH-\d|:\/\/\S(?<!<)|www\.(?!<)/);
  });
  it("leaves commands as they are typed", () => {
    expect(comment("verdict", of("x"))).toContain("npx tabular-baseline@0.1.0 report");
  });
  it("no text gets a mention, a reference or a link past it", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "@me",
            "#1",
            "http://x",
            "www.x",
            "GH-2",
            "`",
            "``",
            "\\",
            "\n",
            "~~~",
            "```",
            " ",
            "*",
            "|",
            "<!--",
            "-->",
          ),
          {
            minLength: 1,
            maxLength: 9,
          },
        ),
        (parts) => {
          const text = comment("verdict", of(parts.join(""), "run"));
          expect(live(text)).not.toMatch(/@\w|#\d|GH-\d|:\/\/[^<\s]|www\.[^<\s]/i);
        },
      ),
      { numRuns: 500 },
    ));
  it("is cut between paragraphs where a code host would refuse it", () => {
    const long: Document = {
      ...of("x"),
      sections: Array.from({ length: 900 }, () => of("word ".repeat(20)).sections[0]),
    };
    const text = comment("verdict", long);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(
      /\n\nThe rest was too long for a comment; the whole report is in the artifact of the run\.\n$/,
    );
  });
});
