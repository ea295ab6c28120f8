import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** px; columns without one share what is left. */
  readonly width?: number;
  /** Numbers and times stand right and left by their kind; default start. */
  readonly align?: 'start' | 'end';
  readonly render: (row: Row) => ReactNode;
  /** What the column is sorted by; left out, it does not sort. */
  readonly sortBy?: (row: Row) => string | number | null;
  /** Text the quick filter searches; default: nothing of this column. */
  readonly searchText?: (row: Row) => string;
  /** Fixed choices to filter by. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** The value `choices` are compared with. */
  readonly choiceOf?: (row: Row) => string;
  /** Not shown until the person asks for it. */
  readonly hidden?: boolean;
}

export interface View {
  readonly query: string;
  readonly sort: { readonly key: string; readonly descending: boolean } | null;
  /** Column key → chosen values. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

const collator = new Intl.Collator('zh-CN-u-co-pinyin', { numeric: true });

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

/** The rows of a view: filtered, then sorted (stable; what is unknown comes last either way). */
export function rowsOfView<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  view: View,
): readonly Row[] {
  const wanted = view.query.trim().toLowerCase();
  const filters = columns.filter(({ key, choiceOf }) => choiceOf && (view.filters[key]?.length ?? 0) > 0);
  const searched = columns.filter(({ searchText }) => searchText);
  const kept = rows.filter(
    (row) =>
      filters.every(({ key, choiceOf }) => view.filters[key]?.includes(choiceOf?.(row) ?? '')) &&
      (wanted === '' || searched.some(({ searchText }) => searchText?.(row).toLowerCase().includes(wanted))),
  );
  const by = columns.find(({ key }) => key === view.sort?.key)?.sortBy;
  if (by === undefined) return kept;
  const sign = view.sort?.descending ? -1 : 1;
  return kept
    .map((row) => ({ row, value: by(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return sign * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}
