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
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
}

/** At most four texts from the table: in quotes, on one line, the beginnings of long ones. */
export function quoted(texts: readonly string[]): string {
  return few(texts.map((text) => JSON.stringify(text.slice(0, 60))));
}

/** A text as a flag's value, so that a line of advice can be pasted into a shell. */
export function flagValue(text: string): string {
  return /^[\p{L}\p{N}_.@%+=:/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same for one item of a flag that takes a list: commas and quotes are quoted as in CSV. */
export function flagItem(text: string): string {
  return flagValue(/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
}
