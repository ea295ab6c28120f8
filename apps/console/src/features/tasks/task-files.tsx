import { newId, TASK_FILE_LIMIT, TASK_FILE_TYPES, type Task, type TaskFile } from '@levee/contract';
import { ErrorState, formatCount, Section, Time, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { taskWords } from './words.ts';

/** Pictures and papers that prove the duty; who answers for the task adds them. */
export function TaskFiles({ task, files }: { task: Task; files: readonly TaskFile[] }) {
  const t = useWords(taskWords);
  const me = useMe();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: async (chosen: File) => {
      const { mediaType, content } = await toSend(chosen);
      return client.tasks.addFile({
        params: { taskId: task.id },
        body: { id: newId(), name: chosen.name.slice(-120), mediaType, content },
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tasks', 'one', task.id] }),
  });
  const mayAdd =
    me.permissions.includes('tasks.act') && task.ladder.some(({ account }) => account?.id === me.id);
  return (
    <Section title={t('files')}>
      {files.length === 0 && <p className="tasks-quiet">{t('noFiles')}</p>}
      <ul className="tasks-files">
        {files.map((file) => (
          <FileRow key={file.id} taskId={task.id} file={file} />
        ))}
      </ul>
      {mayAdd && (
        <label className="tasks-upload">
          <span className="lv-button">{add.isPending ? t('sending') : t('addFile')}</span>
          <input
            className="lv-hidden"
            type="file"
            accept={TASK_FILE_TYPES.join(',')}
            disabled={add.isPending}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = '';
              if (chosen) add.mutate(chosen);
            }}
          />
          <small className="tasks-quiet">{t('fileLimit')}</small>
        </label>
      )}
      {add.error && <ErrorState error={add.error} shape="line" />}
    </Section>
  );
}

function FileRow({ taskId, file }: { taskId: string; file: TaskFile }) {
  const t = useWords(taskWords);
  const [open, setOpen] = useState(false);
  const content = useQuery({
    queryKey: ['tasks', 'file', file.id],
    queryFn: () => client.tasks.file({ params: { taskId, fileId: file.id } }),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const url = content.data && `data:${file.mediaType};base64,${content.data.content}`;
  return (
    <li>
      <button type="button" className="lv-button lv-button--quiet" onClick={() => setOpen(!open)}>
        {t(open ? 'hideFile' : 'openFile')}
      </button>
      <span>{file.name}</span>
      <small className="tasks-quiet">
        {formatCount(Math.ceil(file.bytes / 1024))} KB · {file.addedBy.name} <Time at={file.addedAt} />
      </small>
      {content.error && <ErrorState error={content.error} shape="line" />}
      {open &&
        url &&
        (file.mediaType === 'application/pdf' ? (
          <a href={url} download={file.name}>
            {file.name}
          </a>
        ) : (
          <img src={url} alt={file.name} />
        ))}
    </li>
  );
}

/** A picture beyond the limit is drawn smaller; anything else goes as it is and the server says what is wrong. */
async function toSend(file: File): Promise<{ mediaType: TaskFile['mediaType']; content: string }> {
  const mediaType = TASK_FILE_TYPES.find((each) => each === file.type) ?? 'application/pdf';
  if (file.size <= TASK_FILE_LIMIT || mediaType === 'application/pdf')
    return { mediaType, content: await base64Of(file) };
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 2400 / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const smaller = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  return { mediaType: 'image/jpeg', content: await base64Of(smaller) };
}

const base64Of = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
