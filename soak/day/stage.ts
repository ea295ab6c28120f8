/** Everything the people of the day share: their sessions, the ledger, the plan, where laboratories listen. */
import { newId } from '@levee/contract';
import type { Prefecture } from '@levee/server/testing';
import type { Random } from '../random.ts';
import { type Person, signIn } from '../stage/client.ts';
import type { Ledger } from './ledger.ts';
import type { DayPlan } from './plan.ts';

export interface Laboratory {
  readonly id: string;
  readonly county: string;
  /** How its analysers report; every laboratory can also speak HL7. */
  readonly protocol: 'hl7' | 'fhir' | 'csv';
  readonly facility: string;
  readonly token: string;
  readonly person: Person;
}

export interface Stage {
  readonly url: string;
  readonly mllpPort: number;
  readonly plan: DayPlan;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Field worker of each county. */
  readonly field: ReadonlyMap<string, Person>;
  readonly laboratories: ReadonlyMap<string, Laboratory>;
  readonly commander: Person;
  readonly roundId: string;
}

/** A batch is written down over some seconds before it is sent: its moments lie in the past. */
export const WRITTEN_BEFORE_MS = 3_000;

const PROTOCOLS: Readonly<Record<string, Laboratory['protocol']>> = { '632524': 'fhir', '632525': 'csv' };

export async function setStage(given: {
  url: string;
  mllpPort: number;
  prefecture: Prefecture;
  plan: DayPlan;
  ledger: Ledger;
  random: Random;
  print: (line: string) => void;
}): Promise<Stage> {
  const { url, prefecture, plan, ledger } = given;
  const enter = (role: string, division: string) =>
    signIn(url, accountOf(prefecture, role, division), { forMs: 120_000, again: () => (ledger.resent += 1) });
  const security = await enter('security_administrator', '6325');
  const commander = await enter('commander', '6325');
  const field = new Map<string, Person>();
  const laboratories = new Map<string, Laboratory>();
  for (const county of plan.counties) {
    field.set(county, await enter('field_worker', county));
    const lab = prefecture.venues.get('laboratory')!.find(({ division }) => division.startsWith(county))!;
    const linkId = newId();
    const facility = `LAB${county}`;
    await security.client.interchange.openLink({
      body: {
        id: linkId,
        name: `${county} 检验系统`,
        labId: lab.id,
        accountId: accountOf(prefecture, 'laboratory', county).id,
        sendingFacility: facility,
        sourceAddresses: ['127.0.0.1'],
      },
    });
    const { token } = await security.client.interchange.makeToken({ params: { linkId } });
    laboratories.set(county, {
      id: lab.id,
      county,
      protocol: PROTOCOLS[county] ?? 'hl7',
      facility,
      token,
      person: await enter('laboratory', county),
    });
  }
  const started = performance.now();
  const roundId = await startRound(commander);
  const counted = performance.now() - started;
  // A batch says when its swabs were taken, seconds ago: all of it belongs to the round.
  await new Promise((resolve) => setTimeout(resolve, 2 * WRITTEN_BEFORE_MS));
  given.print(`round started, ${counted.toFixed(0)} ms to count the register`);
  return { ...given, field, laboratories, commander, roundId };
}

const accountOf = ({ accounts }: Prefecture, role: string, division: string) =>
  accounts.find((one) => one.role === role && one.division === division)!;

/** The second way a screening begins: a signal raised by hand, the response activated, a round of the whole prefecture. */
async function startRound({ client }: Person): Promise<string> {
  const [signalId, incidentId, roundId] = [newId(), newId(), newId()];
  await client.incidents.raiseSignal({
    body: { id: signalId, division: '632521', note: '演练：社会面初筛阳性' },
  });
  await client.incidents.activate({
    body: {
      id: incidentId,
      signalIds: [signalId],
      packId: 'covid19-cn-9',
      level: 'II',
      division: '6325',
      name: { zh: '全州演练疫情', en: 'Exercise of the whole prefecture' },
      reason: '演练',
    },
  });
  await client.rounds.start({
    body: {
      id: roundId,
      incidentId,
      division: '6325',
      poolSize: 10,
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 24 * 3_600_000).toISOString(),
      siteIds: [],
    },
  });
  return roundId;
}
