import type { Context } from '../../platform/context.ts';
import { findPersonByIdOrThrow } from '../people/index.ts';
import { findPlacesByIds } from '../places/index.ts';
import { explain, meaningOf } from './meaning.ts';
import { listResamples } from './resamples.repository.ts';
import { findSamplesOfPeople, type PersonSample } from './samples.repository.ts';
import { viewResamples } from './views.ts';

/** The tests of one person, newest first, each with what it says and why. */
export async function resultsOfPerson(context: Context, personId: string) {
  const { trx } = context;
  await findPersonByIdOrThrow(trx, personId);
  context.opened('person', [personId]);
  const samples = await findSamplesOfPeople(trx, [personId]);
  const sites = await findPlacesByIds(
    trx,
    samples.map(({ siteId }) => siteId),
  );
  const wanted = await listResamples(trx, { state: 'wanted', personId }, 0, 50);
  return {
    asOf: context.now,
    items: samples.map((sample) => {
      const site = sites.get(sample.siteId);
      return {
        sampleId: sample.id,
        poolId: sample.poolId,
        tubeCode: sample.tubeCode,
        capacity: sample.capacity,
        state: sample.state,
        site: site ? { id: site.id, nameZh: site.nameZh, nameEn: site.nameEn } : null,
        takenAt: sample.takenAt,
        resultedAt: sample.resultedAt,
        outcome: sample.outcome,
        // Ct values of a shared tube are nobody's own.
        targets: sample.capacity === 1 ? [...sample.targets] : [],
        resampleOf: sample.resampleOf,
        meaning: meaningOf(factsOf(sample)),
        explanation: explain(factsOf(sample)),
      };
    }),
    wanted: await viewResamples(context, wanted.items),
  };
}

const factsOf = ({ capacity, state, outcome, withdrawnAt }: PersonSample) => ({
  capacity,
  state,
  outcome,
  withdrawn: withdrawnAt !== null,
});
