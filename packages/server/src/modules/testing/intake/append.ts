/** The door of the intake: each command checked by itself, then committed with whatever else has queued. */
import { type IntakeCommand, intakeCommand, LeveeError } from '@levee/contract';
import { inScope } from '../../../platform/context.ts';
import { faultsOf } from '../../../platform/http/faults.ts';
import type { GroupedContext } from '../../../platform/http/implement.ts';
import { intakeOf } from './intake.ts';
import { aheadSeconds, bodyOf, type IntakeRow } from './intake-row.ts';
import type { FindSite, Site } from './site-cache.ts';

interface Batch {
  readonly deviceId: string;
  readonly sentAt: string;
  readonly commands: readonly unknown[];
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Commits what can be committed and says of each other command why not: a device keeps those and shows them.
 *
 * @returns ids that are safe from here on
 * @throws `overloaded` (503 with Retry-After) where too much waits: nothing of the batch was taken
 */
export async function appendBatch(context: GroupedContext, batch: Batch) {
  const { platform, actor, now } = context;
  const { groupCommit, findSite } = intakeOf(platform);
  const ahead = aheadSeconds(batch.sentAt, Date.parse(now));
  const rows: IntakeRow[] = [];
  const refused: { index: number; id: string | null; error: LeveeError }[] = [];
  for (const [index, raw] of batch.commands.entries()) {
    try {
      const command = parse(raw, index);
      const { division } = await siteOf(findSite, command, context);
      rows.push({
        id: command.id,
        deviceId: batch.deviceId,
        order: command.order,
        division,
        siteId: command.siteId,
        kind: command.kind,
        body: bodyOf(command, platform.cipher),
        at: command.at,
        aheadSeconds: ahead,
        actorId: actor.id,
      });
    } catch (error) {
      if (!(error instanceof LeveeError)) throw error;
      const id = (raw as { id?: unknown } | null)?.id;
      refused.push({ index, id: typeof id === 'string' && ID.test(id) ? id : null, error });
    }
  }
  if (rows.length > 0) await groupCommit.append(actor.scope, rows);
  return {
    accepted: rows.map(({ id }) => id),
    refused: refused.map(({ index, id, error: { code, messages, nextStep } }) => ({
      index,
      id,
      code,
      problem: messages,
      nextStep,
    })),
    now,
  };
}

function parse(raw: unknown, index: number): IntakeCommand {
  const parsed = intakeCommand.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error, `body.commands.${index}`);
  const { where, problem } = faults[0]!;
  throw new LeveeError('request.invalid', { where, problem }, { faults });
}

async function siteOf(
  findSite: FindSite,
  { siteId }: IntakeCommand,
  { actor }: GroupedContext,
): Promise<Site> {
  const site = await findSite(siteId);
  // A site elsewhere and no site at all look the same from here (T38).
  if (!site || !inScope(actor, site.division)) throw new LeveeError('not_found');
  return site;
}
