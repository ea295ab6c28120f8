/**
 * Which of a batch of records are plain, and what they come to for their tubes. Plain is what the rules of registering
 * let through without a question; everything else goes the long way, one by one, where the rules themselves decide.
 * Pure: the property test holds this equal to the long way for any order of any records.
 */
import type { PoolCapacity } from '@levee/contract';
import type { FoundIn } from '@levee/protocol';
import type { Pool } from '../pool.ts';
import type { Recorded } from './intake-row.ts';

export interface Ground {
  /** Tubes the batch names, by id. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** Tube codes of the batch that a tube carries already → its id. */
  readonly poolIdOfCode: ReadonlyMap<string, string>;
  readonly knownPeople: ReadonlySet<string>;
  /** People in an open tube, or wanted for a single re-sample. */
  readonly specialPeople: ReadonlySet<string>;
  /** Samples of the batch that exist already. */
  readonly knownSamples: ReadonlySet<string>;
  /** Sites where nobody samples, and those unknown. */
  readonly wrongSites: ReadonlySet<string>;
}

export interface PlannedPool {
  readonly id: string;
  readonly tubeCode: string;
  readonly siteId: string;
  readonly division: string;
  readonly capacity: PoolCapacity;
  readonly isNew: boolean;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly samples: readonly PlannedSample[];
  readonly records: readonly Recorded[];
}
export interface PlannedSample {
  readonly id: string;
  readonly personId: string;
  readonly foundIn: FoundIn;
  readonly takenAt: string;
  readonly actorId: string;
}

export interface Plan {
  readonly pools: readonly PlannedPool[];
  /** The others, in the order they were received. */
  readonly longWay: readonly Recorded[];
}

export function planBatch(batch: readonly Recorded[], ground: Ground): Plan {
  const ofPool = new Map<string, Recorded[]>();
  const longWay = new Set<Recorded>();
  const codes = new Map<string, string>();
  const seats = new Map<string, string>();
  const crowded = new Set<string>();
  for (const record of batch) {
    const { command } = record;
    if (command.kind !== 'sample' && command.kind !== 'seal') {
      longWay.add(record);
      continue;
    }
    const records = ofPool.get(command.poolId);
    if (records) records.push(record);
    else ofPool.set(command.poolId, [record]);
    // One code on two tubes, or one person in two tubes of the batch: neither tube is plain.
    const codeOf = codes.get(command.tubeCode);
    if (codeOf !== undefined && codeOf !== command.poolId) crowded.add(codeOf).add(command.poolId);
    codes.set(command.tubeCode, command.poolId);
    if (command.kind !== 'sample' || !('personId' in command.who)) continue;
    const seat = seats.get(command.who.personId);
    if (seat !== undefined && seat !== command.poolId) crowded.add(seat).add(command.poolId);
    seats.set(command.who.personId, command.poolId);
  }
  const pools: PlannedPool[] = [];
  for (const [poolId, records] of ofPool) {
    const planned = crowded.has(poolId) ? null : planPool(poolId, records, ground);
    if (planned) pools.push(planned);
    else for (const record of records) longWay.add(record);
  }
  return { pools, longWay: batch.filter((record) => longWay.has(record)) };
}

function planPool(poolId: string, records: readonly Recorded[], ground: Ground): PlannedPool | null {
  const pool = ground.pools.get(poolId);
  const [first] = records;
  const named = first!.command as { tubeCode: string; capacity: PoolCapacity; siteId: string };
  if (ground.wrongSites.has(named.siteId)) return null;
  // A tube that is sealed or on its way, and one whose code another tube carries, are for the rules to judge.
  if (pool && pool.state !== 'open') return null;
  const carrier = ground.poolIdOfCode.get(named.tubeCode);
  if (carrier !== undefined && carrier !== poolId) return null;
  const facts = pool ?? { ...named, division: first!.division, memberCount: 0 };
  const samples: PlannedSample[] = [];
  const people = new Set<string>();
  let closedAt: string | null = null;
  let openedAt: string | null = pool?.openedAt ?? null;
  for (const { command, happenedAt, actorId } of records) {
    if (command.kind !== 'sample' && command.kind !== 'seal') return null;
    const same =
      command.tubeCode === facts.tubeCode &&
      command.capacity === facts.capacity &&
      command.siteId === facts.siteId;
    if (!same) return null;
    if (openedAt === null || happenedAt < openedAt) openedAt = happenedAt;
    if (command.kind === 'seal') {
      if (closedAt !== null && closedAt !== happenedAt) return null;
      closedAt = happenedAt;
      continue;
    }
    const { who } = command;
    if (!('personId' in who) || people.has(who.personId)) return null;
    if (!ground.knownPeople.has(who.personId) || ground.specialPeople.has(who.personId)) return null;
    if (ground.knownSamples.has(command.id)) return null;
    people.add(who.personId);
    const { id, foundIn } = command;
    samples.push({ id, personId: who.personId, foundIn, takenAt: happenedAt, actorId });
  }
  if (facts.memberCount + samples.length > facts.capacity) return null;
  const sealed = closedAt;
  if (sealed !== null && samples.some(({ takenAt }) => takenAt > sealed)) return null;
  // Samples that came before and are later than this seal: the rules know.
  if (closedAt !== null && pool && pool.memberCount > 0) return null;
  if (facts.capacity === 1 && samples.length === 1) closedAt ??= samples[0]!.takenAt;
  return {
    id: poolId,
    tubeCode: facts.tubeCode,
    siteId: facts.siteId,
    division: facts.division,
    capacity: facts.capacity,
    isNew: !pool,
    openedAt: openedAt!,
    closedAt,
    samples,
    records,
  };
}
