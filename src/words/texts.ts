/** How names, texts and lists of them read in a sentence. */

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `a, b or c`; from `most` on `... or 7 more`. */
export function alternatives(items: readonly string[], most = 6): string {
  if (items.length === 1) return items[0];
  if (items.length <= most) return `${items.slice(0, -1).join(", ")} or ${items[items.length - 1]}`;
  return `${items.slice(0, most - 1).join(", ")} or ${items.length - most + 1} more`;
}

/** At most so many names: `a, b, c and 7 more`. */
export function few(names: readonly string[], most = 4): string {
  return some(names.map(inList), most);
}

/** The same for what is worded already. */
export function some(items: readonly string[], most = 4): string {
  if (items.length <= most) return items.join(", ");
  return `${items.slice(0, most - 1).join(", ")} and ${items.length - most + 1} more`;
}

/** A name among others: in quotes where it would read as two, or as none. */
export function inList(name: string): string {
  return /^\s*$|,/.test(name) ? JSON.stringify(name) : name;
}

/** At most four texts from the table: in quotes, on one line, the beginnings of long ones. */
export function quoted(texts: readonly string[]): string {
  return some(texts.map((text) => JSON.stringify(text.slice(0, 60))));
}

/** A text as a flag's value, so that a line of advice can be pasted into a shell. */
export function flagValue(text: string): string {
  return /^[\p{L}\p{N}_.@%+=:/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same for one item of a flag that takes a list: commas and quotes are quoted as in CSV. */
export function flagItem(text: string): string {
  return flagValue(csvItem(text));
}

/** One item of a list between commas, quoted as in CSV where it has to be. */
export function csvItem(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
