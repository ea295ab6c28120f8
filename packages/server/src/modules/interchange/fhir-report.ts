/** FHIR R4 DiagnosticReport with its Observations and Specimen as findings. Pure; nothing a peer sends throws past it. */
import * as z from 'zod';
import { type Finding, type Observation, tubeCodeOf } from './finding.ts';

export const MAX_ENTRIES = 2_000;
const MAX_DEPTH = 24;

export interface FhirIssue {
  /** FHIRPath of the place. */
  readonly expression: string;
  readonly code: 'structure' | 'invalid' | 'required' | 'not-supported' | 'not-found' | 'too-long';
  readonly text: string;
}

export type FhirReading =
  | {
      readonly ok: true;
      readonly kind: 'transaction' | 'report';
      /** Bundle.identifier, or the report's own. */
      readonly controlId: string | null;
      readonly findings: Finding[];
    }
  | { readonly ok: false; readonly issues: FhirIssue[] };

const text = z.string().max(4_000);
const coding = z.object({ system: text.optional(), code: text.optional(), display: text.optional() });
const concept = z.object({ coding: z.array(coding).max(20).optional(), text: text.optional() });
const identifier = z.object({ system: text.optional(), value: text.optional() });
const reference = z.object({ reference: text.optional(), identifier: identifier.optional() });
const value = {
  valueQuantity: z
    .object({ value: z.number().optional(), comparator: z.enum(['<', '<=', '>=', '>']).optional() })
    .optional(),
  valueCodeableConcept: concept.optional(),
  valueString: text.optional(),
  dataAbsentReason: concept.optional(),
};
const observation = z.object({
  resourceType: z.literal('Observation'),
  id: text.optional(),
  status: z.enum(['final', 'amended', 'corrected']),
  code: concept,
  ...value,
  component: z
    .array(z.object({ code: concept, ...value }))
    .max(50)
    .optional(),
});
const specimen = z.object({
  resourceType: z.literal('Specimen'),
  id: text.optional(),
  accessionIdentifier: identifier.optional(),
  identifier: z.array(identifier).max(20).optional(),
});
const report = z.object({
  resourceType: z.literal('DiagnosticReport'),
  id: text.optional(),
  identifier: z.array(identifier).max(20).optional(),
  status: z.enum(['final', 'amended', 'corrected']),
  code: concept,
  specimen: z.array(reference).length(1),
  result: z.array(reference).min(1).max(50),
  effectiveDateTime: z.iso.datetime({ offset: true }).optional(),
  issued: z.iso.datetime({ offset: true }).optional(),
  contained: z
    .array(z.looseObject({ resourceType: text }))
    .max(100)
    .optional(),
});
const bundle = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('transaction'),
  identifier: identifier.optional(),
  entry: z
    .array(z.object({ fullUrl: text.optional(), resource: z.looseObject({ resourceType: text }) }))
    .min(1)
    .max(MAX_ENTRIES),
});

type Report = z.output<typeof report>;
/** Sent along by laboratories; a result hangs on its tube, so they are let be (the raw message is kept). */
const LET_BE = new Set([
  'Patient',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'ServiceRequest',
  'Device',
]);

export function readFhir(body: string): FhirReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return failed([{ expression: '', code: 'structure', text: 'the body is not JSON' }]);
  }
  if (depthOf(parsed, 0) > MAX_DEPTH) {
    return failed([{ expression: '', code: 'too-long', text: `nested deeper than ${MAX_DEPTH}` }]);
  }
  const type = (parsed as { resourceType?: unknown } | null)?.resourceType;
  if (type === 'DiagnosticReport') return readSingle(parsed);
  if (type === 'Bundle') return readBundle(parsed);
  return failed([
    {
      expression: 'resourceType',
      code: 'not-supported',
      text: 'send a transaction Bundle or a DiagnosticReport',
    },
  ]);
}

const failed = (issues: FhirIssue[]): FhirReading => ({ ok: false, issues: issues.slice(0, 20) });

function depthOf(value: unknown, depth: number): number {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return depth;
  let deepest = depth;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner, depth + 1));
  return deepest;
}

function check<Shape extends z.ZodType>(shape: Shape, given: unknown, at: string, issues: FhirIssue[]) {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues.slice(0, 5)) {
    const path = issue.path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
      .join('');
    issues.push({
      expression: `${at}${path}`,
      code: issue.code === 'invalid_type' && issue.message.includes('undefined') ? 'required' : 'invalid',
      text: issue.message,
    });
  }
  return undefined;
}

/** Resources by every reference that may point at them. */
type Known = Map<string, { readonly at: string; readonly resource: unknown; used: boolean }>;

function readSingle(given: unknown): FhirReading {
  const issues: FhirIssue[] = [];
  const read = check(report, given, 'DiagnosticReport', issues);
  if (!read) return failed(issues);
  const finding = toFinding(read, 'DiagnosticReport', 1, new Map(), issues);
  if (issues.length > 0 || !finding) return failed(issues);
  return { ok: true, kind: 'report', controlId: read.identifier?.[0]?.value ?? null, findings: [finding] };
}

function readBundle(given: unknown): FhirReading {
  const issues: FhirIssue[] = [];
  const read = check(bundle, given, 'Bundle', issues);
  if (!read) return failed(issues);
  const known: Known = new Map();
  const reports: { at: string; given: unknown }[] = [];
  for (const [index, { fullUrl, resource }] of read.entry.entries()) {
    const at = `Bundle.entry[${index}].resource`;
    const { resourceType } = resource;
    if (resourceType === 'DiagnosticReport') reports.push({ at, given: resource });
    else if (resourceType === 'Observation' || resourceType === 'Specimen') {
      const one = { at, resource, used: false };
      const keys = [
        fullUrl,
        typeof resource['id'] === 'string' ? `${resourceType}/${resource['id']}` : undefined,
      ];
      for (const key of keys) {
        if (key === undefined) continue;
        if (known.has(key)) issues.push({ expression: at, code: 'invalid', text: `"${key}" stands twice` });
        known.set(key, one);
      }
    } else if (!LET_BE.has(resourceType)) {
      issues.push({ expression: at, code: 'not-supported', text: `${resourceType} is not taken here` });
    }
  }
  const findings: Finding[] = [];
  for (const [index, one] of reports.entries()) {
    const checked = check(report, one.given, one.at, issues);
    const finding = checked && toFinding(checked, one.at, index + 1, known, issues);
    if (finding) findings.push(finding);
  }
  for (const { at, used } of new Set(known.values())) {
    if (!used)
      issues.push({ expression: at, code: 'invalid', text: 'no report refers to it: it would be lost' });
  }
  if (reports.length === 0) {
    issues.push({ expression: 'Bundle.entry', code: 'required', text: 'there is no DiagnosticReport' });
  }
  if (issues.length > 0) return failed(issues);
  return { ok: true, kind: 'transaction', controlId: read.identifier?.value ?? null, findings };
}

function toFinding(
  read: Report,
  at: string,
  position: number,
  known: Known,
  issues: FhirIssue[],
): Finding | undefined {
  const contained = new Map(
    (read.contained ?? []).map((one, index) => [`#${String(one['id'])}`, { one, index }]),
  );
  const resolve = (
    link: string | undefined,
    where: string,
  ): { resource: unknown; at: string } | undefined => {
    const inside = link === undefined ? undefined : contained.get(link);
    if (inside) return { resource: inside.one, at: `${at}.contained[${inside.index}]` };
    const entry = link === undefined ? undefined : known.get(link);
    if (entry) {
      entry.used = true;
      return entry;
    }
    issues.push({ expression: where, code: 'not-found', text: `"${link ?? ''}" is not in this message` });
    return undefined;
  };

  const tubeCode = tubeCodeIn(read, at, resolve, issues);
  const observations: Observation[] = [];
  for (const [index, link] of read.result.entries()) {
    const found = resolve(link.reference, `${at}.result[${index}]`);
    const one = found && check(observation, found.resource, found.at, issues);
    if (!one) continue;
    const parts = one.component ?? [];
    if (parts.length === 0 || hasValue(one)) observations.push(observationOf(one));
    observations.push(...parts.map(observationOf));
  }
  return {
    position,
    tubeCode,
    assayNames: namesOf(read.code),
    observations,
    testedAt: instantOf(read.effectiveDateTime ?? read.issued),
    correction: read.status !== 'final',
    fault: null,
  };
}

function tubeCodeIn(
  read: Report,
  at: string,
  resolve: (link: string | undefined, where: string) => { resource: unknown; at: string } | undefined,
  issues: FhirIssue[],
): string | null {
  const [link] = read.specimen;
  const where = `${at}.specimen[0]`;
  let candidates = [link?.identifier?.value];
  if (link?.reference !== undefined) {
    const found = resolve(link.reference, where);
    const one = found && check(specimen, found.resource, found.at, issues);
    if (!one) return null;
    candidates = [one.accessionIdentifier?.value, ...(one.identifier ?? []).map((given) => given.value)];
  }
  const code = candidates.map(tubeCodeOf).find((one) => one !== null) ?? null;
  if (code === null) {
    issues.push({
      expression: where,
      code: 'required',
      text: 'the specimen carries no tube code as its identifier',
    });
  }
  return code;
}

type Valued = Pick<
  z.output<typeof observation>,
  'code' | 'valueQuantity' | 'valueCodeableConcept' | 'valueString' | 'dataAbsentReason'
>;

const hasValue = (one: Valued) =>
  one.valueQuantity !== undefined ||
  one.valueCodeableConcept !== undefined ||
  one.valueString !== undefined ||
  one.dataAbsentReason !== undefined;

function observationOf(one: Valued): Observation {
  const { valueQuantity: quantity, valueCodeableConcept: coded } = one;
  const values = coded
    ? namesOf(coded)
    : quantity?.value === undefined
      ? [one.valueString ?? '']
      : [`${quantity.comparator ?? ''}${quantity.value}`];
  return { names: namesOf(one.code), values };
}

const namesOf = ({ coding: codings = [], text: plain }: z.output<typeof concept>): string[] =>
  [...codings.flatMap(({ code, display }) => [code, display]), plain].filter((name) => name !== undefined);

const instantOf = (moment: string | undefined) => (moment ? new Date(moment).toISOString() : null);
