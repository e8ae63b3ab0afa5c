/** What `npm run bench` runs: everything that needs no other language, at sizes that come to some 20 minutes of CPU. */
export interface Asked {
  readonly name: string;
  /** Under the folder of the compiled bench. */
  readonly program: string;
  readonly args: readonly string[];
  /** With `--full`: sizes that settle more, in hours; absent: the same. */
  readonly full?: readonly string[];
}

export const QUESTIONS: readonly Asked[] = [
  { name: "ci", program: "ci/main.js", args: [] },
  { name: "scale", program: "scale/main.js", args: [] },
  { name: "suite", program: "suite/main.js", args: [] },
  { name: "small", program: "small/main.js", args: [] },
  {
    name: "tuned",
    program: "tuned/main.js",
    args: ["--rungs", "one-rule,rule-list,naive-bayes,linear,logistic,tree"],
    full: [],
  },
  { name: "search", program: "search/accept.js", args: ["--quick"], full: [] },
  {
    name: "honesty",
    program: "honesty/main.js",
    args: ["--replications", "400", "--brief", "--parts", "size,dependence,family,gate"],
    full: ["--brief"],
  },
  {
    name: "noise",
    program: "honesty/noise/main.js",
    args: ["--seeds", "4", "--workers", "1"],
    full: ["--seeds", "64"],
  },
  { name: "million", program: "verdicts/million.js", args: ["--rows", "200000"], full: [] },
];

/** What needs other programs: run by hand, and shown with its own machine. */
export const KEPT: readonly Asked[] = [
  { name: "flights", program: "right-size/main.js", args: ["--only", "flights"] },
  {
    name: "all-flights",
    program: "right-size/main.js",
    args: ["--only", "flights", "--rows", "2950000", "--limit", "200"],
  },
  { name: "games", program: "right-size/main.js", args: ["--only", "games"] },
  { name: "beside", program: "small/beside.js", args: ["datasets"] },
];
