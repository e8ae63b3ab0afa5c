import { basename, isAbsolute, relative, resolve, sep } from "node:path";

/**
 * A path as it can be typed again where it was typed: a relative one as it is, an absolute one from the working directory. One that
 * lies elsewhere gives its name alone, so that nothing written tells where on the machine it lay.
 */
export function typedPath(path: string): string {
  const inside = relative(process.cwd(), resolve(path));
  const from = isAbsolute(path) ? (/^\.\.|^$/.test(inside) || isAbsolute(inside) ? basename(path) : inside) : path;
  return from.replaceAll(sep, "/").replace(/^(\.\/+)+(?=.)|(?<=.)\/+$/g, "");
}
