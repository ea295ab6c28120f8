/** What is kept of a search and of a contact. */
import type { ContactClassCode, ContactState } from '@levee/contract';
import type { TraceWindow } from '@levee/protocol';
import type { FindingRecord } from './findings.ts';

export type KeptWindow = Omit<TraceWindow, 'reasons'> & {
  readonly reasons: readonly { zh: string; en: string }[];
  readonly packId: string;
  readonly packTitle: { zh: string; en: string };
};

export type ClassCounts = Record<ContactClassCode, number>;

export interface SearchRecord {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly incidentId: string;
  readonly division: string;
  readonly packId: string;
  readonly from: string;
  readonly until: string;
  readonly traceWindow: KeptWindow;
  readonly adjusted: boolean;
  readonly minMinutes: number;
  readonly lingeringMinutes: number;
  readonly placeIds: string[] | null;
  readonly path: 'index' | 'sql';
  readonly asOf: string;
  readonly purpose: string;
  readonly staysCount: number;
  readonly meetingsCount: number;
  readonly milliseconds: number;
  readonly counts: ClassCounts;
  readonly outside: readonly { division: string; peopleCount: number }[];
  readonly actor: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly adoptedAt: string | null;
}

export interface ContactRecord extends Omit<FindingRecord, 'class'> {
  readonly id: string;
  readonly incidentId: string;
  readonly caseId: string;
  readonly proposedClass: ContactClassCode;
  readonly class: ContactClassCode | null;
  readonly state: ContactState;
  readonly packId: string;
  readonly searchId: string;
  readonly assistanceRequestId: string | null;
  readonly reason: string | null;
  readonly reviewedBy: { readonly id: string; readonly name: string } | null;
  readonly reviewedAt: string | null;
  readonly lostAt: string | null;
  readonly isolatedAt: string | null;
  readonly proposedAt: string;
  readonly version: number;
}

/** Whether a search says something else about a contact than what is kept. */
export const differs = (contact: ContactRecord, finding: FindingRecord): boolean =>
  contact.lostAt !== null ||
  contact.proposedClass !== finding.class ||
  contact.rule !== finding.rule ||
  contact.order !== finding.order ||
  contact.firstExposure !== finding.firstExposure ||
  contact.lastExposure !== finding.lastExposure ||
  contact.minutes !== finding.minutes;

/** 密接 first, then 次密接, then 一般接触者. */
export const countByClass = (classes: Iterable<ContactClassCode>): ClassCounts => {
  const counts = { close: 0, contact_of_contact: 0, general: 0 };
  for (const one of classes) counts[one] += 1;
  return counts;
};
