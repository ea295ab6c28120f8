/** What other modules know about the people of these orders: their tests. */
import type { Context } from '../../platform/context.ts';
import { findSamplesOfPeople, type PersonSample } from '../testing/index.ts';
import type { PersonTest } from './isolation.ts';

/** Oldest first, by sampling time. A rejected tube, a withdrawn sample and an invalid result say nothing. */
export async function testsOfPeople(
  context: Context,
  personIds: readonly string[],
): Promise<Map<string, PersonTest[]>> {
  const samples = await findSamplesOfPeople(context.trx, personIds);
  const tests = new Map<string, PersonTest[]>(personIds.map((id) => [id, []]));
  for (const sample of samples.toReversed()) {
    const result = resultOf(sample);
    if (result === null) continue;
    tests.get(sample.personId)?.push({ sampledAt: sample.takenAt, resultedAt: sample.resultedAt, result });
  }
  return tests;
}

function resultOf(sample: PersonSample): PersonTest['result'] | null {
  if (sample.withdrawnAt !== null || sample.state === 'rejected' || sample.outcome === 'invalid') return null;
  if (sample.outcome === null) return 'pending';
  // A shared tube that is not negative says nobody's own result yet: the single re-sample does.
  if (sample.capacity > 1 && sample.outcome !== 'negative') return 'inconclusive';
  return sample.outcome;
}
