import { ErrorState, FormField, Section, StatusMark, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { CoverageMark } from './coverage-mark.tsx';
import { placeWords } from './words.ts';

/** Who looks after the place; whoever may write places names one or leaves it empty. */
export function StewardForm({
  placeId,
  parentId,
  mayWrite,
}: {
  placeId: string;
  parentId: string | null;
  mayWrite: boolean;
}) {
  const t = useWords(placeWords);
  const queries = useQueryClient();
  const around = useQuery({
    queryKey: ['places', 'tree', parentId ?? 'root'],
    queryFn: () => client.places.tree({ query: parentId ? { parentId, limit: 500 } : {} }),
    // A county's reader sees no place above the own area.
    retry: false,
  });
  const root = useQuery({
    queryKey: ['places', 'tree', 'root'],
    queryFn: () => client.places.tree({ query: {} }),
  });
  const candidates = useQuery({
    queryKey: ['places', 'steward-candidates', placeId],
    queryFn: () => client.places.stewardCandidates({ params: { placeId } }),
    enabled: mayWrite,
  });
  const put = useMutation({
    mutationFn: (accountId: string | null) =>
      client.places.setSteward({ params: { placeId }, body: { accountId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['places', 'tree'] }),
  });
  const place = [...(around.data?.items ?? []), ...(root.data?.items ?? [])].find(({ id }) => id === placeId);
  return (
    <Section title={t('steward')} note={place && <CoverageMark place={place} />}>
      {place && !mayWrite && (
        <p>{place.steward?.account.name ?? <StatusMark tone="bad">{t('noSteward')}</StatusMark>}</p>
      )}
      {mayWrite && (
        <FormField
          label={t('setSteward')}
          {...(candidates.data?.items.length === 0 && { hint: t('noCandidates') })}
        >
          {(wiring) => (
            <select
              {...wiring}
              className="lv-input"
              value={place?.steward?.account.id ?? ''}
              disabled={!place || put.isPending}
              onChange={(event) => put.mutate(event.target.value || null)}
            >
              <option value="">{t('leaveEmpty')}</option>
              {place?.steward &&
                !candidates.data?.items.some(({ id }) => id === place.steward?.account.id) && (
                  <option value={place.steward.account.id}>{place.steward.account.name}</option>
                )}
              {candidates.data?.items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FormField>
      )}
      {(put.error ?? candidates.error) && <ErrorState error={put.error ?? candidates.error} shape="line" />}
    </Section>
  );
}
