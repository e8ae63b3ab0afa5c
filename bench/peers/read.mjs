import { join } from "node:path";
import { inferSchema, readTable, toDataset } from "tabular-baseline/extend";

const TARGETS = { binary: "y_bin", regression: "y_reg" };

/** One of the generated tables, with one of its targets; the other targets are left out. */
export async function readGenerated(folder, size, task) {
  const target = TARGETS[task];
  const table = await readTable(join(folder, `${size}.csv`), { workers: 1 });
  const ignore = ["y_bin", "y_multi", "y_reg"].filter((column) => column !== target);
  return toDataset(table, inferSchema(table, { target, task, ignore }));
}
