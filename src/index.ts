/** The public names. Everything else may change without notice. */
export { trainBenchmark, type Benchmark, type TrainHooks, type TrainProgress } from "./benchmark/train.ts";
