/** A laboratory that reports positive tubes by HL7 v2 over MLLP, one after the other, each again until it is told AA. */
import { newId } from '@levee/contract';
import pg from 'pg';
import { codeOf, newControlId, oru } from '../day/hl7.ts';
import { equal, type Finding, measured } from '../soak.ts';
import { signIn } from './client.ts';
import { type Line, openLine } from './mllp.ts';
import type { Town } from './town.ts';

const MEMBERS = 2;
const AGAIN_MS = 200;

export interface ResultLine {
  /** Tubes are reported no more; resolves when the last has its AA. */
  finish(): Promise<void>;
  check(adminUrl: string): Promise<Finding[]>;
}

export async function openResultLine(
  town: Town,
  mllpPort: number,
  print: (line: string) => void,
): Promise<ResultLine> {
  const county = town.counties[0]!;
  const patience = { forMs: 120_000 };
  const field = await signIn(town.url, town.accountOf('field_worker', county), patience);
  const laboratory = await signIn(town.url, town.accountOf('laboratory', county), patience);
  const security = await signIn(town.url, town.accountOf('security_administrator', '6325'), patience);
  const facility = `LAB${county}`;
  const labId = town.laboratoryOf(county);
  const account = town.accountOf('laboratory', county);
  await security.client.interchange.openLink({
    body: {
      id: newId(),
      name: `${county} 检验系统`,
      labId,
      accountId: account.id,
      sendingFacility: facility,
      sourceAddresses: ['127.0.0.1'],
    },
  });
  const acknowledged: string[] = [];
  let sendings = 0;
  let writing = true;
  let line: Line | null = null;

  /** Somebody's tube, filled, sealed and received: every step under an id that is sent again until it is answered. */
  async function nextTube(): Promise<string> {
    const tube = {
      poolId: newId(),
      tubeCode: `R${newId().slice(-12).toUpperCase()}`,
      capacity: 5 as const,
      siteId: town.siteOf(county),
    };
    const at = new Date(Date.now() - 1_000).toISOString();
    for (let member = 0; member < MEMBERS; member += 1) {
      const personId = town.nextPerson(county);
      if (!personId) throw new Error('everybody has been sampled: the run needs more --people');
      const body = { ...tube, id: newId(), who: { personId }, takenAt: at };
      await field.client.testing.registerSample({ purpose: 'testing', body });
    }
    await field.client.testing.closePool({ body: { ...tube, closedAt: at } });
    await laboratory.client.testing.receive({ body: { tubeCode: tube.tubeCode, labId, receivedAt: at } });
    return tube.tubeCode;
  }

  async function report(tubeCode: string): Promise<void> {
    const message = oru([{ tubeCode, positive: true }], { facility, controlId: newControlId() });
    for (;;) {
      sendings += 1;
      try {
        line ??= await openLine(mllpPort);
        const code = codeOf(await line.exchange(message));
        // Anything else says "not stored": it is sent again, on the same line.
        if (code === 'AA') break;
      } catch {
        line?.close();
        line = null;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    acknowledged.push(tubeCode);
  }

  async function work(): Promise<void> {
    while (writing) await report(await nextTube());
    line?.close();
  }
  const working = work();
  // It is awaited at the end; until then a failure must not go unseen.
  working.catch((error) => print(`the laboratory stopped: ${error}`));

  return {
    async finish() {
      writing = false;
      await working;
    },
    check: (adminUrl) => checkResults(adminUrl, acknowledged, sendings),
  };
}

async function checkResults(
  adminUrl: string,
  acknowledged: readonly string[],
  sendings: number,
): Promise<Finding[]> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    const { rows } = await database.query<{ tube: string; results: number; wanted: number; tasks: number }>(
      `select tube_code as tube,
              (select count(*)::int from result where pool_id = pool.id) as results,
              (select count(*)::int from resample_request where pool_id = pool.id) as wanted,
              (select count(*)::int from task where source_id = pool.id and kind = 'testing.resample') as tasks
         from pool where tube_code = any($1)`,
      [acknowledged],
    );
    const wrong = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).length;
    return [
      measured('results told AA; messages sent for them', `${acknowledged.length}; ${sendings}`),
      equal(
        'told AA and not there',
        acknowledged.length - rows.filter(({ results }) => results > 0).length,
        0,
      ),
      equal(
        'a tube with two results',
        wrong(({ results }) => results > 1),
        0,
      ),
      equal(
        'a positive tube whose people are not each wanted once',
        wrong(({ wanted }) => wanted !== MEMBERS),
        0,
      ),
      equal(
        'a positive tube without exactly one task',
        wrong(({ tasks }) => tasks !== 1),
        0,
      ),
    ];
  } finally {
    await database.end();
  }
}
