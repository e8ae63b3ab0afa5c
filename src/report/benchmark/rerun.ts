/** A benchmark's own command line. */
import type { Artifact } from "../artifact.ts";
import { csvItem } from "../../words/texts.ts";
import { DEFAULT_FOLDER, type Place } from "./place.ts";
import { quoted } from "./quoted.ts";

/** The command line that makes this benchmark again. */
export function commandOf({ folder, data }: Place, options: Artifact["options"]): string {
  const flags = Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([key, value]) => {
      const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      if (value === true) return flag;
      const text = optionText(value);
      return `${flag} ${quoted(text)}`;
    });
  const out = folder === DEFAULT_FOLDER ? [] : [`--out ${quoted(folder)}`];
  return ["baseline train", quoted(data), ...flags, ...out].join(" ");
}

function optionText(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => csvItem(optionText(item))).join(",");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name}=${optionText(one)}`)
    .join(",");
}
