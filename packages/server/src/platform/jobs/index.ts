/** jobs: work a person waits for, in steps, with progress, cancel and a fence. */
export type { Job, JobKind, Step } from './job.ts';
export { cancelJobs, type JobProgress, jobsInTrouble, orderJob, progressOf } from './jobs.repository.ts';
export { createJobWorker, type JobWorker } from './worker.ts';
