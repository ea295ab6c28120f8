/** Evidence as photographed or signed: small files kept with the task they prove. */
import { createHash } from 'node:crypto';
import { refuse, TASK_FILE_LIMIT, type TaskFile } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { cleanFile } from './evidence/clean-file.ts';
import { UnfitFile } from './evidence/unfit.ts';
import { findFile, insertFile } from './files.repository.ts';
import { findTaskByIdOrThrow } from './tasks.repository.ts';
import { requireOnLadder } from './tasks.service.ts';

export interface NewFile {
  readonly id: string;
  readonly taskId: string;
  readonly name: string;
  readonly mediaType: TaskFile['mediaType'];
  /** Base64. */
  readonly content: string;
}

/**
 * Adds a file to a task one answers for, cleaned of what is not the picture.
 *
 * @throws refusal: not the type it says, damaged, too many pixels, a PDF that acts; empty or too large; not on the ladder
 */
export async function addFile(context: Context, input: NewFile): Promise<TaskFile> {
  const task = await findTaskByIdOrThrow(context.trx, input.taskId);
  requireScope(context, task.division);
  requireOnLadder(context, task);
  const bytes = Buffer.from(input.content, 'base64');
  if (bytes.length === 0 || bytes.length > TASK_FILE_LIMIT) {
    const size = (bytes.length / 1024 / 1024).toFixed(1);
    throw refuse(
      { zh: `“${input.name}”大小为 ${size} MB`, en: `"${input.name}" is ${size} MB` },
      {
        zh: '每个文件须在 5 MB 以内且不为空：压缩照片后再传。',
        en: 'Up to 5 MB and not empty: shrink the picture.',
      },
    );
  }
  const clean = cleaned(input, bytes);
  const file = {
    id: input.id,
    name: input.name,
    mediaType: input.mediaType,
    bytes: clean.length,
    sha256: createHash('sha256').update(clean).digest('hex'),
    addedAt: context.now,
    addedBy: { id: context.actor.id, name: context.actor.name },
  };
  await insertFile(context.trx, task, file, clean);
  await emit(context, {
    kind: 'task.file_added',
    division: task.division,
    subject: { type: 'task', id: task.id },
    incidentId: task.incidentId,
    data: { fileId: file.id, sha256: file.sha256 },
  });
  return file;
}

/** The picture without what the telephone wrote into it (T55): whoever photographs a door does not say where they stood. */
function cleaned({ name, mediaType }: NewFile, bytes: Buffer): Buffer {
  try {
    return cleanFile(mediaType, bytes);
  } catch (error) {
    if (!(error instanceof UnfitFile)) throw error;
    const { zh, en } = error.problem;
    throw refuse(
      { zh: `“${name}”：${zh}`, en: `"${name}": ${en}` },
      { zh: '请上传原始照片，或只供阅读的 PDF。', en: 'Send the picture itself, or a PDF that only shows.' },
    );
  }
}

export async function readFile(context: Context, input: { taskId: string; fileId: string }) {
  const { file, bytes } = await findFile(context.trx, input);
  return { ...file, content: bytes.toString('base64') };
}
