import type { Shape } from "../../data/dataset.ts";
import { encodedWidth } from "../../data/encode/encoding.ts";
import { encodingFromJSON } from "../../data/encode/encoding-json.ts";
import { textEncoder } from "../../data/encode/text/tfidf.ts";
import type { Phrase, Predictor } from "./predictor.ts";

/** Data only: the members of a saved model that its predictor fills. */
export function predictorToJSON({ encoding, outputs, phrases }: Predictor): Readonly<Record<string, unknown>> {
  return {
    encoding,
    ...(phrases && { phrases }),
    outputs: outputs.map(({ intercept, coefficients }) => ({ intercept, coefficients: [...coefficients] })),
  };
}

/** @throws TypeError when it is not a predictor with this many outputs for a table of this shape. */
export function predictorFromJSON(
  json: Readonly<Record<string, unknown>>,
  shape: Shape,
  wanted: number,
  where: string,
): Predictor {
  const encoding = encodingFromJSON(json.encoding, shape, where);
  const width = encodedWidth(encoding);
  const { outputs } = json;
  if (!Array.isArray(outputs) || outputs.length !== wanted)
    throw new TypeError(`${where}: wanted ${wanted} outputs, got ${Array.isArray(outputs) ? outputs.length : "none"}`);
  return {
    encoding,
    ...(encoding.texts.length > 0 && {
      text: textEncoder(encoding.texts),
      phrases: phrasesFromJSON(json.phrases, width, where),
    }),
    outputs: outputs.map((output: unknown, k) => {
      const { intercept, coefficients } = (output ?? {}) as Readonly<Record<string, unknown>>;
      if (!Number.isFinite(intercept)) throw new TypeError(`${where}: output ${k} needs a finite intercept`);
      if (!Array.isArray(coefficients) || coefficients.length !== width || !coefficients.every(Number.isFinite))
        throw new TypeError(`${where}: output ${k} needs ${width} finite coefficients`);
      return { intercept: intercept as number, coefficients: Float64Array.from(coefficients as number[]) };
    }),
  };
}

function phrasesFromJSON(json: unknown, width: number, where: string): readonly Phrase[] {
  const isPhrase = (value: unknown): value is Phrase => {
    const { column, term } = (value ?? {}) as Readonly<Record<string, unknown>>;
    return (
      Number.isInteger(column) && (column as number) >= 0 && (column as number) < width && typeof term === "string"
    );
  };
  if (!Array.isArray(json) || !json.every(isPhrase))
    throw new TypeError(`${where}: phrases must be a list of encoded columns with their terms`);
  return json;
}

/** The notes of a saved model. */
export function notesFromJSON(json: unknown, where: string): Readonly<Record<string, string | number | boolean>> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new TypeError(`${where}: wanted notes, got ${JSON.stringify(json)}`);
  for (const [name, value] of Object.entries(json))
    if (!["string", "number", "boolean"].includes(typeof value))
      throw new TypeError(`${where}: note ${name} must be a text, a number or true or false`);
  return json as Readonly<Record<string, string | number | boolean>>;
}
