/** The errors a day brings, each planted on a tube of its own. The order is the order in which they are dealt out. */
export const RECORD_FAULTS = [
  'tube used twice',
  'person in two open tubes',
  'over-full tube',
  'sampled after sealing',
  'unknown person',
  'unknown identity number',
  'not a sampling site',
  'malformed record',
  'site of another county',
  'clock 48 h ahead',
  'clock 48 h behind',
  'sent twice',
  'id used again for something else',
] as const;

export const CUSTODY_FAULTS = [
  'missing from its box, declared lost',
  'in a box whose list does not name it',
  'voided tube, then a result for it',
  'result before receipt',
] as const;

export const RESULT_FAULTS = [
  'result for an unknown tube',
  'second, different result',
  'Ct values that contradict the outcome',
  'truncated HL7 frame',
  'HL7 cut inside its frame',
  'separators that lie',
  'other separators, declared',
  'name with = in PID',
  'GBK bytes',
  'control id used again',
  'result from another laboratory',
  'FHIR transaction partly bad',
  'CSV with bad rows',
] as const;

export type RecordFault = (typeof RECORD_FAULTS)[number];
export type CustodyFault = (typeof CUSTODY_FAULTS)[number];
export type ResultFault = (typeof RESULT_FAULTS)[number];
export type FaultKind = RecordFault | CustodyFault | ResultFault;
export const FAULTS: readonly FaultKind[] = [...RECORD_FAULTS, ...CUSTODY_FAULTS, ...RESULT_FAULTS];

export const isRecordFault = (fault: FaultKind | null): fault is RecordFault =>
  (RECORD_FAULTS as readonly (FaultKind | null)[]).includes(fault);
export const isResultFault = (fault: FaultKind | null): fault is ResultFault =>
  (RESULT_FAULTS as readonly (FaultKind | null)[]).includes(fault);
