/** The command line on a pseudo-terminal, with somebody who answers: what is asked only there. */
import { execa } from "execa";
import { MAIN } from "./baseline.ts";

export interface Conversation {
  readonly code: number | undefined;
  /** Each question with what was answered. */
  readonly asked: readonly (readonly [question: string, answer: string])[];
  /** Everything that was shown. */
  readonly shown: string;
}

/** A line that waits for an answer: `Which gain ...? [1%] `. */
const QUESTION = /([^\n\r]*\?) (\[[^\n\r]*\]) $/;

/**
 * Runs `baseline` on a terminal of its own (util-linux `script`) and answers what it asks.
 * @param answer What is typed for a question; the line end follows.
 */
export async function conversation(
  args: readonly string[],
  cwd: string,
  answer: (question: string) => string,
  env: Readonly<Record<string, string>> = {},
): Promise<Conversation> {
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(" ");
  const child = execa("script", ["-qfec", command, "/dev/null"], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", TERM: "xterm", ...env },
    extendEnv: false,
    reject: false,
    timeout: 60_000,
  });
  const asked: (readonly [string, string])[] = [];
  let [shown, answered] = ["", 0];
  child.stdout.on("data", (data: Buffer) => {
    shown += data.toString();
    const line = plain(shown.slice(answered));
    const [, question] = QUESTION.exec(line) ?? [];
    if (question === undefined) return;
    const reply = answer(question);
    asked.push([question, reply]);
    answered = shown.length;
    child.stdin.write(`${reply}\n`);
  });
  const { exitCode } = await child;
  return { code: exitCode, asked, shown: plain(shown) };
}

/** Without what moves the cursor or sets colours. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
}
