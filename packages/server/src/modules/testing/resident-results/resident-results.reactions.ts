import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import type { Sweep } from '../../../platform/sweep.ts';
import { tellTube } from './resident-results.service.ts';
import { isDue, publishSites } from './sites.repository.ts';

export const residentReactions: readonly Reaction[] = [
  {
    name: 'resident-results.tell',
    kinds: ['result.reported'],
    handle: (context, event) => tellTube(context, event.data['poolId'] as string),
  },
];

export const testSitesSweep: Sweep = {
  name: 'resident-results.publish-sites',
  run: async ({ trx, now }) => {
    if (await isDue(trx, now)) await publishSites(trx, now);
  },
};
