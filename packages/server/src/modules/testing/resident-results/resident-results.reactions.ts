import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import type { LoggedEvent } from '../../../platform/outbox/log.ts';
import type { Sweep } from '../../../platform/sweep.ts';
import { tellTubes } from './resident-results.service.ts';
import { isDue, publishSites } from './sites.repository.ts';

const poolOf = ({ data }: LoggedEvent) => data['poolId'] as string;

export const residentReactions: readonly Reaction[] = [
  {
    name: 'resident-results.tell',
    kinds: ['result.reported'],
    handle: (context, event) => tellTubes(context, [poolOf(event)]),
    handleAll: (context, events) => tellTubes(context, events.map(poolOf)),
  },
];

export const testSitesSweep: Sweep = {
  name: 'resident-results.publish-sites',
  run: async ({ trx, now }) => {
    if (await isDue(trx, now)) await publishSites(trx, now);
  },
};
