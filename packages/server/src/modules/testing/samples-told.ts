/** Which samples events of kind `sample.registered` tell: a desk tells one swab, the settler a tube with all its swabs. */
import { type RawBuilder, sql } from 'kysely';
import type { LoggedEvent } from '../../platform/outbox/log.ts';

export interface SamplesTold {
  readonly poolIds: readonly string[];
  readonly sampleIds: readonly string[];
}

export function samplesTold(events: readonly Pick<LoggedEvent, 'subject'>[]): SamplesTold {
  const of = (type: string) => [
    ...new Set(events.flatMap(({ subject }) => (subject.type === type ? [subject.id] : []))),
  ];
  return { poolIds: of('pool'), sampleIds: of('sample') };
}

/** For a statement over table `sample`. */
export const amongTold = ({ poolIds, sampleIds }: SamplesTold): RawBuilder<unknown> =>
  sampleIds.length === 0
    ? sql`sample.pool_id = any(${[...poolIds]}::uuid[])`
    : sql`(sample.pool_id = any(${[...poolIds]}::uuid[]) or sample.id = any(${[...sampleIds]}::uuid[]))`;
