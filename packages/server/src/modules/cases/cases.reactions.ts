/** What the line list hears: a signal that joined an incident is a case from that moment. */
import type { CaseValues } from '@levee/contract';
import { caseValues, newId } from '@levee/contract';
import { civilDayOf } from '../../platform/clock.ts';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { findPersonById } from '../people/index.ts';
import { findCaseOfPerson } from './cases.repository.ts';
import { openCase } from './cases.service.ts';

interface SignalJoined {
  readonly signalId: string;
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
    const person = data.personId ? await findPersonById(context.trx, data.personId) : undefined;
    // A second positive of the same person belongs to the case there is.
    if (person && (await findCaseOfPerson(context.trx, data.incidentId, person.id))) return;
    const zone = context.platform.config.LEVEE_TIME_ZONE;
    const foundIn = caseValues.shape.foundIn.safeParse(data.foundIn);
    const values: Partial<CaseValues> = {
      foundIn: foundIn.success ? foundIn.data : 'other',
      dateReporting: civilDayOf(event.at, zone),
      ...(person && {
        gender: person.sex === 'unknown' ? null : person.sex,
        occupation: person.occupation,
        age: person.dateBirth ? completedYears(person.dateBirth, civilDayOf(event.at, zone)) : null,
        location: person.divisionName,
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

export const casesReactions: readonly Reaction[] = [openOnSignal];
