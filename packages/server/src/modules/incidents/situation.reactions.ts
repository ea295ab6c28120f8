/** Keeps the situation's counters from the events of every module. */

import { civilDayOf } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import type { LoggedEvent } from '../../platform/outbox/log.ts';
import { addToCounter, endMember, putMember } from './situation.repository.ts';

const text = (event: LoggedEvent, name: string): string | null => {
  const value = event.data[name];
  return typeof value === 'string' ? value : null;
};

/** A tube that came in as a whole counts for everybody in it; of one area and day together. */
function count(name: string, by: 1 | -1) {
  return async (context: Context, events: readonly LoggedEvent[]) => {
    const zone = context.platform.config.LEVEE_TIME_ZONE;
    const lines = Map.groupBy(events, ({ at, division }) => `${division} ${civilDayOf(at, zone)}`);
    for (const own of lines.values()) {
      const { division, at } = own.at(-1)!;
      const people = ({ data }: LoggedEvent) => (typeof data['count'] === 'number' ? data['count'] : 1);
      await addToCounter(context.trx, {
        name,
        division,
        day: civilDayOf(at, zone),
        by: by * own.reduce((sum, event) => sum + people(event), 0),
        asOf: own
          .map((event) => event.at)
          .sort()
          .at(-1)!,
      });
    }
  };
}

const counting = (reaction: string, kind: Reaction['kinds'][number], name: string, by: 1 | -1): Reaction => ({
  name: reaction,
  kinds: [kind],
  handle: (context, event) => count(name, by)(context, [event]),
  handleAll: count(name, by),
});

const CONTACT_FIGURE: Readonly<Record<string, string>> = {
  close: 'close_contacts',
  contact_of_contact: 'contacts_of_contacts',
};

/** A contact counts under its class from the decision on; another class moves it. */
async function followContact(context: Context, event: LoggedEvent): Promise<void> {
  const contactId = event.subject.id;
  const gone = event.kind === 'contact.rejected' || event.kind === 'contact.lost';
  const name = gone ? undefined : CONTACT_FIGURE[text(event, 'class') ?? ''];
  await endMember(context.trx, contactId, event.at, name);
  if (!name) return;
  const member = {
    name,
    recordId: contactId,
    subjectId: text(event, 'personId') ?? contactId,
    division: event.division,
  };
  await putMember(context.trx, { ...member, from: event.at, until: null }, event.at);
}

async function followCase(context: Context, event: LoggedEvent): Promise<void> {
  const caseId = event.subject.id;
  const classification = text(event, event.kind === 'case.opened' ? 'classification' : 'new');
  if (classification === 'not_a_case' || event.kind === 'case.removed')
    return endMember(context.trx, caseId, event.at);
  // A case of an imported list belongs to no incident and is no case of this prefecture.
  if (event.kind !== 'case.opened' || event.incidentId === null) return;
  const member = {
    name: 'cases',
    recordId: caseId,
    subjectId: text(event, 'personId') ?? caseId,
    division: event.division,
  };
  await putMember(context.trx, { ...member, from: event.at, until: null }, event.at);
}

/** A limit counts from its start to its end; withdrawn, to now. The end needs nobody to run. */
async function followMeasure(context: Context, event: LoggedEvent): Promise<void> {
  const measureId = event.subject.id;
  if (event.kind === 'measure.withdrawn' || event.kind === 'measure.rejected') {
    return endMember(context.trx, measureId, event.at);
  }
  const holdsAtOnce = event.kind === 'measure.drafted' && event.data['emergency'] === true;
  if (event.kind !== 'measure.approved' && !holdsAtOnce) return;
  const name = figureOfMeasure(event);
  const [from, until, subjectId] = [text(event, 'from'), text(event, 'until'), text(event, 'subjectId')];
  if (!name || !from || !until || !subjectId) return;
  const member = { name, recordId: measureId, subjectId, division: event.division };
  await putMember(context.trx, { ...member, from, until }, event.at);
}

function figureOfMeasure(event: LoggedEvent): string | null {
  if (text(event, 'subjectType') === 'person') return 'under_measures';
  if (text(event, 'kind') !== 'risk_area') return null;
  const level = text(event, 'level');
  return level === 'high' ? 'high_risk_areas' : level === 'medium' ? 'medium_risk_areas' : null;
}

export const situationReactions: readonly Reaction[] = [
  counting('incidents.count-samples', 'sample.registered', 'samples', 1),
  counting('incidents.uncount-samples', 'sample.withdrawn', 'samples', -1),
  counting('incidents.count-positives', 'result.screening_positive', 'positives', 1),
  {
    name: 'incidents.uncount-positives',
    kinds: ['result.amended'],
    handle: async (context, event) => {
      const taken =
        event.data['from'] === 'positive' &&
        event.data['to'] !== 'positive' &&
        event.data['personId'] !== null;
      if (taken) await count('positives', -1)(context, [event]);
    },
  },
  {
    name: 'incidents.follow-contacts',
    kinds: ['contact.accepted', 'contact.reclassified', 'contact.rejected', 'contact.lost'],
    handle: followContact,
  },
  {
    name: 'incidents.follow-cases',
    kinds: ['case.opened', 'case.classified', 'case.removed'],
    handle: followCase,
  },
  {
    name: 'incidents.follow-measures',
    kinds: ['measure.drafted', 'measure.approved', 'measure.rejected', 'measure.withdrawn'],
    handle: followMeasure,
  },
];
