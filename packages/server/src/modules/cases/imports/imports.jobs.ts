import type { JobKind } from '../../../platform/jobs/index.ts';
import { checkJob } from './check.service.ts';
import { commitJob } from './commit.service.ts';

/** Work of this module that a person waits for. */
export const casesJobs: readonly JobKind[] = [checkJob, commitJob];
