/** The worker thread of a suite. */
import { serve } from "../parallel/serve.ts";
import { runBenchmark, runChallenger, type BenchmarkFacts, type ChallengerFacts, type Job } from "./job.ts";

serve((job: Job): Promise<BenchmarkFacts | ChallengerFacts> =>
  job.kind === "benchmark" ? runBenchmark(job) : runChallenger(job),
);
