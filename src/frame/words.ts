/** How counts, names and shares read in a sentence. */

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** At most four names: `a, b, c and 7 more`. */
export function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

/** The same of texts from the table: in quotes, on one line, the beginnings of long ones. */
export function quoted(texts: readonly string[]): string {
  return listed(texts.map((text) => JSON.stringify(text.slice(0, 60))));
}

/** A share. Neither little nor nearly all is rounded to nothing or all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "less than 0.1 %";
  if (share < 1 && share > 0.999) return "more than 99.9 %";
  return `${(100 * share).toFixed(share < 0.1 || (share > 0.9 && share < 1) ? 1 : 0)} %`;
}

/** A text as a flag's value, so that a line of advice can be pasted into a shell. */
export function flagValue(text: string): string {
  return /^[\p{L}\p{N}_.@%+=:/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same for one item of a flag that takes a list: commas and quotes are quoted as in CSV. */
export function flagItem(text: string): string {
  return flagValue(/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
}
