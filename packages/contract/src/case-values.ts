/** The values of a case's fields, as they may be. */
import * as z from 'zod';
import { CASE_FOUND_IN, CASE_OUTCOMES, GENDERS, SEVERITIES } from './case-fields.ts';

const day = z.iso.date().nullable();
const clean = z
  .string()
  .trim()
  .max(300)
  .regex(/^\P{Cc}*$/u, 'no control characters')
  .nullable();

/** Every field of a case by its name; null = not known. */
export const caseValues = z.strictObject({
  dateInfection: day,
  dateOnset: day,
  dateSample: day,
  dateReporting: day,
  dateAdmission: day,
  dateDischarge: day,
  dateOutcome: day,
  outcome: z.enum(CASE_OUTCOMES).nullable(),
  severity: z.enum(SEVERITIES).nullable(),
  hospital: clean,
  gender: z.enum(GENDERS).nullable(),
  age: z.int().min(0).max(120).nullable(),
  occupation: clean,
  hcw: z.boolean().nullable(),
  location: clean,
  foundIn: z.enum(CASE_FOUND_IN).nullable(),
  note: clean,
});
export type CaseValues = z.output<typeof caseValues>;
