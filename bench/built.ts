/** A module of the built code by its place in the sources, `benchmark/compare`: worker threads are found beside it alone. */
export function built(path: string): string {
  return new URL(`../../dist/${path}.js`, import.meta.url).href; // from .cache/bench/bench to .cache/dist
}
