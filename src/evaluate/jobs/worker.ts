/** The worker thread that runs jobs: one session for the work it was started with. */
import { estimators } from "../../baselines/registry.ts";
import { serve } from "../../parallel/serve.ts";
import type { Work } from "./contract.ts";
import { nestedFold } from "./nested.ts";
import type { Job } from "./runner.ts";
import { openSession, type Session } from "./session.ts";

let session: Session | undefined;

const handlers = {
  score: (open: Session, job: Job & { kind: "score" }) => open.score(job),
  predict: (open: Session, job: Job & { kind: "predict" }) => open.predict(job),
  fit: (open: Session, job: Job & { kind: "fit" }) => open.fit(job, () => performance.now()),
  nested: (open: Session, job: Job & { kind: "nested" }) => nestedFold(open, job),
};

serve((job: Job, work: Work): unknown => {
  session ??= openSession(work, estimators);
  return handlers[job.kind](session, job as never);
});
