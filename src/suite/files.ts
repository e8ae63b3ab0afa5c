/** Names in an entry of the cache, and in the folder of a bench. */
export const ROWS_FILE = "rows.bin";
export const BENCHMARK = "benchmark";
export const BENCH_FILE = "bench.json";
export const ROWS_FOLDER = "rows";
/** Where a bench goes when nobody says. */
export const OUT = "baseline-bench";
