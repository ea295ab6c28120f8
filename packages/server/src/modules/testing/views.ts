/** What the module answers with: domain objects joined with the names of places and, where the role sees names, people. */
import { type PersonSummary, roleMay } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { personSummaries } from '../people/index.ts';
import { findPlacesByIds } from '../places/index.ts';
import type { Pool } from './pool.ts';
import type { Resample } from './resamples.repository.ts';
import type { Result } from './results.repository.ts';
import type { Sample } from './samples.repository.ts';

type PlaceRefs = (id: string | null) => { id: string; nameZh: string; nameEn: string } | null;

async function placeRefs(context: Context, ids: readonly (string | null)[]): Promise<PlaceRefs> {
  const places = await findPlacesByIds(
    context.trx,
    ids.filter((id) => id !== null),
  );
  return (id) => {
    const place = id === null ? undefined : places.get(id);
    return place ? { id: place.id, nameZh: place.nameZh, nameEn: place.nameEn } : null;
  };
}

/** Names of people for a role that may see them; a laboratory works with tube codes. */
async function namesOf(context: Context, ids: readonly string[]): Promise<Map<string, PersonSummary>> {
  const { role } = context.actor;
  if (role !== 'system' && !roleMay(role, 'people.read')) return new Map();
  return personSummaries(context, ids);
}

export async function viewPools(context: Context, pools: readonly Pool[]) {
  const place = await placeRefs(
    context,
    pools.flatMap(({ siteId, labId }) => [siteId, labId]),
  );
  return pools.map(({ siteId, labId, ...pool }) => ({ ...pool, site: place(siteId), lab: place(labId) }));
}

export const viewPool = async (context: Context, pool: Pool) => (await viewPools(context, [pool]))[0]!;

export async function viewSamples(context: Context, samples: readonly Sample[]) {
  const people = await namesOf(
    context,
    samples.map(({ personId }) => personId),
  );
  return samples.map((sample) => ({
    id: sample.id,
    poolId: sample.poolId,
    tubeCode: sample.tubeCode,
    capacity: sample.capacity,
    state: sample.state,
    personId: sample.personId,
    person: people.get(sample.personId) ?? null,
    foundIn: sample.foundIn,
    resampleOf: sample.resampleOf,
    takenAt: sample.takenAt,
    withdrawnAt: sample.withdrawnAt,
  }));
}

export const viewSample = async (context: Context, sample: Sample) =>
  (await viewSamples(context, [sample]))[0]!;

export async function viewResults(context: Context, results: readonly Result[]) {
  const place = await placeRefs(
    context,
    results.map(({ labId }) => labId),
  );
  return results.map(({ id, outcome, targets, labId, testedAt, reportedAt, supersedes }) => ({
    id,
    outcome,
    targets: [...targets],
    lab: place(labId),
    testedAt,
    reportedAt,
    supersedes,
  }));
}

export async function viewResamples(context: Context, resamples: readonly Resample[]) {
  const people = await namesOf(
    context,
    resamples.map(({ personId }) => personId),
  );
  const place = await placeRefs(
    context,
    resamples.map(({ siteId }) => siteId),
  );
  return resamples.map(({ siteId, sampleId: _, ...resample }) => ({
    ...resample,
    person: people.get(resample.personId) ?? null,
    site: place(siteId),
  }));
}
