/** The laboratories' systems: plates of results by HL7, FHIR and file, and every way a report goes wrong. */
import { newId } from '@levee/contract';
import { framed, type Line, openLine, sendAndHangUp } from '../stage/mllp.ts';
import { isResultFault, type ResultFault } from './faults.ts';
import { transaction } from './fhir.ts';
import { codeOf, inGbk, lying, newControlId, oru, type Reported, withMarks } from './hl7.ts';
import type { Tube } from './ledger.ts';
import type { Laboratory, Stage } from './stage.ts';

const reported = ({ code, positive }: Tube): Reported => ({ tubeCode: code, positive });

/** A plate of ordinary results by the laboratory's own protocol, then the tubes with a planted error one by one. */
export async function reportPlate(stage: Stage, lab: Laboratory, tubes: readonly Tube[]): Promise<void> {
  const plain = tubes.filter(({ fault }) => !isResultFault(fault));
  if (plain.length > 0) {
    await REPORT[lab.protocol](stage, lab, plain);
    for (const tube of plain) done(tube);
  }
  for (const tube of tubes) if (isResultFault(tube.fault)) await reportBadly(stage, lab, tube, tube.fault);
}

function done(tube: Tube): void {
  tube.state = 'resulted';
  tube.outcome = tube.positive ? 'positive' : 'negative';
}

const REPORT: Record<
  Laboratory['protocol'],
  (stage: Stage, lab: Laboratory, tubes: readonly Tube[]) => Promise<void>
> = {
  async hl7(stage, lab, tubes) {
    expectCode(
      stage,
      await byHl7(stage, oru(tubes.map(reported), header(lab))),
      'AA',
      `plate of ${tubes[0]!.code}`,
    );
  },
  async fhir(stage, lab, tubes) {
    const status = await byFhir(stage, lab, tubes.map(reported));
    if (status !== 200) stage.ledger.surprise(`FHIR transaction of ${tubes[0]!.code}: ${status}`);
  },
  async csv(stage, lab, tubes) {
    const file = await byFile(
      lab,
      tubes.map((tube) => row(tube)),
    );
    if (file.acceptedCount !== tubes.length) {
      stage.ledger.surprise(`file of ${tubes[0]!.code}: ${file.acceptedCount} of ${tubes.length} accepted`);
    }
  },
};

const header = ({ facility }: Laboratory) => ({ facility, controlId: newControlId() });

/** One tube by HL7, expected to be refused and kept. */
export async function reportOne(
  stage: Stage,
  lab: Laboratory,
  tube: Tube,
  expected: 'AA' | 'AE' | 'AR',
  kept?: { code: string; state: 'open' | 'applied' },
  result: Partial<Reported> = {},
): Promise<void> {
  const message = oru([{ ...reported(tube), ...result }], header(lab));
  expectCode(stage, await byHl7(stage, message), expected, `${tube.fault} ${tube.code}`);
  if (kept) {
    const where = { where: 'kept result', tubeCode: result.tubeCode ?? tube.code, ...kept } as const;
    stage.ledger.planted.push({ kind: tube.fault!, ...where });
  }
}

async function reportBadly(stage: Stage, lab: Laboratory, tube: Tube, kind: ResultFault): Promise<void> {
  const { ledger, mllpPort } = stage;
  const good = () => reportOne(stage, lab, tube, 'AA');
  const message = () => oru([reported(tube)], header(lab));
  const open = (code: string) => ({ code, state: 'open' as const });
  const asItIs = async (bytes: string | Buffer) => {
    expectCode(stage, await byHl7(stage, bytes), 'AA', `${kind} ${tube.code}`);
    ledger.planted.push({ kind, where: 'read as it is', tubeCode: tube.code });
  };
  const keptMessage = (outcome: string, bytes: number) =>
    ledger.planted.push({ kind, where: 'kept message', outcome, bytes });
  switch (kind) {
    case 'result for an unknown tube':
      await reportOne(stage, lab, tube, 'AE', open('unknown_tube'), { tubeCode: `NO${tube.code}` });
      await good();
      break;
    case 'second, different result':
      await good();
      await reportOne(stage, lab, tube, 'AE', open('conflict'), { positive: true });
      break;
    case 'Ct values that contradict the outcome':
      await reportOne(stage, lab, tube, 'AE', open('content'), { ct: '24.1' });
      await good();
      break;
    case 'truncated HL7 frame': {
      const half = framed(message()).subarray(0, 300 + stage.random.whole(100));
      await sendAndHangUp(mllpPort, half);
      keptMessage('incomplete', half.length - 1);
      await good();
      break;
    }
    case 'HL7 cut inside its frame': {
      const whole = message();
      const cut = whole.slice(0, whole.indexOf('OBX|1') + 12);
      expectCode(stage, await byHl7(stage, cut), 'AE', `${kind} ${tube.code}`);
      ledger.planted.push({ kind, where: 'kept result', tubeCode: tube.code, ...open('content') });
      await good();
      break;
    }
    case 'separators that lie': {
      const bad = Buffer.from(lying(message()));
      expectCode(stage, await byHl7(stage, bad), 'AR', `${kind} ${tube.code}`);
      keptMessage('not_understood', bad.length);
      await good();
      break;
    }
    case 'other separators, declared':
      await asItIs(withMarks(message(), '#@*!$'));
      break;
    case 'name with = in PID':
      await asItIs(oru([reported(tube)], { ...header(lab), patient: '=HYPERLINK("x")张=三' }));
      break;
    case 'GBK bytes':
      await asItIs(inGbk(oru([reported(tube)], { ...header(lab), charset: 'GBK', patient: '才让多杰' })));
      break;
    case 'control id used again': {
      const controlId = newControlId();
      const own = { ...header(lab), controlId };
      expectCode(stage, await byHl7(stage, oru([reported(tube)], own)), 'AA', `${kind} ${tube.code}`);
      const other = Buffer.from(oru([{ tubeCode: tube.code, positive: true }], own));
      expectCode(stage, await byHl7(stage, other), 'AE', `${kind} ${tube.code}`);
      keptMessage('refused', other.length);
      break;
    }
    case 'result from another laboratory': {
      const stranger = [...stage.laboratories.values()].find(({ county }) => county !== lab.county)!;
      // A laboratory of another county learns nothing of the tube, not even that it exists (T38).
      await reportOne(stage, stranger, tube, 'AE', open('unknown_tube'));
      await good();
      break;
    }
    case 'FHIR transaction partly bad': {
      const unknown = `NO${tube.code}`;
      const status = await byFhir(stage, lab, [reported(tube), { tubeCode: unknown, positive: false }]);
      if (status !== 422) ledger.surprise(`${kind} ${tube.code}: ${status}`);
      ledger.planted.push(
        { kind, where: 'kept result', tubeCode: tube.code, ...open('together') },
        { kind, where: 'kept result', tubeCode: unknown, ...open('unknown_tube') },
      );
      await good();
      break;
    }
    case 'CSV with bad rows': {
      const unknown = `NO${tube.code}`;
      const file = await byFile(lab, [row(tube), `${unknown},阴性,,,`, `${tube.code},阴性,,`]);
      if (file.acceptedCount !== 1 || file.quarantinedCount !== 2) ledger.surprise(`${kind} ${tube.code}`);
      ledger.planted.push(
        { kind, where: 'kept result', tubeCode: unknown, ...open('unknown_tube') },
        { kind, where: 'kept result', tubeCode: tube.code, ...open('content') },
      );
    }
  }
  done(tube);
}

/** Lines are kept open between messages, as an analyser keeps its own. */
const idle: Line[] = [];

async function byHl7(stage: Stage, message: Buffer | string): Promise<string> {
  // Not stored now (AR 207) and a line that broke: the peer sends the very same message again.
  for (let left = 20; ; left -= 1) {
    try {
      const line = idle.pop() ?? (await openLine(stage.mllpPort));
      const ack = await line.exchange(message);
      idle.push(line);
      if (left === 0 || !ack.includes('not stored; send it again later')) return codeOf(ack) + ack;
    } catch (cause) {
      if (left === 0) throw cause;
    }
    stage.ledger.resent += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export function closeLines(): void {
  for (const line of idle.splice(0)) line.close();
}

function expectCode({ ledger }: Stage, ack: string, wanted: string, what: string): void {
  if (!ack.startsWith(wanted))
    ledger.surprise(`${what}: ${ack.slice(0, 2)} for ${wanted}: ${ack.split('\r').at(-2)?.slice(0, 120)}`);
}

async function byFhir(stage: Stage, { token }: Laboratory, tubes: readonly Reported[]): Promise<number> {
  const body = JSON.stringify(transaction(tubes, newControlId()));
  for (let left = 20; ; left -= 1) {
    const response = await fetch(`${stage.url}/api/fhir`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${token}` },
      body,
    });
    await response.arrayBuffer();
    if (response.status !== 503 || left === 0) return response.status;
    stage.ledger.resent += 1;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

const HEADER = '管码,检测结果,ORF1ab Ct值,N Ct值,检测时间';
const row = ({ code, positive }: Tube) => `${code},${positive ? '阳性,29.3,29.3' : '阴性,,'},`;

function byFile({ id: labId, person }: Laboratory, rows: readonly string[]) {
  const content = Buffer.from([HEADER, ...rows].join('\r\n')).toString('base64');
  const body = { id: newId(), labId, name: 'results.csv', content, dryRun: false };
  return person.client.interchange.reportFile({ purpose: 'testing', body });
}
