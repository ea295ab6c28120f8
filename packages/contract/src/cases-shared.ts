import * as z from 'zod';
import type { Purpose } from './purposes.ts';

export const CASE_PURPOSES = [
  'case_investigation',
  'contact_tracing',
  'isolation_care',
  'outbreak_command',
] as const satisfies Purpose[];

/** A file handed over inside the answer, so that it passes the same door, purpose and audit as everything else. */
export const fileAnswer = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  base64: z.string(),
  rowsCount: z.int(),
});
