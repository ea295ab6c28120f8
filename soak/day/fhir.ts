/** A FHIR R4 transaction as laboratory systems send it: Specimen, Observations, DiagnosticReport. */
import type { Reported } from './hl7.ts';

export function transaction(tubes: readonly Reported[], identifier: string): object {
  const at = new Date(Date.now() - 1_000).toISOString();
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    identifier: { value: identifier },
    entry: tubes.flatMap(({ tubeCode, positive }, index) => {
      const url = (part: string) => `urn:uuid:${part}-${index}`;
      const entry = (part: string, resource: object) => ({ fullUrl: url(part), resource });
      return [
        entry('specimen', { resourceType: 'Specimen', accessionIdentifier: { value: tubeCode } }),
        entry('orf', target('94644-2', positive)),
        entry('n', target('94510-5', positive)),
        entry('report', {
          resourceType: 'DiagnosticReport',
          status: 'final',
          code: { coding: [{ code: 'SARS2-NAAT' }] },
          specimen: [{ reference: url('specimen') }],
          result: [{ reference: url('orf') }, { reference: url('n') }],
          effectiveDateTime: at,
        }),
      ];
    }),
  };
}

const target = (code: string, positive: boolean) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  ...(positive
    ? { valueQuantity: { value: 29.3, unit: '{Ct_value}' } }
    : { dataAbsentReason: { coding: [{ code: 'not-detected' }] } }),
});
