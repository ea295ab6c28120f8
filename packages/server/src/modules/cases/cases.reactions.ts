/** What the line list hears: a signal that joined an incident is a case from that moment. */
import type { CaseValues } from '@levee/contract';
import { caseValues, newId } from '@levee/contract';
import { civilDayOf } from '../../platform/clock.ts';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { findPersonById } from '../people/index.ts';
import { findDecision } from '../testing/index.ts';
import { findCaseOfPerson, findCaseOfSample } from './cases.repository.ts';
import { changeCase, openCase } from './cases.service.ts';

interface SignalJoined {
  readonly signalId: string;
  readonly kind?: string;
  readonly incidentId: string;
  readonly personId: string | null;
  readonly resultId: string | null;
  readonly sampleId: string | null;
  readonly foundIn: string | null;
}

const openOnSignal: Reaction = {
  name: 'cases.open-on-signal',
  kinds: ['signal.joined'],
  async handle(context, event) {
    const data = event.data as unknown as SignalJoined;
    // A count above what chance explains is nobody's illness.
    if (data.kind === 'aberration') return;
    const person = data.personId ? await findPersonById(context.trx, data.personId) : undefined;
    // A second positive of the same person belongs to the case there is.
    if (person && (await findCaseOfPerson(context.trx, data.incidentId, person.id))) return;
    const zone = context.platform.config.LEVEE_TIME_ZONE;
    // The ledger may have said by now how the person was found; until then the desk's word stands.
    const decided = data.sampleId ? await findDecision(context.trx, data.sampleId) : undefined;
    const foundIn = caseValues.shape.foundIn.safeParse(decided?.foundIn ?? data.foundIn);
    const values: Partial<CaseValues> = {
      foundIn: foundIn.success ? foundIn.data : 'other',
      dateReporting: civilDayOf(event.at, zone),
      ...(person && {
        gender: person.sex === 'unknown' ? null : person.sex,
        occupation: person.occupation,
        age: person.dateBirth ? completedYears(person.dateBirth, civilDayOf(event.at, zone)) : null,
        location: person.divisionName.zh,
      }),
    };
    await openCase(context, {
      id: newId(Date.parse(context.now)),
      incidentId: data.incidentId,
      personId: person?.id ?? null,
      classification: 'suspected',
      division: person?.division ?? event.division,
      values,
      reason: '初筛阳性信号并入事件',
      signalId: data.signalId,
      resultId: data.resultId ?? null,
      sampleId: data.sampleId ?? null,
    });
  },
};

function completedYears(dateBirth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(dateBirth.slice(0, 4));
  return day.slice(5) < dateBirth.slice(5) ? years - 1 : years;
}

const BASES: Readonly<Record<string, string>> = {
  measure: '采样时在管控措施中 · under a measure when sampled',
  contact: '采样前已判定为接触者 · a contact before the swab',
};

/** The ledger has said how the person was found. What somebody wrote into the case since is theirs and stays. */
const takeFoundIn: Reaction = {
  name: 'cases.found-in',
  kinds: ['sample.found_in_decided'],
  async handle(context, { data }) {
    const { sampleId, stated, foundIn, basis } = data as Record<string, string>;
    const found = await findCaseOfSample(context.trx, sampleId!);
    if (!found || found.foundIn !== stated || foundIn === stated) return;
    const decided = caseValues.shape.foundIn.parse(foundIn);
    await changeCase(context, found.id, {
      version: found.version,
      values: { foundIn: decided },
      reason: BASES[basis!] ?? basis!,
    });
  },
};

export const casesReactions: readonly Reaction[] = [openOnSignal, takeFoundIn];
