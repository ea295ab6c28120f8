import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { EmptyState, Loading } from '../empty-state/empty-state.tsx';
import { ErrorState } from '../error-state/error-state.tsx';
import { useWords } from '../i18n/words.ts';
import { usePreference, useSingleKeys } from '../preferences/preferences.ts';
import { measure } from '../tokens/tokens.ts';
import { type Column, rowsOfView } from './columns.ts';
import { TableHelp, TableToolbar } from './table-toolbar.tsx';
import { useTableView } from './use-table-view.ts';
import { tableWords } from './words.ts';
import './data-table.css';

export type { Column } from './columns.ts';
export { useTableSearch } from './use-table-view.ts';

export interface DataTableProps<Row> {
  /** Names the table in the URL and in the person's settings: `cases`. */
  readonly name: string;
  /** What the list is, for a screen reader. */
  readonly label: string;
  /** undefined while the first answer is on its way. */
  readonly rows: readonly Row[] | undefined;
  /** Keep it outside the component or memoised. */
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  /** How many there are in all, when `rows` is only a part. */
  readonly totalCount?: number;
  /** What to do when there is nothing at all. */
  readonly empty?: ReactNode;
  /** Enter or a press on a row; the key of the row now peeked at comes back as `peeked`. */
  readonly onPeek?: (key: string | null) => void;
  readonly peeked?: string | null;
  /** With it rows can be selected. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (keys: ReadonlySet<string>) => void;
  /** Acts on the selection, shown while there is one. */
  readonly bulkActions?: ReactNode;
  /** More filters in the toolbar. */
  readonly tools?: ReactNode;
  /** The rows come filtered and sorted by the server, which reads the same view (`useTableSearch`): they are shown as they are. */
  readonly served?: boolean;
  /** Asked when the end comes near, to fetch the next page. */
  readonly onEnd?: () => void;
}

/** px: the least a column without a width gets, and the space at either end of a row. */
const SHARING_COLUMN = 120;
const PADDING = 24;

/**
 * The list of the house: virtual rows, keyboard (J K X Enter F ? Home End Esc), filter, sort and columns in the URL,
 * selection, and honest empty, loading and error states. Fills the height it is given.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, label, rows, columns, rowKey, peeked = null, onPeek, selected, onSelect, onEnd } = props;
  const t = useWords(tableWords);
  const id = useId();
  const table = useTableView(name, columns);
  const singleKeys = useSingleKeys();
  const [density, setDensity] = usePreference('density', 'normal');
  const dense = density === 'dense';
  const rowHeight = dense ? measure.rowDense : measure.row;
  const [at, setAt] = useState(0);
  const [help, setHelp] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const filterField = useRef<HTMLInputElement>(null);

  const { served = false } = props;
  const shown = useMemo(
    () => (served ? (rows ?? []) : rowsOfView(rows ?? [], columns, table.view)),
    [served, rows, columns, table.view],
  );
  const keys = useMemo(() => shown.map(rowKey), [shown, rowKey]);
  const here = Math.min(at, Math.max(0, shown.length - 1));

  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what changed
  useEffect(() => virtual.measure(), [rowHeight]);
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && shown.length > 0 && lastIndex >= shown.length - 20) onEnd();
  }, [onEnd, lastIndex, shown.length]);

  // Whatever opened the peek (a press, a link with it in the URL), the walk goes on from there.
  const peekedIndex = peeked === null ? -1 : keys.indexOf(peeked);
  useEffect(() => {
    if (peekedIndex >= 0) setAt(peekedIndex);
  }, [peekedIndex]);

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setAt(next);
    virtual.scrollToIndex(next);
    // A peek that is open follows the walk.
    if (peeked !== null && keys[next] !== undefined) onPeek?.(keys[next]);
  };
  const toggle = (key: string | undefined) => {
    if (!selected || !onSelect || key === undefined) return;
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect(next);
  };
  const stepBack = () => {
    if (help) setHelp(false);
    else if (peeked !== null) onPeek?.(null);
    else if (selected && selected.size > 0) onSelect?.(new Set());
  };
  const press = (event: TableKey) => {
    const act = keyAct(event, singleKeys);
    if (act === null || (event.target as HTMLElement).closest('input, select, textarea, button, a')) return;
    event.preventDefault();
    if (act === 'next') moveTo(here + 1);
    else if (act === 'previous') moveTo(here - 1);
    else if (act === 'first') moveTo(0);
    else if (act === 'last') moveTo(shown.length - 1);
    else if (act === 'select') toggle(keys[here]);
    else if (act === 'all') onSelect?.(new Set(keys));
    else if (act === 'peek') onPeek?.(keys[here] ?? null);
    else if (act === 'filter') filterField.current?.focus();
    else if (act === 'help') setHelp(!help);
    else stepBack();
  };
  // A page opens with its heading focused: the first key already walks the list, nobody has to tab to it first.
  const pressed = useRef(press);
  pressed.current = press;
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const idle = target === document.body || target.closest('h1') !== null;
      const own = scroller.current?.closest('.lv-table');
      if (!idle || event.defaultPrevented || !own || document.querySelector('.lv-table') !== own) return;
      pressed.current(event);
      if (event.defaultPrevented && document.activeElement === target) scroller.current?.focus();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);

  const template = [
    ...(selected ? ['36px'] : []),
    ...table.visible.map(({ width }) =>
      width === undefined ? `minmax(${SHARING_COLUMN}px, 1fr)` : `${width}px`,
    ),
  ].join(' ');
  // One width for the head and every row: what a row holds must not move its columns.
  const minWidth = table.visible.reduce(
    (sum, { width = SHARING_COLUMN }) => sum + width,
    2 * PADDING + (selected ? 36 : 0),
  );
  const gridStyle = { gridTemplateColumns: template, minWidth };

  return (
    <div className={dense ? 'lv-table lv-table--dense' : 'lv-table'} onKeyDown={press}>
      <TableToolbar
        table={table}
        columns={columns}
        shownCount={shown.length}
        totalCount={props.totalCount ?? rows?.length ?? 0}
        filterField={filterField}
        dense={dense}
        onDense={() => setDensity(dense ? 'normal' : 'dense')}
        onHelp={() => setHelp(!help)}
        extra={props.tools}
      />
      {help && <TableHelp onClose={() => setHelp(false)} />}
      {selected && selected.size > 0 && (
        <div
          className="lv-table__bulk lv-no-print"
          role="toolbar"
          aria-label={t('selected', { count: selected.size })}
        >
          <strong>{t('selected', { count: selected.size })}</strong>
          {props.bulkActions}
          <button type="button" className="lv-button lv-button--quiet" onClick={() => onSelect?.(new Set())}>
            {t('clearSelection')}
          </button>
        </div>
      )}
      <div
        className="lv-table__scroll"
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={shown.length + 1}
        aria-multiselectable={selected ? true : undefined}
        aria-activedescendant={shown.length > 0 ? `${id}-${here}` : undefined}
        aria-busy={rows === undefined && !props.error}
        tabIndex={0}
      >
        <div className="lv-table__head" role="row" aria-rowindex={1} style={gridStyle}>
          {selected && (
            <span role="columnheader">
              <span className="lv-hidden">{t('select')}</span>
            </span>
          )}
          {table.visible.map((column) => (
            <HeadCell key={column.key} column={column} sort={table.view.sort} onSort={table.toggleSort} />
          ))}
        </div>
        {props.error ? (
          <InsteadOfRows>
            <ErrorState error={props.error} onRetry={props.onRetry} />
          </InsteadOfRows>
        ) : rows === undefined ? (
          <InsteadOfRows>
            <Loading />
          </InsteadOfRows>
        ) : shown.length === 0 ? (
          <InsteadOfRows>
            {table.filtered ? (
              <EmptyState
                why="filter"
                actions={
                  <button type="button" className="lv-button" onClick={table.clear}>
                    {t('clear')}
                  </button>
                }
              />
            ) : (
              (props.empty ?? <EmptyState why="none" />)
            )}
          </InsteadOfRows>
        ) : (
          <div className="lv-table__body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start }) => {
              const row = shown[index];
              const key = keys[index];
              if (row === undefined || key === undefined) return null;
              return (
                <div
                  key={key}
                  id={`${id}-${index}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={selected?.has(key)}
                  className={`lv-table__row${index === here ? ' lv-table__row--here' : ''}${key === peeked ? ' lv-table__row--peeked' : ''}`}
                  style={{ ...gridStyle, height: rowHeight, transform: `translateY(${start}px)` }}
                  onClick={() => {
                    setAt(index);
                    onPeek?.(key);
                  }}
                >
                  {selected && (
                    <span role="gridcell" onClick={(event) => event.stopPropagation()}>
                      <input
                        type="checkbox"
                        tabIndex={-1}
                        aria-label={t('select')}
                        checked={selected.has(key)}
                        onChange={() => toggle(key)}
                      />
                    </span>
                  )}
                  {table.visible.map((column) => (
                    <span
                      key={column.key}
                      role="gridcell"
                      className={column.align === 'end' ? 'lv-table__end' : ''}
                    >
                      {column.render(row)}
                    </span>
                  ))}
                </div>
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}

/** A grid may hold rows only; what is said in their place stands in one. */
function InsteadOfRows({ children }: { children: ReactNode }) {
  return (
    <div role="row">
      <div role="gridcell">{children}</div>
    </div>
  );
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: { key: string; descending: boolean } | null;
  onSort: (key: string) => void;
}) {
  const sorted = sort?.key === column.key ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const arrow = sorted === 'ascending' ? ' ↑' : sorted === 'descending' ? ' ↓' : '';
  return (
    <span
      role="columnheader"
      aria-sort={sorted}
      className={column.align === 'end' ? 'lv-table__end' : ''}
      title={column.title}
    >
      {column.sortBy ? (
        <button type="button" className="lv-table__sort" onClick={() => onSort(column.key)}>
          {column.title}
          {arrow}
        </button>
      ) : (
        column.title
      )}
    </span>
  );
}

type Act = 'next' | 'previous' | 'first' | 'last' | 'select' | 'all' | 'peek' | 'filter' | 'help' | 'escape';

/** A key in the table, or one the document heard for it. */
type TableKey = KeyboardEvent | globalThis.KeyboardEvent;

const always: Readonly<Record<string, Act>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  ' ': 'select',
  Enter: 'peek',
  Escape: 'escape',
};
const single: Readonly<Record<string, Act>> = {
  j: 'next',
  k: 'previous',
  x: 'select',
  f: 'filter',
  '?': 'help',
};

function keyAct(event: TableKey, singleKeys: boolean): Act | null {
  const { isComposing } = 'nativeEvent' in event ? event.nativeEvent : event;
  if (isComposing || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'a' ? 'all' : null;
  return always[event.key] ?? (singleKeys ? single[event.key.toLowerCase()] : undefined) ?? null;
}
