import type { CaseFile } from '@levee/contract';
import { useTableSearch, useUrlText } from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { client } from '../../app/client.ts';
import { SERVER_SORTS } from './case-columns.tsx';
import { useCaseSource } from './case-source.tsx';
import { useCasePurpose } from './purpose.ts';

type ListQuery = Parameters<typeof client.cases.list>[0] extends { query: infer Query } ? Query : never;
const BASES = { onset: 'onset', sample: 'sample', report: 'reporting' } as const;
export type CurveBasis = keyof typeof BASES;

/** The day chosen on the curve; it narrows the list by the date the curve stands on (F14). */
export function useLinkedDay() {
  const [basisText, setBasis] = useUrlText('basis');
  const [day, setDay] = useUrlText('day');
  const basis = (Object.keys(BASES) as CurveBasis[]).find((one) => one === basisText) ?? 'onset';
  return { basis, setBasis, day: day || null, setDay };
}

/** The line list as the address says: source, area, filters, sort and the linked day; fetched page by page. */
export function useCaseList() {
  const purpose = useCasePurpose();
  const { of, source } = useCaseSource();
  const [within] = useUrlText('within');
  const { basis, day } = useLinkedDay();
  const table = useTableSearch('cases');
  const q = useDeferredValue(table.query.trim());
  const query = useMemo(() => {
    const sort = SERVER_SORTS[table.sort?.key as keyof typeof SERVER_SORTS];
    const chosen = (name: string) => {
      const values = table.chosen(name);
      return values.length > 0 ? { [name]: values } : {};
    };
    return {
      ...source,
      ...(q && { q }),
      ...(within && { within }),
      ...chosen('classification'),
      ...chosen('foundIn'),
      ...chosen('severity'),
      ...chosen('outcome'),
      ...(day && { [`${BASES[basis]}From`]: day, [`${BASES[basis]}Until`]: day }),
      ...(sort && { sort, order: table.sort?.descending ? 'desc' : 'asc' }),
    } as ListQuery;
  }, [source, q, within, basis, day, table]);
  const list = useInfiniteQuery({
    queryKey: ['cases', 'list', of, query],
    queryFn: ({ pageParam }) =>
      client.cases.list({
        purpose,
        query: { limit: 200, ...query, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
  const rows = useMemo<CaseFile[] | undefined>(
    () => list.data?.pages.flatMap(({ items }) => items),
    [list.data],
  );
  return { list, rows };
}
