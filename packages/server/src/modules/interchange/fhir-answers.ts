/** What the FHIR door answers: OperationOutcome, transaction-response, and the state of a tube. */
import type { LeveeError } from '@levee/contract';
import type {
  Bundle,
  CapabilityStatement,
  DiagnosticReport,
  OperationOutcome,
  Specimen,
} from '@medplum/fhirtypes';
import type { Context } from '../../platform/context.ts';
import { findCurrentResult, findPoolByTube } from '../testing/index.ts';
import type { FhirIssue, FhirReading } from './fhir-report.ts';
import type { Answer, Taken } from './take-message.ts';

type Issue = OperationOutcome['issue'][number];

export function outcomeOf(error: LeveeError): OperationOutcome {
  const code: Issue['code'] =
    error.status === 401
      ? 'login'
      : error.status === 403
        ? 'forbidden'
        : error.status === 404
          ? 'not-found'
          : error.status === 413
            ? 'too-long'
            : error.status >= 500
              ? 'transient'
              : 'invalid';
  return outcome([
    {
      severity: 'error',
      code,
      details: { text: spoken(error.messages) },
      diagnostics: spoken(error.nextStep),
    },
  ]);
}

export const outcomeOfIssues = (issues: readonly FhirIssue[], messageId: string): OperationOutcome =>
  outcome(
    issues.map(({ expression, code, text }) => ({
      severity: 'error',
      code,
      details: { text },
      diagnostics: `kept as message ${messageId}`,
      ...(expression !== '' && { expression: [expression] }),
    })),
  );

const outcome = (issue: Issue[]): OperationOutcome => ({ resourceType: 'OperationOutcome', issue });
const spoken = ({ zh, en }: { readonly zh: string; readonly en: string }) => `${en} · ${zh}`;

/** 201 and 200 where it is committed; 409 for a control id used before, 422 where a result could not be applied. */
export function takenAnswer(reading: FhirReading, taken: Taken): Answer {
  if (taken.outcome !== 'applied') {
    const kept = taken.verdicts.flatMap(({ finding, verdict }) =>
      verdict.kind === 'kept'
        ? [
            {
              severity: 'error' as const,
              code: verdict.code === 'content' ? ('invalid' as const) : ('business-rule' as const),
              details: { text: spoken(verdict.problem) },
              diagnostics: `${spoken(verdict.nextStep)} (kept in message ${taken.messageId})`,
              expression: [`DiagnosticReport[${finding.position - 1}]`],
            },
          ]
        : [],
    );
    const whole: Issue[] = taken.problem
      ? [{ severity: 'error', code: 'duplicate', details: { text: spoken(taken.problem) } }]
      : [];
    return {
      text: JSON.stringify(outcome(kept.length > 0 ? kept : whole)),
      status: kept.length > 0 ? 422 : 409,
    };
  }
  const reports = taken.verdicts.map(({ finding, verdict }) => ({
    tubeCode: finding.tubeCode!,
    kind: verdict.kind,
  }));
  if (reading.ok && reading.kind === 'report') {
    const [one] = reports;
    const report: Partial<DiagnosticReport> & { resourceType: 'DiagnosticReport' } = {
      resourceType: 'DiagnosticReport',
      status: one?.kind === 'amended' ? 'preliminary' : 'final',
      specimen: [{ identifier: { value: one?.tubeCode ?? '' } }],
    };
    return { text: JSON.stringify(report), status: one?.kind === 'applied' ? 201 : 200 };
  }
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: reports.map(({ tubeCode, kind }) => ({
      response: {
        status: kind === 'applied' ? '201 Created' : kind === 'amended' ? '202 Accepted' : '200 OK',
        location: `DiagnosticReport?specimen.identifier=${tubeCode}`,
      },
    })),
  };
  return { text: JSON.stringify(bundle), status: 200 };
}

const searchset = (resources: (DiagnosticReport | Specimen)[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
});

/** Where a tube is. Nothing of a person: a laboratory works with tube codes. */
export async function specimenBundle(context: Context, tubeCode: string): Promise<Bundle> {
  const pool = await findPoolByTube(context.trx, tubeCode);
  if (!pool) return searchset([]);
  const gone = pool.state === 'rejected' || pool.state === 'lost';
  return searchset([
    {
      resourceType: 'Specimen',
      id: pool.id,
      accessionIdentifier: { value: pool.tubeCode },
      status: pool.state === 'rejected' ? 'unsatisfactory' : gone ? 'unavailable' : 'available',
      ...(pool.receivedAt !== null && { receivedTime: pool.receivedAt }),
      collection: { collectedDateTime: pool.openedAt },
      note: [{ text: `${pool.state}; ${pool.memberCount}/${pool.capacity}` }],
    },
  ]);
}

const CODED = {
  negative: { code: '260385009', display: 'Negative' },
  positive: { code: '10828004', display: 'Positive' },
  inconclusive: { code: '419984006', display: 'Inconclusive' },
  invalid: { code: '455371000124106', display: 'Invalid result' },
} as const;

/** The result in force of a tube. */
export async function reportBundle(context: Context, tubeCode: string): Promise<Bundle> {
  const pool = await findPoolByTube(context.trx, tubeCode);
  const result = pool && (await findCurrentResult(context.trx, pool.id));
  if (!pool || !result) return searchset([]);
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: result.id,
    status: result.supersedes ? 'amended' : 'final',
    code: { text: 'SARS-CoV-2 NAAT' },
    effectiveDateTime: result.testedAt,
    issued: result.reportedAt,
    specimen: [{ identifier: { value: pool.tubeCode } }],
    conclusionCode: [{ coding: [{ system: 'http://snomed.info/sct', ...CODED[result.outcome] }] }],
  };
  return searchset([report]);
}

export const capability = (version: string): CapabilityStatement => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-24',
  kind: 'instance',
  software: { name: 'Levee', version },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'transaction' }],
      resource: [
        {
          type: 'DiagnosticReport',
          interaction: [{ code: 'create' }, { code: 'search-type' }],
          searchParam: [{ name: 'specimen.identifier', type: 'token' }],
        },
        {
          type: 'Specimen',
          interaction: [{ code: 'search-type' }],
          searchParam: [{ name: 'identifier', type: 'token' }],
        },
      ],
    },
  ],
});
