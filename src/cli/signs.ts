/** Signs that are drawn with, and for terminals without them ASCII of the same width. */
const PLAIN: Readonly<Record<string, string>> = {
  "█": "#",
  "▇": "#",
  "░": ".",
  "─": "-",
  "├": "|",
  "┤": "|",
  "◂": "<",
  "▸": ">",
  "●": "o",
  "…": "~",
};
const DRAWN = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

export function plainSigns(text: string): string {
  return text.replace(DRAWN, (sign) => PLAIN[sign]);
}

/** Has the terminal these signs? By its locale; on Windows, by what is known to. What is no terminal gets the text as it is. */
export function hasSigns(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv, platform: string): boolean {
  if (!stream.isTTY) return true;
  if (platform === "win32")
    return Boolean(env["WT_SESSION"] || env["TERM_PROGRAM"] || env["ConEmuTask"] || env["TERM"]);
  if (env["TERM"] === "linux") return false;
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  return !locale || /utf-?8/i.test(locale);
}
