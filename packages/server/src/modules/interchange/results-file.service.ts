import type { interchange, RouteOutput } from '@levee/contract';
import { sql } from 'kysely';
import { type Context, requireScope } from '../../platform/context.ts';
import { listAssays, requireLaboratory } from '../testing/index.ts';
import { readResultsFile } from './csv-results.ts';
import { type Taken, take } from './take-message.ts';

interface Upload {
  readonly id: string;
  readonly labId: string;
  readonly name: string;
  readonly content: string;
  readonly dryRun: boolean;
}

/** A file of results, each row with its verdict. A dry run gives the verdicts and takes everything back. */
export async function reportFile(
  context: Context,
  input: Upload,
): Promise<RouteOutput<(typeof interchange)['reportFile']>> {
  const lab = await requireLaboratory(context, input.labId);
  requireScope(context, lab.division);
  const [assay] = await listAssays(context.trx);
  const bytes = Buffer.from(input.content, 'base64');
  const file = readResultsFile(input.name, bytes, assay!);
  let taken: Taken | undefined;
  const run = () =>
    take(context, null, {
      protocol: 'csv',
      sender: { id: context.actor.id, labId: lab.id, division: context.actor.scope, actor: context.actor },
      source: input.name.slice(0, 120),
      raw: bytes,
      charset: file.encoding,
      controlId: input.dryRun ? null : input.id,
      findings: file.findings,
      atomic: false,
      answer: (all) => {
        taken = all;
        return { text: all.outcome, status: 200 };
      },
    });
  if (input.dryRun) {
    await sql`savepoint dry_run`.execute(context.trx);
    await run();
    await sql`rollback to savepoint dry_run`.execute(context.trx);
  } else await run();
  const rows = (taken?.verdicts ?? []).map(({ finding, verdict }) => ({
    line: finding.position,
    tubeCode: finding.tubeCode,
    outcome: verdict.read?.outcome ?? null,
    verdict: VERDICTS[verdict.kind],
    problem: verdict.kind === 'kept' ? verdict.problem : null,
  }));
  const count = (verdict: (typeof rows)[number]['verdict']) =>
    rows.filter((row) => row.verdict === verdict).length;
  return {
    messageId: input.dryRun ? null : (taken?.messageId ?? null),
    encoding: file.encoding,
    rowCount: rows.length,
    acceptedCount: count('accepted'),
    knownCount: count('known'),
    quarantinedCount: count('quarantined'),
    rejectedCount: 0,
    rows,
  };
}

const VERDICTS = { applied: 'accepted', amended: 'accepted', known: 'known', kept: 'quarantined' } as const;
