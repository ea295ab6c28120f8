import { newId, type SearchResult } from '@levee/contract';
import { ErrorState, Loading, Page as PageFrame, useNavigation, useUrlText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { SearchResultView } from './search-result.tsx';
import { type SearchSettings, SearchWindowBar } from './search-window-bar.tsx';
import { tracingWords } from './words.ts';

const purpose = 'contact_tracing' as const;

/** One case: its window, a search over it, what was found, and what adopting it would change. */
export function CaseSearch({ caseId, onLeave }: { caseId: string; onLeave: () => void }) {
  const t = useWords(tracingWords);
  const { go } = useNavigation();
  const queries = useQueryClient();
  const [searchId, setSearch] = useUrlText('search');
  const [packId, setPack] = useUrlText('pack');
  const window = useQuery({
    queryKey: ['tracing', 'window', caseId, packId],
    queryFn: () => client.tracing.window({ purpose, params: { caseId }, query: packId ? { packId } : {} }),
  });
  const result = useQuery({
    queryKey: ['tracing', 'search', searchId],
    queryFn: () => client.tracing.searchById({ purpose, params: { searchId } }),
    enabled: searchId !== '',
  });
  const run = useMutation({
    mutationFn: (settings: SearchSettings) =>
      client.tracing.search({
        purpose,
        body: { id: newId(), caseId, ...(packId && { packId }), ...settings },
      }),
    onSuccess: (found: SearchResult) => {
      queries.setQueryData(['tracing', 'search', found.search.id], found);
      setSearch(found.search.id);
    },
  });
  const adopt = useMutation({
    mutationFn: () => client.tracing.adopt({ purpose, params: { searchId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tracing'] }),
  });
  return (
    <PageFrame
      title={t('title')}
      filled
      breadcrumbs={[{ title: t('title'), href: '/tracing' }]}
      actions={
        <>
          <button type="button" className="lv-button lv-button--quiet" onClick={onLeave}>
            {t('cases')}
          </button>
          {result.data && (
            <button
              type="button"
              className="lv-button"
              onClick={() => go(`/contacts?case=${caseId}&state=proposed`)}
            >
              {t('review')}
            </button>
          )}
          {result.data && (
            <button
              type="button"
              className="lv-button lv-button--primary"
              disabled={adopt.isPending || result.data.search.adoptedAt !== null}
              onClick={() => adopt.mutate()}
            >
              {result.data.search.adoptedAt === null ? t('adopt') : t('adopted')}
            </button>
          )}
        </>
      }
      toolbar={
        <>
          {window.error && <ErrorState error={window.error} onRetry={() => void window.refetch()} />}
          {window.data && (
            <SearchWindowBar
              key={`${window.data.packId} ${window.data.from}`}
              window={window.data}
              onPack={setPack}
              busy={run.isPending}
              onRun={(settings) => run.mutate(settings)}
            />
          )}
          {run.error && <ErrorState shape="line" error={run.error} />}
          {adopt.error && <ErrorState shape="line" error={adopt.error} />}
          {adopt.data && (
            <p role="status">
              {t('adoptedNow', {
                added: adopt.data.addedCount,
                changed: adopt.data.changedCount,
                withdrawn: adopt.data.withdrawnCount,
                lost: adopt.data.lostCount,
              })}
            </p>
          )}
        </>
      }
    >
      {(result.isLoading || run.isPending) && <Loading label={t('running')} />}
      {result.error && <ErrorState error={result.error} onRetry={() => void result.refetch()} />}
      {result.data && !run.isPending && <SearchResultView result={result.data} />}
    </PageFrame>
  );
}
