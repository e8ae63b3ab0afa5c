/** A column's training rows as a small drawing. */
import type { ColumnEntry } from "../artifact.ts";
import type { Text } from "../document/document.ts";

/** Until profiles travel with the artifact there is nothing to draw. */
export function sharesOf(_column: ColumnEntry): Text {
  return "";
}
