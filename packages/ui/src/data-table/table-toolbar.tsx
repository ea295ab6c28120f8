import { type ReactNode, type RefObject, useState } from 'react';
import { formatCount } from '../format/number.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../icon/icon.tsx';
import type { Column } from './columns.ts';
import type { TableView } from './use-table-view.ts';
import { tableWords } from './words.ts';

interface ToolbarProps<Row> {
  readonly table: TableView<Row>;
  readonly columns: readonly Column<Row>[];
  readonly shownCount: number;
  readonly totalCount: number;
  readonly filterField: RefObject<HTMLInputElement | null>;
  readonly dense: boolean;
  readonly onDense: () => void;
  readonly onHelp: () => void;
  readonly extra?: ReactNode;
}

/** Above the rows: filter, counts, columns, help. */
export function TableToolbar<Row>(props: ToolbarProps<Row>) {
  const { table, columns, shownCount, totalCount, filterField, dense, onDense, onHelp, extra } = props;
  const t = useWords(tableWords);
  const [open, setOpen] = useState(false);
  const total = formatCount(totalCount);
  return (
    <div className="lv-table__tools lv-no-print">
      {columns.some(({ searchText }) => searchText) && (
        <input
          ref={filterField}
          className="lv-input lv-table__filter"
          type="search"
          placeholder={t('filter')}
          aria-label={t('filter')}
          value={table.view.query}
          onChange={(event) => table.setQuery(event.target.value)}
        />
      )}
      {columns.map(
        ({ key, title, choices }) =>
          choices && (
            <select
              key={key}
              className="lv-input lv-table__choice"
              aria-label={title}
              value={table.view.filters[key]?.[0] ?? ''}
              onChange={(event) =>
                table.setFilter(key, event.target.value === '' ? [] : [event.target.value])
              }
            >
              <option value="">
                {title}：{t('any')}
              </option>
              {choices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          ),
      )}
      {table.filtered && (
        <button type="button" className="lv-button lv-button--quiet" onClick={table.clear}>
          {t('clear')}
        </button>
      )}
      {extra}
      <span className="lv-table__count" role="status">
        {table.filtered
          ? t('rows', { shown: formatCount(shownCount), total })
          : t('all', { total, count: totalCount })}
      </span>
      <div className="lv-menu">
        <button
          type="button"
          className="lv-button lv-button--quiet"
          aria-expanded={open}
          title={t('columns')}
          aria-label={t('columns')}
          onClick={() => setOpen(!open)}
        >
          <Icon name="columns" size={16} />
        </button>
        {open && (
          <ColumnChooser
            columns={columns}
            table={table}
            dense={dense}
            onDense={onDense}
            onClose={() => setOpen(false)}
          />
        )}
      </div>
      <button
        type="button"
        className="lv-button lv-button--quiet"
        title={t('help')}
        aria-label={t('help')}
        onClick={onHelp}
      >
        <kbd>?</kbd>
      </button>
    </div>
  );
}

function ColumnChooser<Row>({
  columns,
  table,
  dense,
  onDense,
  onClose,
}: {
  columns: readonly Column<Row>[];
  table: TableView<Row>;
  dense: boolean;
  onDense: () => void;
  onClose: () => void;
}) {
  const t = useWords(tableWords);
  const shown = table.visible.map(({ key }) => key);
  const rest = columns.filter(({ key }) => !shown.includes(key));
  const toggle = (key: string) =>
    table.setVisible(shown.includes(key) ? shown.filter((one) => one !== key) : [...shown, key]);
  const forward = (key: string) => {
    const at = shown.indexOf(key);
    const moved = shown.filter((one) => one !== key);
    moved.splice(at - 1, 0, key);
    table.setVisible(moved);
  };
  return (
    <div
      className="lv-menu__list lv-table__columns"
      role="group"
      aria-label={t('columns')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      {[...table.visible, ...rest].map(({ key, title }) => (
        <div key={key} className="lv-table__column">
          <label>
            <input
              type="checkbox"
              checked={shown.includes(key)}
              disabled={shown.length === 1 && shown[0] === key}
              onChange={() => toggle(key)}
            />
            {title}
          </label>
          {shown.indexOf(key) > 0 && (
            <button
              type="button"
              className="lv-button lv-button--quiet"
              aria-label={t('up', { column: title })}
              onClick={() => forward(key)}
            >
              <Icon name="previous" size={14} />
            </button>
          )}
        </div>
      ))}
      <label className="lv-table__dense">
        <input type="checkbox" checked={dense} onChange={onDense} />
        {t('dense')}
      </label>
    </div>
  );
}

/** What the keys do, opened by `?`. */
export function TableHelp({ onClose }: { onClose: () => void }) {
  const t = useWords(tableWords);
  const rows = [
    ['J ↓  /  K ↑', t('help.move')],
    ['Home / End', t('help.ends')],
    ['X', t('help.select')],
    ['Enter', t('help.peek')],
    ['F', t('help.filter')],
    ['Ctrl A', t('help.all')],
    ['Esc', t('help.clear')],
  ] as const;
  return (
    <div className="lv-table__help" role="dialog" aria-label={t('help')}>
      {rows.map(([keys, what]) => (
        <div key={keys}>
          <kbd>{keys}</kbd> {what}
        </div>
      ))}
      <button type="button" className="lv-button lv-button--quiet" aria-label={t('help')} onClick={onClose}>
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}
