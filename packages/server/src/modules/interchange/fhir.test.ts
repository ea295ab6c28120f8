import { connect } from 'node:net';
import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillTube } from '../../platform/testing/testing-ground.ts';
import { readFhir } from './fhir-report.ts';
import { type InterchangeGround, openInterchangeGround } from './interchange-ground.ts';

/** Mutations tried; `LEVEE_FUZZ_RUNS=100000` for the long run. */
const numRuns = Number(process.env['LEVEE_FUZZ_RUNS'] ?? 1_500);

interface Tube {
  readonly tubeCode: string;
  readonly orf?: number;
  readonly n?: number;
  readonly coded?: string;
}

const ct = (code: string, display: string, value: number | undefined) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code, display }] },
  ...(value === undefined
    ? { dataAbsentReason: { coding: [{ code: 'not-detected' }] }, valueString: 'Undetermined' }
    : { valueQuantity: { value, unit: '{Ct_value}' } }),
});

interface Answer extends Pick<OperationOutcome, 'issue'>, Pick<Bundle, 'entry'> {
  readonly resourceType: string;
}

/** A transaction as laboratory systems send it: Specimen, Observations, DiagnosticReport, Patient. */
function transaction(tubes: readonly Tube[], identifier?: string) {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    ...(identifier !== undefined && { identifier: { value: identifier } }),
    entry: tubes.flatMap(({ tubeCode, orf, n, coded = '260385009' }, index) => {
      const url = (part: string) => `urn:uuid:${part}-${index}`;
      const post = (part: string, resource: object) => ({
        fullUrl: url(part),
        resource,
        request: { method: 'POST', url: String((resource as { resourceType: string }).resourceType) },
      });
      return [
        post('patient', { resourceType: 'Patient', name: [{ text: '=张三' }] }),
        post('specimen', { resourceType: 'Specimen', accessionIdentifier: { value: tubeCode } }),
        post('orf', ct('94644-2', 'ORF1ab', orf)),
        post('n', ct('94510-5', 'N', n)),
        post('all', {
          resourceType: 'Observation',
          status: 'final',
          code: { coding: [{ system: 'http://loinc.org', code: '94500-6' }] },
          valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: coded }] },
        }),
        post('report', {
          resourceType: 'DiagnosticReport',
          status: 'final',
          code: { coding: [{ code: 'SARS2-NAAT' }] },
          specimen: [{ reference: url('specimen') }],
          result: [{ reference: url('orf') }, { reference: url('n') }, { reference: url('all') }],
          effectiveDateTime: '2022-08-11T17:59:00+08:00',
        }),
      ];
    }),
  };
}

describe('FHIR R4', () => {
  let ground: InterchangeGround;
  beforeAll(async () => {
    ground = await openInterchangeGround();
  });
  afterAll(() => ground.close());

  const call = (path: string, init: RequestInit = {}, token = ground.token) =>
    fetch(`${ground.house.url}/api/fhir${path}`, {
      ...init,
      headers: {
        'content-type': 'application/fhir+json',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
        ...init.headers,
      },
    });
  const post = async (resource: unknown, path = '', token = ground.token) => {
    const body = typeof resource === 'string' ? resource : JSON.stringify(resource);
    const response = await call(path, { method: 'POST', body }, token);
    return { status: response.status, body: (await response.json()) as Answer };
  };

  it('a transaction of reports with observations and specimens becomes results [C4 T52]', async () => {
    const [clean, positive] = [await ground.receivedTube(), await ground.receivedTube()];
    const sent = transaction([
      { tubeCode: clean },
      { tubeCode: positive, orf: 28.4, n: 27.1, coded: '260373001' },
    ]);
    const { status, body } = await post(sent);
    expect(status).toBe(200);
    expect(body.entry?.map(({ response }) => response?.status)).toEqual(['201 Created', '201 Created']);
    expect(await ground.outcomeOf(clean)).toBe('negative');
    expect(await ground.outcomeOf(positive)).toBe('positive');
  });

  it('a transaction that is partly bad changes nothing, says what is bad, and is kept [T52]', async () => {
    const good = await ground.receivedTube();
    const { status, body } = await post(transaction([{ tubeCode: good }, { tubeCode: 'NOSUCHTUBE' }]));
    expect(status).toBe(422);
    expect(body.resourceType).toBe('OperationOutcome');
    expect(body.issue.map(({ expression }) => expression?.[0])).toEqual([
      'DiagnosticReport[0]',
      'DiagnosticReport[1]',
    ]);
    expect(await ground.outcomeOf(good)).toBeNull();
    const kept = await ground.lab.client.interchange.quarantine({ query: {} });
    expect(kept.items.map(({ tubeCode }) => tubeCode).sort()).toEqual(['NOSUCHTUBE', good].sort());
    // Mended and sent again, it is applied.
    expect((await post(transaction([{ tubeCode: good }]))).status).toBe(200);
    expect(await ground.outcomeOf(good)).toBe('negative');
  });

  it('a report about a tube nobody received is 422, kept whole with a duty, and applied on receipt [T66]', async () => {
    const tube = await fillTube(ground, 5, await ground.people(1));
    const { status, body } = await post(transaction([{ tubeCode: tube.tubeCode }]));
    expect(status).toBe(422);
    expect(body.issue[0]!.details!.text).toContain(tube.tubeCode);
    expect(await ground.outcomeOf(tube.tubeCode)).toBeNull();
    const { items } = await ground.lab.client.interchange.quarantine({ query: {} });
    expect(items.find(({ tubeCode }) => tubeCode === tube.tubeCode)).toMatchObject({ waitsForReceipt: true });
    await ground.receive(tube.tubeCode);
    await ground.house.settle();
    expect(await ground.outcomeOf(tube.tubeCode)).toBe('negative');
  });

  it('a single report carries its parts inside; sent again it is the same result [C4 T20]', async () => {
    const tubeCode = await ground.receivedTube();
    const report = {
      resourceType: 'DiagnosticReport',
      identifier: [{ value: 'R-1' }],
      status: 'final',
      code: { text: 'SARS2-NAAT' },
      specimen: [{ reference: '#s' }],
      result: [{ reference: '#o' }],
      contained: [
        { resourceType: 'Specimen', id: 's', identifier: [{ value: tubeCode }] },
        {
          resourceType: 'Observation',
          id: 'o',
          status: 'final',
          code: { text: '结果' },
          component: [
            { code: { text: 'ORF1ab' }, valueString: '' },
            { code: { text: 'N' }, valueString: '' },
          ],
        },
      ],
    };
    const first = await post(report, '/DiagnosticReport');
    expect(first.status).toBe(201);
    expect(await post(report, '/DiagnosticReport')).toEqual(first);
    expect(await ground.outcomeOf(tubeCode)).toBe('negative');
  });

  it('a laboratory asks where its tube is and what is in force, and learns of no person [C4 R2]', async () => {
    const tubeCode = await ground.receivedTube();
    const before = await (await call(`/Specimen?identifier=${tubeCode}`)).json();
    expect(before.entry[0].resource).toMatchObject({ resourceType: 'Specimen', status: 'available' });
    await post(transaction([{ tubeCode }]));
    const after = await (await call(`/DiagnosticReport?specimen.identifier=x|${tubeCode}`)).json();
    expect(after.entry[0].resource.conclusionCode[0].coding[0].display).toBe('Negative');
    expect(JSON.stringify([before, after])).not.toContain('居民');
    expect((await (await call('/metadata')).json()).fhirVersion).toBe('4.0.1');
  });

  it('without a valid token or a laboratory’s session nothing is taken; errors are OperationOutcomes [T38 T52]', async () => {
    const { status, body } = await post(transaction([{ tubeCode: 'QH000001' }]), '', 'levee-lab-wrong');
    expect([status, body.resourceType, body.issue[0]?.code]).toEqual([401, 'OperationOutcome', 'login']);
    const tubeCode = await ground.receivedTube();
    const bySession = (cookie: string) =>
      call(
        `?lab=${ground.labId}`,
        { method: 'POST', body: JSON.stringify(transaction([{ tubeCode }])), headers: { cookie } },
        '',
      );
    expect((await bySession(ground.desk.cookie())).status).toBe(403);
    const foreign = await call(
      `?lab=${ground.labId}`,
      {
        method: 'POST',
        body: '{}',
        headers: { cookie: ground.lab.cookie(), origin: 'https://elsewhere.example' },
      },
      '',
    );
    expect(foreign.status).toBe(403);
    expect((await bySession(ground.lab.cookie())).status).toBe(200);
    const html = await call('', { method: 'POST', body: '<x/>', headers: { 'content-type': 'text/xml' } });
    expect([html.status, (await html.json()).resourceType]).toEqual([400, 'OperationOutcome']);
  });

  it('bad resources are refused by place: not JSON, deep, self-reference, unknown, lost observation [T52]', async () => {
    const bundle = transaction([{ tubeCode: 'QH000001' }]);
    const orphan = {
      ...bundle,
      entry: [...bundle.entry, { fullUrl: 'urn:x', resource: ct('94510-5', 'N', 20) }],
    };
    const self = {
      resourceType: 'DiagnosticReport',
      id: 'me',
      status: 'final',
      code: {},
      specimen: [{ reference: '#me' }],
      result: [{ reference: '#me' }],
      contained: [{ resourceType: 'DiagnosticReport', id: 'me', contained: [{ reference: '#me' }] }],
    };
    let deep: unknown = {};
    for (let level = 0; level < 60; level += 1) deep = { contained: [deep] };
    for (const [body, expression] of [
      ['{"resourceType":', undefined],
      [{ ...(deep as object), resourceType: 'DiagnosticReport' }, undefined],
      [self, 'DiagnosticReport.contained[0]'],
      [{ resourceType: 'Medication' }, 'resourceType'],
      [orphan, 'Bundle.entry[6].resource'],
      [{ ...bundle, type: 'batch' }, 'Bundle.type'],
    ] as const) {
      const answer = await post(body);
      expect([answer.status, answer.body.resourceType]).toEqual([400, 'OperationOutcome']);
      expect(
        answer.body.issue[0]?.expression?.[0]?.startsWith(expression ?? '') ?? expression === undefined,
      ).toBe(true);
      expect(answer.body.issue[0]?.details?.text).not.toBe('');
    }
    const large = await post(`{"resourceType":"Bundle","x":"${'x'.repeat(3_000_000)}"}`);
    expect([large.status, large.body.issue[0]?.code]).toEqual([413, 'too-long']);
  });

  it('a mutated bundle is read whole or refused with a place, never thrown at, never half [T52]', () => {
    const base = transaction(
      [{ tubeCode: 'QH000001' }, { tubeCode: 'QH000002', orf: 20, n: 21, coded: '260373001' }],
      'b',
    );
    const paths = pathsOf(base);
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constant(base),
      fc.constantFrom('#', '__proto__', 1e300),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(paths.length - 1), value, fc.boolean()), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const copy = structuredClone(base) as unknown;
          for (const [at, put, drop] of changes) change(copy, paths[at]!, put, drop);
          const reading = readFhir(JSON.stringify(copy) ?? '');
          if (reading.ok) expect(reading.findings.every(({ tubeCode }) => tubeCode !== null)).toBe(true);
          else expect(reading.issues.length).toBeGreaterThan(0);
        },
      ),
      { numRuns },
    );
  });

  it('a line cut after the commit loses nothing: the same bundle again answers the same [T20]', async () => {
    const tube = await fillTube(ground, 5, await ground.people(1));
    await ground.lab.client.testing.receive({
      body: { tubeCode: tube.tubeCode, labId: ground.labId, receivedAt: ground.now() },
    });
    const body = JSON.stringify(transaction([{ tubeCode: tube.tubeCode }], 'CUT-1'));
    const { hostname, port } = new URL(ground.house.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/fhir HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ground.token}\r\nContent-Type: application/fhir+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    // The first byte of the answer is there, so it is committed; the rest is thrown away.
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    expect((await post(body)).status).toBe(200);
    const rows = (await ground.messages()).filter(({ control_id }) => control_id === 'CUT-1');
    expect(rows).toHaveLength(1);
    expect(await ground.outcomeOf(tube.tubeCode)).toBe('negative');
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function change(root: unknown, path: Path, put: unknown, drop: boolean): void {
  let at = root as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null) return;
    at = at[key] as Record<string | number, unknown>;
  }
  const last = path.at(-1)!;
  if (typeof at !== 'object' || at === null) return;
  if (drop) delete at[last];
  else at[last] = structuredClone(put);
}
