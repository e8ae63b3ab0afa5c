import type { FindingGroup } from "./contract.ts";

export const reading: FindingGroup = {
  title: "Reading the file",
  findings: [
    {
      id: "B101",
      code: "encoding-guessed",
      means: "The bytes are not UTF-8; the character set was guessed.",
      todo: "If letters look wrong, name it with `--encoding`.",
    },
    {
      id: "B102",
      code: "quoting-guessed",
      means: "How cells are quoted was found by trying: another reading left more malformed cells.",
      todo: "Check a quoted cell with `inspect`; `--quote` and `--escape` say it otherwise.",
    },
    {
      id: "B103",
      code: "front-lines",
      means: "Lines before the header, such as a title, were left out.",
      todo: "Nothing, if they are no data; else `--skip 0` or `--no-header`.",
    },
    {
      id: "B104",
      code: "second-header",
      means:
        "Records below the header hold words that no record below does: units or a second header line. They were left out.",
      todo: "`--odd-records keep` reads them as data.",
    },
    {
      id: "B105",
      code: "repeated-header",
      means: "The header comes again among the records, as where files are joined. Those records were left out.",
      todo: "`--odd-records keep` reads them as data.",
    },
    {
      id: "B106",
      code: "bad-lines",
      means: "Records without the number of fields that the others have were left out, as `--skip-bad-lines` asks.",
      todo: "Mend the lines; each left-out record is a row that no model sees.",
    },
    {
      id: "B107",
      code: "trailing-delimiter",
      means: "Records or the header end in delimiters without a value.",
      todo: "Nothing; the surplus empty fields are not a column.",
    },
    {
      id: "B108",
      code: "stray-quotes",
      means: "Quoted cells go on after their closing quote and were taken as they stand.",
      todo: "Look at them; the file may use another quote or escape sign.",
    },
    {
      id: "B109",
      code: "row-names",
      means: "Records have one field more than the header: the first was taken for row names.",
      todo: "If it is data, give it a name in the header.",
    },
    {
      id: "B110",
      code: "unnamed-columns",
      means: "Columns without a name were called `unnamed_1` and so on.",
      todo: "Give them names.",
    },
    {
      id: "B111",
      code: "repeated-names",
      means: "A column name occurs more than once; later ones were numbered.",
      todo: "Give the columns names of their own.",
    },
    {
      id: "B112",
      code: "empty-rows",
      means: "Rows without a value in any column.",
      todo: "Remove them, if they are no data.",
    },
    {
      id: "B113",
      code: "odd-records",
      means: "Records hold words in columns of numbers and no number, as a header written otherwise does.",
      todo: "`--odd-records keep` reads them as data, `--odd-records drop` leaves out those that were kept.",
    },
    {
      id: "B114",
      code: "remark-records",
      means: "Records hold one text and nothing else, as titles and remarks do.",
      todo: "`--odd-records keep` reads them as data, `--odd-records drop` leaves out those that were kept.",
    },
    {
      id: "B115",
      code: "totals-record",
      means: "Records are sums of others: the last one, which may also be their mean, or subtotals between them.",
      todo: "`--odd-records keep` reads them as data, `--odd-records drop` leaves them out.",
    },
    {
      id: "B116",
      code: "lines-below",
      means: "Lines below the table, such as a source, a remark or a count of rows, were left out.",
      todo: "Nothing, if they are no data; else give them the fields of the others.",
    },
  ],
};
