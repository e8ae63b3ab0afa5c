import { basename, isAbsolute, relative, resolve, sep } from "node:path";

/** A path from the working directory, where it lies below that; else as it is. */
export function nearPath(path: string): string {
  const inside = relative(process.cwd(), resolve(path));
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside;
}

/**
 * A path as it can be typed again where it was typed: a relative one as it is, an absolute one from the working directory. One that
 * lies elsewhere gives its name alone, so that nothing written tells where on the machine it lay.
 */
export function typedPath(path: string): string {
  const near = isAbsolute(path) ? nearPath(path) : path;
  const typed = isAbsolute(near) ? basename(near) : near;
  return typed.replaceAll(sep, "/").replace(/^(\.\/+)+(?=.)|(?<=.)\/+$/g, "");
}
