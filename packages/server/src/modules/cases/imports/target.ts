/** Where the rows of an import go: a list, or an incident. */
import { LeveeError } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { findIncidentByIdOrThrow } from '../../incidents/index.ts';
import { lineListExists } from '../line-lists.ts';

export type Target = { readonly lineListId: string } | { readonly incidentId: string };

/** Refuses a list or an incident that does not exist, or not for who asks. */
export async function requireTarget(context: Context, target: Target): Promise<void> {
  if ('incidentId' in target) await findIncidentByIdOrThrow(context.trx, target.incidentId);
  else if (!(await lineListExists(context.trx, target.lineListId))) throw new LeveeError('not_found');
}
