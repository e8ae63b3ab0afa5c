/** Names and values come from anywhere: what would steer a terminal or turn the direction of writing is shown, not sent. */

/** Control and format characters, line and paragraph separators; not the joiners that scripts and emoji are written with. */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with such characters as JSON would write them; tabs and line ends as one blank. */
export function visible(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").replace(HIDDEN, (sign) => {
    const code = sign.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}
