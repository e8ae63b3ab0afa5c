/** Where the commands of a report find the benchmark and its table. */
import type { Artifact } from "../artifact.ts";

export interface Place {
  readonly folder: string;
  readonly data: string;
}

/** Where a benchmark goes when nobody says where. */
export const DEFAULT_FOLDER = "baseline-out";

/** As it is asked for, else as whoever trained it typed it, else by name. */
export function placeOf({ environment, dataset }: Artifact, asked: Partial<Place>): Place {
  return {
    folder: asked.folder ?? textIn(environment["folder"]) ?? DEFAULT_FOLDER,
    data: asked.data ?? textIn(environment["data"]) ?? dataset.name,
  };
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
