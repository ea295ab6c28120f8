import { useText, useUrlText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { caseWords } from './words.ts';

export interface CaseSource {
  readonly incidentId?: string;
  readonly lineListId?: string;
}

/** Which cases a screen is about: everything, one incident or one imported list. Stays in the address as `of`. */
export function useCaseSource() {
  const [of, setOf] = useUrlText('of');
  const [kind, id] = of.split(':');
  const source: CaseSource =
    id === undefined
      ? {}
      : kind === 'list'
        ? { lineListId: id }
        : kind === 'incident'
          ? { incidentId: id }
          : {};
  return { of, source, setOf };
}

/** The incidents and lists there are. */
export function useCaseSources() {
  const text = useText();
  const incidents = useQuery({
    queryKey: ['incidents', 'choice'],
    queryFn: () => client.incidents.list({ query: { limit: 200 } }),
    staleTime: 60_000,
  });
  const lists = useQuery({
    queryKey: ['cases', 'line-lists'],
    queryFn: () => client.cases.lineLists(),
    staleTime: 60_000,
  });
  return {
    incidents:
      incidents.data?.items.map(({ id, name }) => ({ of: `incident:${id}`, name: text(name) })) ?? [],
    lists:
      lists.data?.items.map(({ id, name, casesCount, linksCount }) => ({
        of: `list:${id}`,
        name,
        casesCount,
        linksCount,
      })) ?? [],
    isLoading: incidents.isLoading || lists.isLoading,
  };
}

/** Chooses the source; `any` allows everything at once. */
export function CaseSourceChoice({ any = true, value }: { any?: boolean; value?: string }) {
  const t = useWords(caseWords);
  const { of, setOf } = useCaseSource();
  const { incidents, lists } = useCaseSources();
  return (
    <select
      className="lv-input case-choice"
      aria-label={t('source')}
      value={value ?? of}
      onChange={(event) => setOf(event.target.value || null)}
    >
      {any && <option value="">{t('everySource')}</option>}
      <optgroup label={t('incidents')}>
        {incidents.map((one) => (
          <option key={one.of} value={one.of}>
            {one.name}
          </option>
        ))}
      </optgroup>
      {lists.length > 0 && (
        <optgroup label={t('lineLists')}>
          {lists.map((one) => (
            <option key={one.of} value={one.of}>
              {one.name}（{one.casesCount}）
            </option>
          ))}
        </optgroup>
      )}
    </select>
  );
}
