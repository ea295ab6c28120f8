/** Evidence as photographed or signed: small files kept with the task they prove. */
import { createHash } from 'node:crypto';
import { refuse, TASK_FILE_LIMIT, type TaskFile } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findFile, insertFile } from './files.repository.ts';
import { findTaskByIdOrThrow } from './tasks.repository.ts';
import { requireOnLadder } from './tasks.service.ts';

/** What each kind of file begins with: a name or a claimed type proves nothing. */
const BEGINNINGS: Readonly<Record<TaskFile['mediaType'], (bytes: Buffer) => boolean>> = {
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  'image/webp': (bytes) =>
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  'application/pdf': (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-',
};

export interface NewFile {
  readonly id: string;
  readonly taskId: string;
  readonly name: string;
  readonly mediaType: TaskFile['mediaType'];
  /** Base64. */
  readonly content: string;
}

/** Adds a file to a task one answers for. Errors: not the type it says, empty or too large, not on the ladder. */
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
  if (!BEGINNINGS[input.mediaType](bytes)) {
    throw refuse(
      { zh: `“${input.name}”的内容不是 ${input.mediaType}`, en: `"${input.name}" is not ${input.mediaType}` },
      { zh: '请上传原始照片或 PDF。', en: 'Send the picture or PDF itself.' },
    );
  }
  const file = {
    id: input.id,
    name: input.name,
    mediaType: input.mediaType,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    addedAt: context.now,
    addedBy: { id: context.actor.id, name: context.actor.name },
  };
  await insertFile(context.trx, task, file, bytes);
  await emit(context, {
    kind: 'task.file_added',
    division: task.division,
    subject: { type: 'task', id: task.id },
    incidentId: task.incidentId,
    data: { fileId: file.id, sha256: file.sha256 },
  });
  return file;
}

export async function readFile(context: Context, input: { taskId: string; fileId: string }) {
  const { file, bytes } = await findFile(context.trx, input);
  return { ...file, content: bytes.toString('base64') };
}
