import { newId, signalEvidence } from '@levee/contract';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { findPlaceById } from '../places/index.ts';
import { meetClockByTask } from './clocks.service.ts';
import { currentIncidents } from './incidents.repository.ts';
import { putFoundIn } from './signals.repository.ts';
import { raiseOnce, raiseSignal } from './signals.service.ts';
import { situationReactions } from './situation.reactions.ts';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const incidentsReactions: readonly Reaction[] = [
  {
    name: 'incidents.raise-signal',
    kinds: ['result.screening_positive'],
    handle: async (context, event) => {
      const siteId = text(event.data['siteId']);
      const site = siteId ? await findPlaceById(context.trx, siteId) : undefined;
      await raiseSignal(context, {
        id: newId(Date.parse(context.now)),
        kind: 'screening_positive',
        division: site?.division ?? event.division,
        at: event.at,
        resultId: text(event.data['resultId']) ?? event.subject.id,
        sampleId: text(event.data['sampleId']),
        personId: text(event.data['personId']),
        siteId,
        foundIn: text(event.data['foundIn']),
        note: null,
      });
    },
  },
  {
    // Where a response runs already nobody needs to be told that there is an outbreak: the analysis shows it.
    name: 'incidents.raise-aberration',
    kinds: ['analysis.aberration_found'],
    handle: async (context, event) => {
      const running = await currentIncidents(context.trx);
      if (running.some(({ division }) => event.division.startsWith(division))) return;
      await raiseOnce(context, {
        id: newId(Date.parse(context.now)),
        kind: 'aberration',
        division: event.division,
        at: event.at,
        resultId: null,
        sampleId: null,
        personId: null,
        siteId: null,
        foundIn: null,
        note: null,
        evidence: signalEvidence.parse(event.data),
      });
    },
  },
  {
    // The duty officer may report in the task list as well as at the clock: it is one act.
    name: 'incidents.meet-clock-by-task',
    kinds: ['task.done'],
    handle: async (context, event) => {
      const source = event.data['source'] as { type?: unknown; id?: unknown } | undefined;
      const clockId = text(source?.id);
      if (source?.type === 'clock' && clockId) await meetClockByTask(context, clockId, event.at);
    },
  },
  {
    // What the desk stated came with the positive; what the ledger of measures says follows it.
    name: 'incidents.found-in',
    kinds: ['sample.found_in_decided'],
    handle: (context, { data }) =>
      putFoundIn(context.trx, data['resultId'] as string, data['foundIn'] as string),
  },
  ...situationReactions,
];
