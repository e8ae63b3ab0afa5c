import { readFileSync } from "node:fs";
import { ArtifactError } from "../report/schema/check.ts";
import { FolderError, reason } from "./folder.ts";

/** What `check` makes of a file's JSON. @throws FolderError, ArtifactError with one sentence naming the file. */
export function readJson<T>(file: string, check: (value: unknown) => T): T {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new FolderError(`${file}: cannot be read (${reason(error)})`, { cause: error });
  }
  return parseJson(file, text, check);
}

/** The same for a text that came from elsewhere. @param said How messages call it. @throws ArtifactError */
export function parseJson<T>(said: string, text: string, check: (value: unknown) => T): T {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new ArtifactError(`${said}: is not JSON (${(error as Error).message}); it may be cut short`, {
      cause: error,
    });
  }
  try {
    return check(value);
  } catch (error) {
    throw error instanceof ArtifactError ? new ArtifactError(`${said}: ${error.message}`) : error;
  }
}
