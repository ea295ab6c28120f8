import { LeveeError, type TaskFile } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { Task } from './task.ts';

const fileRows = (trx: Trx) =>
  trx
    .selectFrom('task_file')
    .select([
      'id',
      'name',
      'media_type',
      'sha256',
      'added_at',
      'added_by',
      'added_by_name',
      sql<number>`octet_length(bytes)`.as('size'),
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof fileRows>['executeTakeFirstOrThrow']>>;

const toFile = (row: Row): TaskFile => ({
  id: row.id,
  name: row.name,
  mediaType: row.media_type as TaskFile['mediaType'],
  bytes: row.size,
  sha256: row.sha256,
  addedAt: row.added_at,
  addedBy: { id: row.added_by, name: row.added_by_name },
});

export async function filesOf(trx: Trx, taskId: string): Promise<TaskFile[]> {
  const rows = await fileRows(trx).where('task_id', '=', taskId).orderBy('added_at').orderBy('id').execute();
  return rows.map(toFile);
}

export async function findFile(trx: Trx, { taskId, fileId }: { taskId: string; fileId: string }) {
  const row = await fileRows(trx)
    .select('bytes')
    .where('id', '=', fileId)
    .where('task_id', '=', taskId)
    .executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return { file: toFile(row), bytes: row.bytes };
}

export async function insertFile(
  trx: Trx,
  task: Pick<Task, 'id' | 'division'>,
  file: TaskFile,
  bytes: Buffer,
): Promise<void> {
  await trx
    .insertInto('task_file')
    .values({
      id: file.id,
      task_id: task.id,
      division: task.division,
      name: file.name,
      media_type: file.mediaType,
      bytes,
      sha256: file.sha256,
      added_at: file.addedAt,
      added_by: file.addedBy.id,
      added_by_name: file.addedBy.name,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
