/** The worker thread that runs jobs: one session for the work it was started with. */
import type { Estimator } from "../../baselines/contract.ts";
import { importAll } from "../../baselines/from-module.ts";
import { estimators } from "../../baselines/registry.ts";
import { serve } from "../../parallel/serve.ts";
import type { Work } from "./contract.ts";
import { nestedFold } from "./nested.ts";
import type { Job } from "./runner.ts";
import { openSession, type Session } from "./session.ts";

/** They were checked before they were sent. */
const ownOf = async ({ modules = [] }: Work): Promise<readonly Estimator[]> =>
  (await importAll("estimators", modules)) as readonly Estimator[];

let session: Session | undefined;

const handlers = {
  score: (open: Session, job: Job & { kind: "score" }) => open.score(job),
  predict: (open: Session, job: Job & { kind: "predict" }) => open.predict(job),
  fit: (open: Session, job: Job & { kind: "fit" }) => open.fit(job, () => performance.now()),
  nested: (open: Session, job: Job & { kind: "nested" }) => nestedFold(open, job),
};

serve(async (job: Job, work: Work): Promise<unknown> => {
  session ??= openSession(work, [...estimators, ...(await ownOf(work))]);
  return handlers[job.kind](session, job as never);
});
