import { type Context, requireScope } from '../../../platform/context.ts';
import { samplingSite } from '../pools.service.ts';
import { publishSites, putQueue } from './sites.repository.ts';

/** The desk says how many wait; the public page has it at once. */
export async function countQueue(context: Context, siteId: string, waiting: number) {
  const { trx, now, actor } = context;
  const site = await samplingSite(context, siteId);
  requireScope(context, site.division);
  await putQueue(trx, { siteId, division: site.division, waiting, at: now, by: actor.id });
  await publishSites(trx, now);
  return { waiting, countedAt: now };
}
