import type { Task } from '@levee/contract';
import {
  Clock,
  ErrorState,
  Facts,
  Loading,
  PeekPanel,
  Section,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { TaskActs } from './task-acts.tsx';
import { TaskFiles } from './task-files.tsx';
import { ladderNames, taskWords } from './words.ts';

/** One task: who answers and until when, what proves it, what stands below it, how it came here. */
export function TaskPeek({
  taskId,
  onClose,
  onGo,
  onPrevious,
  onNext,
}: {
  taskId: string;
  onClose: () => void;
  onGo: (id: string) => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}) {
  const t = useWords(taskWords);
  const text = useText();
  const found = useQuery({
    queryKey: ['tasks', 'one', taskId],
    queryFn: () => client.tasks.byId({ params: { taskId } }),
  });
  if (!found.data) {
    return (
      <PeekPanel title={t('task')} onClose={onClose}>
        {found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : <Loading />}
      </PeekPanel>
    );
  }
  const { task, entries, files } = found.data;
  const open = task.closedAt === null;
  return (
    <PeekPanel
      title={text(task.title)}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      footer={open ? <TaskActs key={task.id} task={task} /> : undefined}
    >
      <Facts
        rows={[
          [
            t('due'),
            <span key="due" className="tasks-due">
              <Time at={task.dueAt} />{' '}
              <Clock due={task.dueAt} name={text(task.title)} doneAt={task.closedAt} />
            </span>,
          ],
          [t('owner'), task.owner?.name ?? <StatusMark tone="bad">{t('noOwner')}</StatusMark>],
          [t('area'), text(task.divisionName)],
          [t('state'), t(task.state)],
          [t('openedAt'), <Time key="opened" at={task.openedAt} />],
          ...(task.evidenceWanted ? [[t('evidenceWanted'), text(task.evidenceWanted)] as const] : []),
          ...(task.evidence ? [[t('evidence'), task.evidence.text] as const] : []),
        ]}
      />
      {task.parentId !== null && (
        <p className="tasks-up">
          <button type="button" className="lv-button lv-button--quiet" onClick={() => onGo(task.parentId!)}>
            ↑ {t('parent')}
          </button>
        </p>
      )}
      <SourceLink task={task} />
      <Ladder task={task} />
      {task.below.total > 0 && <Below task={task} onGo={onGo} />}
      <TaskFiles task={task} files={files} />
      <Section title={t('history')}>
        <ol className="tasks-history">
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the history only grows
            <li key={index}>
              <Time at={entry.at} /> <strong>{t(`entry.${entry.kind}`)}</strong>{' '}
              {entry.actor?.name ?? t('system')}
              {entry.account && ` → ${entry.account.name}`}
              {entry.step && `（${text(ladderNames[entry.step])}）`}
              {entry.text && <span>{entry.text}</span>}
            </li>
          ))}
        </ol>
      </Section>
    </PeekPanel>
  );
}

const SOURCE_PAGES: Readonly<Record<string, (id: string) => string>> = {
  pool: (id) => `/tubes/${id}`,
  specimen: (id) => `/specimens/${id}`,
  recall: (id) => `/specimens?recall=${id}`,
};

/** The record the duty comes from, where it has a page. */
function SourceLink({ task: { source } }: { task: Task }) {
  const t = useWords(taskWords);
  const { Link } = useNavigation();
  const page = SOURCE_PAGES[source.type];
  return page ? (
    <p className="tasks-up">
      <Link href={page(source.id)}>{t('record')}</Link>
    </p>
  ) : null;
}

/** The steps in order; the one that answers now is marked. An empty step is shown as one. */
function Ladder({ task }: { task: Task }) {
  const t = useWords(taskWords);
  const text = useText();
  return (
    <Section title={t('ladder')}>
      <ol className="tasks-ladder">
        {task.ladder.map(({ step, account, at }) => (
          <li key={step} aria-current={task.closedAt === null && step === task.step ? 'step' : undefined}>
            <span>{text(ladderNames[step])}</span>
            <span>{account?.name ?? '–'}</span>
            <Time at={at} />
            {task.closedAt === null && step === task.step && (
              <StatusMark tone={step === 'owner' ? 'active' : 'bad'}>{t('ladderNow')}</StatusMark>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Below({ task, onGo }: { task: Task; onGo: (id: string) => void }) {
  const t = useWords(taskWords);
  const text = useText();
  const { Link } = useNavigation();
  const below = useQuery({
    queryKey: ['tasks', 'below', task.id],
    queryFn: () => client.tasks.list({ query: { parentId: task.id, limit: 100 } }),
  });
  return (
    <Section
      title={t('children')}
      note={<progress max={task.below.total} value={task.below.done} aria-label={t('below')} />}
    >
      {below.error && <ErrorState error={below.error} shape="line" onRetry={() => void below.refetch()} />}
      <ul className="tasks-below">
        {below.data?.items.map((each) => (
          <li key={each.id}>
            <Link
              href={`/tasks?task=${each.id}`}
              onClick={(event) => {
                event.preventDefault();
                onGo(each.id);
              }}
            >
              {text(each.divisionName)}
            </Link>
            <span>{each.owner?.name ?? t('noOwner')}</span>
            <Clock due={each.dueAt} name={text(each.divisionName)} doneAt={each.closedAt} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
