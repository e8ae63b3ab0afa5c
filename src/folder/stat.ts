import { statSync, type Stats } from "node:fs";
import { FolderError, reason } from "./folder.ts";

/**
 * What stands at a path that a user named; undefined where nothing does.
 * @param said How messages call it. @throws FolderError when there is no looking at it: links in a circle, a file on the way, no permission.
 */
export function statAt(path: string, said: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new FolderError(`${said}: cannot be looked at (${reason(error)})`, { cause: error });
  }
}
