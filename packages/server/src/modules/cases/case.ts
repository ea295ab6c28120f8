/** A case, and the rules its days must keep. */
import {
  type Bilingual,
  CASE_FIELDS,
  type CaseField,
  type CaseValues,
  type Classification,
  caseFields,
} from '@levee/contract';

export interface CaseFile extends CaseValues {
  readonly id: string;
  readonly externalId: string;
  readonly incidentId: string | null;
  readonly lineListId: string | null;
  readonly importId: string | null;
  readonly personId: string | null;
  readonly classification: Classification;
  readonly division: string;
  readonly resultId: string | null;
  readonly sampleId: string | null;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly version: number;
}

export interface CaseChange {
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
  readonly reason: string | null;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly version: number;
}

export const NO_VALUES = Object.fromEntries(CASE_FIELDS.map((name) => [name, null])) as unknown as CaseValues;

export interface DayFault {
  readonly field: CaseField;
  /** The day it must not lie before, of a `date_order`. */
  readonly earlier?: CaseField;
  readonly code: 'date_order' | 'date_future' | 'date_implausible';
  readonly problem: Bilingual;
}

/** Days in the order a disease takes: none may lie before an earlier one of its line. */
const ORDER: readonly (readonly [earlier: CaseField, later: CaseField, strictly?: 'strictly'])[] = [
  // Nobody falls ill on the day of infection: an incubation of zero days is a slip of the pen in every disease here.
  ['dateInfection', 'dateOnset', 'strictly'],
  ['dateOnset', 'dateAdmission'],
  ['dateOnset', 'dateOutcome'],
  ['dateOnset', 'dateReporting'],
  ['dateSample', 'dateReporting'],
  ['dateAdmission', 'dateDischarge'],
  ['dateAdmission', 'dateOutcome'],
  ['dateInfection', 'dateOutcome'],
];
/** A line list of people alive today starts here; older days are slips of a century. */
const EARLIEST = '1900-01-01';

/**
 * What is wrong with the days of a case. `today` is the civil day of the act; days after it have not happened yet.
 * An onset after the report is not here as an error of order alone: people are found before they fall ill; see
 * `isEarlyReport`.
 */
export function dayFaults(values: Partial<CaseValues>, today: string): DayFault[] {
  const faults: DayFault[] = [];
  for (const field of CASE_FIELDS) {
    if (caseFields[field].kind !== 'day') continue;
    const day = values[field] as string | null | undefined;
    if (!day) continue;
    const { label } = caseFields[field];
    if (day > today) {
      faults.push({
        field,
        code: 'date_future',
        problem: { zh: `${label.zh} ${day} 晚于今天`, en: `${label.en} ${day} has not come yet` },
      });
    } else if (day < EARLIEST) {
      faults.push({
        field,
        code: 'date_implausible',
        problem: { zh: `${label.zh} ${day} 过早，不合理`, en: `${label.en} ${day} is too long ago` },
      });
    }
  }
  for (const [earlier, later, strictly] of ORDER) {
    const before = values[earlier] as string | null | undefined;
    const after = values[later] as string | null | undefined;
    if (!before || !after || isEarlyReport(earlier, later)) continue;
    if (strictly ? after > before : after >= before) continue;
    const names = { before: caseFields[earlier].label, after: caseFields[later].label };
    faults.push({
      field: later,
      earlier,
      code: 'date_order',
      problem: {
        zh: `${names.after.zh} ${after} ${after === before ? '与' : '早于'}${names.before.zh} ${before}${after === before ? ' 同日' : ''}`,
        en: `${names.after.en} ${after} is ${after === before ? 'the same day as' : 'before'} ${names.before.en.toLowerCase()} ${before}`,
      },
    });
  }
  return faults;
}

/** A report before the onset is a person found before symptoms (screening, contacts): a question, not an error. */
export const isEarlyReport = (earlier: CaseField, later: CaseField): boolean =>
  earlier === 'dateOnset' && later === 'dateReporting';
