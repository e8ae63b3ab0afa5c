/**
 * The built file of a worker's module: worker threads of Node 20 cannot load TypeScript, and building moves code from
 * module to module, so none can be named by where it lies beside its caller.
 *
 * @param path Its place in the sources without `src/` and `.ts`: `evaluate/jobs/worker`. `scripts/build.mjs` lists it.
 */
export function workerModule(path: string): URL {
  const here = import.meta.url;
  const root = here.slice(0, Math.max(here.lastIndexOf("/src/"), here.lastIndexOf("/dist/")));
  return new URL(`${root}/dist/${path}.js`);
}
