/** Handlers of a positive specimen are asked for a single sample, as the members of a positive pool are. */
import { newId } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { openTask } from '../../tasks/index.ts';
import { RESAMPLE_TASK } from '../reflex.ts';
import { insertResamples } from '../resamples.repository.ts';
import { hoursAfter } from './repeat.ts';
import { findResponse, type Response } from './responses.repository.ts';
import { asksFor, type Specimen } from './specimen.ts';
import { findSpecimenById } from './specimens.repository.ts';

const AT_ONCE = 1_000;
/** The house's own limit; no document read gives one. */
const HANDLER_HOURS = 12;

export interface PositiveSpecimen {
  readonly specimen: Specimen;
  readonly response: Response;
}

/** A specimen whose response stands and asks for its handlers; undefined otherwise. */
export async function findPositiveSpecimen(
  context: Context,
  specimenId: string,
): Promise<PositiveSpecimen | undefined> {
  const specimen = await findSpecimenById(context.trx, specimenId);
  const response = specimen && (await findResponse(context.trx, specimenId));
  if (!specimen || !response || response.withdrawnAt !== null) return undefined;
  return asksFor(specimen.kind).handlers ? { specimen, response } : undefined;
}

/**
 * Wants each of these people sampled singly, with a duty for the county they live in. Asking twice changes nothing.
 *
 * @param batchId the search that found them: people found later are a duty of their own
 * @returns ids of those who are newly wanted
 */
export async function wantHandlers(
  context: Context,
  { specimen, response }: PositiveSpecimen,
  people: readonly { readonly personId: string; readonly division: string }[],
  batchId: string,
): Promise<string[]> {
  const added = new Set<string>();
  const rule = `${response.rule.packId} ${response.rule.rule}`;
  for (let start = 0; start < people.length; start += AT_ONCE) {
    const wanted = await insertResamples(
      context.trx,
      people.slice(start, start + AT_ONCE).map(({ personId, division }) => ({
        id: newId(Date.parse(context.now)),
        poolId: specimen.poolId,
        sampleId: null,
        personId,
        siteId: specimen.siteId,
        division,
        sampleCount: response.samplesPerPerson,
        rule,
        wantedAt: context.now,
      })),
    );
    for (const personId of wanted) added.add(personId);
  }
  const fresh = people.filter(({ personId }) => added.has(personId));
  const counties = Map.groupBy(fresh, ({ division }) => division.slice(0, 6));
  for (const [county, own] of counties) {
    await emit(context, {
      kind: 'resample.wanted',
      division: county,
      subject: { type: 'pool', id: specimen.poolId },
      incidentId: response.incidentId,
      // A market may have thousands: the event counts them, the wishes name them.
      data: { count: own.length, siteId: specimen.siteId, rule },
    });
    await openTask(context, {
      kind: RESAMPLE_TASK,
      key: `${RESAMPLE_TASK}:${specimen.poolId}:${county}:${batchId}`,
      title: {
        zh: `阳性物品环境接触者单采 ${own.length} 人（${specimen.tubeCode}）`,
        en: `Sample ${own.length} handlers of a positive specimen singly (${specimen.tubeCode})`,
      },
      division: county,
      role: 'field_worker',
      dueAt: hoursAfter(context.now, HANDLER_HOURS),
      evidenceWanted: {
        zh: '每名接触者的单采登记',
        en: 'A single sample registered for each of them',
      },
      source: { type: 'pool', id: specimen.poolId },
      incidentId: response.incidentId,
    });
  }
  return [...added];
}
