import { useMemo } from 'react';
import { useNavigation } from '../navigation/navigation.tsx';
import { usePreference } from '../preferences/preferences.ts';
import type { Column, View } from './columns.ts';

/** A table's view, read from and written to the URL under the table's name: `cases.q`, `cases.sort`, `cases.county`. */
export function useTableView<Row>(name: string, columns: readonly Column<Row>[]) {
  const { search, setSearch } = useNavigation();
  const [stored, store] = usePreference(`columns.${name}`, '');
  const text = (key: string) =>
    search[`${name}.${key}`] === undefined ? '' : String(search[`${name}.${key}`]);
  const query = text('q');
  const sortText = text('sort');
  const filterText = columns.map(({ key }) => text(key)).join('\n');

  const view = useMemo<View>(() => {
    const [key = '', way] = sortText.split(':');
    const values = filterText.split('\n');
    const filters = Object.fromEntries(
      columns.map((column, index) => [column.key, (values[index] ?? '').split(',').filter(Boolean)]),
    );
    return { query, sort: key === '' ? null : { key, descending: way === 'desc' }, filters };
  }, [query, sortText, filterText, columns]);

  const chosen = (text('cols') || stored).split(',').filter(Boolean);
  const visible =
    chosen.length === 0
      ? columns.filter(({ hidden }) => !hidden)
      : chosen.flatMap((key) => columns.find((column) => column.key === key) ?? []);

  const put = (key: string, value: string) =>
    setSearch({ [`${name}.${key}`]: value === '' ? undefined : value }, { replace: true });
  return {
    view,
    visible,
    filtered: query !== '' || Object.values(view.filters).some((values) => values.length > 0),
    setQuery: (value: string) => put('q', value),
    setFilter: (key: string, values: readonly string[]) => put(key, values.join(',')),
    /** Ascending, descending, unsorted in turn. */
    toggleSort(key: string) {
      const now = view.sort?.key === key ? view.sort : null;
      put('sort', now === null ? key : now.descending ? '' : `${key}:desc`);
    },
    clear: () =>
      setSearch(
        Object.fromEntries(
          [`${name}.q`, ...columns.map(({ key }) => `${name}.${key}`)].map((key) => [key, undefined]),
        ),
        { replace: true },
      ),
    /** Remembers for this person which columns stand in which order. */
    setVisible: (keys: readonly string[]) => {
      store(keys.join(','));
      put('cols', '');
    },
  };
}

export type TableView<Row> = ReturnType<typeof useTableView<Row>>;

/** What a table's view says in the URL, for a page that asks the server: quick filter, chosen values, sort. */
export function useTableSearch(name: string): {
  readonly query: string;
  readonly chosen: (column: string) => readonly string[];
  readonly sort: { readonly key: string; readonly descending: boolean } | null;
} {
  const { search } = useNavigation();
  const text = (key: string) => String(search[`${name}.${key}`] ?? '');
  const [key = '', way] = text('sort').split(':');
  return {
    query: text('q'),
    chosen: (column) => text(column).split(',').filter(Boolean),
    sort: key === '' ? null : { key, descending: way === 'desc' },
  };
}
