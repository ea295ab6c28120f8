import { type BulletinSummary, EDITION_STATES } from '@levee/contract';
import {
  AsOf,
  ChoiceTabs,
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  Icon,
  Page as PageFrame,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { DraftForm } from './draft-form.tsx';
import { EditionStateMark } from './state-mark.tsx';
import { informationWords } from './words.ts';
import './information.css';

/** Bulletins by state, the last changed first. */
export function Page() {
  const t = useWords(informationWords);
  const text = useText();
  const { go } = useNavigation();
  const mayDraft = useMe().permissions.includes('information.draft');
  const [stateText, setState] = useUrlText('state');
  const [drafting, setDrafting] = useUrlText('new');
  const state = EDITION_STATES.find((each) => each === stateText);
  const list = useInfiniteQuery({
    queryKey: ['information', 'list', state ?? ''],
    queryFn: ({ pageParam }) =>
      client.information.list({
        query: { limit: 100, ...(state && { state: [state] }), ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns = useMemo<Column<BulletinSummary>[]>(
    () => [
      {
        key: 'issue',
        title: t('issue'),
        width: 96,
        render: ({ issue }) => (issue === null ? '–' : t('issueNumber', { issue })),
        sortBy: ({ issue }) => issue,
      },
      {
        key: 'title',
        title: t('title'),
        render: ({ title }) => <span title={text(title)}>{text(title)}</span>,
        searchText: ({ title }) => `${title.zh} ${title.en}`,
      },
      {
        key: 'area',
        title: t('area'),
        width: 110,
        render: ({ divisionName }) => text(divisionName),
        sortBy: ({ division }) => division,
      },
      {
        key: 'state',
        title: t('state'),
        width: 120,
        render: (row) => <EditionStateMark state={row.state} />,
      },
      {
        key: 'edition',
        title: t('edition'),
        width: 90,
        render: ({ editionNumber }) => t('editionNumber', { number: editionNumber }),
      },
      {
        key: 'tibetan',
        title: t('tibetan'),
        width: 84,
        render: ({ hasTibetan }) => (
          <StatusMark tone={hasTibetan ? 'good' : 'neutral'}>
            {t(hasTibetan ? 'hasTibetan' : 'noTibetan')}
          </StatusMark>
        ),
      },
      { key: 'author', title: t('author'), width: 176, render: ({ author }) => author.name },
      {
        key: 'published',
        title: t('publishedAt'),
        width: 110,
        render: ({ publishedAt }) => (publishedAt ? <Time at={publishedAt} /> : '–'),
        sortBy: ({ publishedAt }) => publishedAt,
      },
      {
        key: 'changed',
        title: t('changed'),
        width: 110,
        render: ({ changedAt }) => <Time at={changedAt} />,
        sortBy: ({ changedAt }) => changedAt,
        hidden: true,
      },
      {
        key: 'views',
        title: t('views'),
        width: 80,
        align: 'end',
        render: ({ views }) => formatCount(views),
        sortBy: ({ views }) => views,
      },
    ],
    [t, text],
  );
  const pages = list.data?.pages;
  return (
    <PageFrame
      title={t('bulletins')}
      filled
      note={pages && <AsOf at={pages[0]!.asOf} />}
      actions={
        mayDraft && (
          <button
            type="button"
            className="lv-button lv-button--primary"
            onClick={() => setDrafting(drafting ? null : '1')}
          >
            <Icon name="plus" size={16} />
            {t('newDraft')}
          </button>
        )
      }
      toolbar={
        <ChoiceTabs
          label={t('state')}
          value={state ?? ''}
          choices={[
            ['', t('all')],
            ...(['draft', 'checked', 'published', 'withdrawn'] as const).map(
              (each) => [each, t(each)] as const,
            ),
          ]}
          onChoose={setState}
        />
      }
    >
      <WithPeek peek={mayDraft && drafting !== '' && <DraftForm onClose={() => setDrafting(null)} />}>
        <DataTable
          name="bulletins"
          label={t('bulletins')}
          rows={pages?.flatMap(({ items }) => items)}
          columns={columns}
          rowKey={({ id }) => id}
          {...pagedBy(list)}
          onPeek={(key) => key && go(`/bulletins/${key}`)}
          empty={
            <EmptyState why={state ? 'filter' : 'none'} {...(!state && { title: t('none') })}>
              {t('noneNext')}
            </EmptyState>
          }
        />
      </WithPeek>
    </PageFrame>
  );
}
