import { caseWords as fieldWords } from '@levee/contract';
import { formatDay, useText, useWords } from '@levee/ui';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type ChainForest, type ChainRow, dayOfNode } from './chain-tree.ts';
import { chainWords } from './words.ts';

const ROW = 24;
const AXIS = 28;
const LABEL = 176;
const UNDATED = 44;
const OVERSCAN = 12;
const DAY_MS = 86_400_000;

const dayMs = (day: string) => Date.parse(`${day}T00:00:00Z`);

/**
 * Who infected whom on a time axis: a row for each case, a dot on its day, a line to its infector. Only the rows in view
 * are drawn, so that ten thousand are as quick as ten. Cases are named by their number, never by a person's name (F19).
 */
export function ChainGraph({
  rows,
  forest,
  superspreadingFrom,
  selected,
  onSelect,
  onToggle,
}: {
  rows: readonly ChainRow[];
  forest: ChainForest;
  /** Infectees from which on a case counts as a superspreading event. */
  superspreadingFrom: number;
  selected: string | null;
  onSelect: (caseId: string | null) => void;
  onToggle: (caseId: string) => void;
}) {
  const t = useWords(chainWords);
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600, width: 900 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () =>
      setView({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  const rowOf = useMemo(() => new Map(rows.map(({ node }, row) => [node.id, row])), [rows]);
  const selectedRow = selected === null ? undefined : rowOf.get(selected);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || selectedRow === undefined) return;
    const y = selectedRow * ROW;
    if (y < element.scrollTop || y > element.scrollTop + element.clientHeight - AXIS - 2 * ROW)
      element.scrollTop = Math.max(0, y - element.clientHeight / 2);
  }, [selectedRow]);

  const span = useMemo(
    () => forest.span && { first: dayMs(forest.span.first), last: dayMs(forest.span.last) },
    [forest],
  );
  const hasUndated = rows.some(({ node }) => dayOfNode(node) === null);
  const plot = Math.max(240, view.width - LABEL - UNDATED - 24);
  const x = (row: ChainRow): number => {
    const day = dayOfNode(row.node);
    if (day === null || span === null) return LABEL + 12;
    return LABEL + UNDATED + (plot * (dayMs(day) - span.first)) / Math.max(DAY_MS, span.last - span.first);
  };
  const y = (row: number) => row * ROW + ROW / 2;
  const from = Math.max(0, Math.floor(view.top / ROW) - OVERSCAN);
  const until = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW) + OVERSCAN);
  const inView = rows.slice(from, until).map((row, index) => ({ row, at: from + index }));
  /** Links that cross what is in view, also those that begin or end outside it. */
  const links = useMemo(
    () =>
      rows.flatMap((row, at) => {
        const parent = row.parentRow;
        return parent !== null && at >= from && parent < until ? [{ at, parent }] : [];
      }),
    [rows, from, until],
  );
  const others = inView.flatMap(({ row, at }) =>
    row.node.infectors.flatMap((id) => {
      const other = rowOf.get(id);
      return other === undefined || other === row.parentRow ? [] : [{ at, other }];
    }),
  );

  const press = (event: KeyboardEvent) => {
    const here = selectedRow ?? -1;
    const to = (row: number) => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, row))];
      if (next) onSelect(next.node.id);
    };
    const current = rows[here];
    if (event.key === 'ArrowDown' || event.key === 'j') to(here + 1);
    else if (event.key === 'ArrowUp' || event.key === 'k') to(here - 1);
    else if (event.key === 'ArrowRight' && current && !current.isOpen) onToggle(current.node.id);
    else if (event.key === 'ArrowLeft' && current?.isOpen) onToggle(current.node.id);
    else if (event.key === 'ArrowLeft' && current?.parentRow != null) to(current.parentRow);
    else if (event.key === 'Enter' && current) onToggle(current.node.id);
    else if (event.key === 'Escape') onSelect(null);
    else return;
    event.preventDefault();
  };
  const ticks = span === null ? [] : ticksOf(span.first, span.last, Math.max(2, Math.floor(plot / 90)));
  const tickX = (ms: number) =>
    LABEL +
    UNDATED +
    (plot * (ms - (span?.first ?? 0))) / Math.max(DAY_MS, (span?.last ?? 0) - (span?.first ?? 0));
  const lastDay = span === null ? '' : new Date(span.last).toISOString();
  const height = rows.length * ROW;
  return (
    <div
      className="chain"
      ref={scroller}
      role="tree"
      aria-label={t('title')}
      tabIndex={0}
      onKeyDown={press}
      aria-activedescendant={selected === null ? undefined : `chain-${selected}`}
    >
      <svg className="chain__axis" width={view.width} height={AXIS} aria-hidden="true">
        {hasUndated && (
          <text x={LABEL + 12} y="18" textAnchor="middle">
            {t('undated')}
          </text>
        )}
        {ticks.map((ms) => (
          <text key={ms} x={tickX(ms)} y="18" textAnchor="middle">
            {formatDay(new Date(ms).toISOString().slice(0, 10), lastDay)}
          </text>
        ))}
      </svg>
      <svg className="chain__rows" width={view.width} height={height} role="presentation">
        {ticks.map((ms) => (
          <line
            key={ms}
            x1={tickX(ms)}
            x2={tickX(ms)}
            y1={Math.max(0, view.top - 100)}
            y2={Math.min(height, view.top + view.height + 100)}
            className="chain__grid"
          />
        ))}
        {links.map(({ at, parent }) => (
          <path
            key={`${parent}-${at}`}
            d={elbow(x(rows[parent]!), y(parent), x(rows[at]!), y(at))}
            className={
              rows[at]!.node.infectors.length > 1 ? 'chain__link chain__link--ambiguous' : 'chain__link'
            }
          />
        ))}
        {others.map(({ at, other }) => (
          <path
            key={`o-${other}-${at}`}
            d={elbow(x(rows[other]!), y(other), x(rows[at]!), y(at))}
            className="chain__link chain__link--ambiguous"
          />
        ))}
        {inView.map(({ row, at }) => {
          const { node } = row;
          const name = text(fieldWords[node.classification]!);
          const isSuper = node.infecteesCount >= superspreadingFrom;
          const hasChildren = (forest.childrenOf.get(node.id)?.length ?? 0) > 0;
          return (
            <g
              key={node.id}
              id={`chain-${node.id}`}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-expanded={hasChildren ? row.isOpen : undefined}
              aria-selected={node.id === selected}
              aria-label={t('rowLabel', {
                id: node.externalId,
                classification: name,
                onset: node.dateOnset ?? '–',
                count: node.infecteesCount,
              })}
              className={node.id === selected ? 'chain__row chain__row--selected' : 'chain__row'}
              onClick={() => onSelect(node.id)}
              onDoubleClick={() => onToggle(node.id)}
            >
              <rect className="chain__band" x="0" width={view.width} y={at * ROW} height={ROW} />
              {hasChildren && (
                <text
                  className="chain__toggle"
                  x={8 + Math.min(row.depth, 6) * 10}
                  y={y(at) + 4}
                  onClick={(event) => {
                    event.stopPropagation();
                    onToggle(node.id);
                  }}
                >
                  {row.isOpen ? '▾' : '▸'}
                </text>
              )}
              <text className="chain__id" x={22 + Math.min(row.depth, 6) * 10} y={y(at) + 4}>
                {node.externalId.slice(0, 16)}
              </text>
              <Dot node={node} x={x(row)} y={y(at)} isSuper={isSuper} />
              {!row.isOpen && row.belowCount > 0 && (
                <text
                  className="chain__more"
                  x={x(row) + 14}
                  y={y(at) + 4}
                  onClick={(event) => {
                    event.stopPropagation();
                    onToggle(node.id);
                  }}
                >
                  {`+${row.belowCount}`}
                </text>
              )}
              {row.isOpen && isSuper && (
                <text className="chain__super" x={x(row) + 14} y={y(at) - 2}>
                  {node.infecteesCount}
                </text>
              )}
              <title>{`${node.externalId} · ${name} · ${node.dateOnset ?? t('noOnset')} · ${t('infected', { count: node.infecteesCount })}`}</title>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Shape says the classification, size whether it spread: readable without colour. */
function Dot({ node, x, y, isSuper }: { node: ChainRow['node']; x: number; y: number; isSuper: boolean }) {
  const radius = 3.5 + Math.min(4.5, Math.sqrt(node.infecteesCount));
  const known = node.dateOnset !== null;
  return (
    <>
      {isSuper && <circle className="chain__ring" cx={x} cy={y} r={radius + 3} />}
      <circle
        className={`chain__dot chain__dot--${node.classification}${known ? '' : ' chain__dot--reported'}`}
        cx={x}
        cy={y}
        r={radius}
      />
      {node.outcome === 'died' && (
        <path className="chain__died" d={`M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`} />
      )}
    </>
  );
}

/** Down from the infector, then across: rows stay readable however many infectees there are. */
const elbow = (x1: number, y1: number, x2: number, y2: number): string =>
  `M${x1.toFixed(1)} ${y1}V${y2 - Math.sign(y2 - y1) * 4}Q${x1.toFixed(1)} ${y2} ${(x1 + Math.sign(x2 - x1 || 1) * Math.min(4, Math.abs(x2 - x1))).toFixed(1)} ${y2}H${x2.toFixed(1)}`;

/** Whole days, no more than fit. */
function ticksOf(first: number, last: number, most: number): number[] {
  const days = Math.round((last - first) / DAY_MS);
  const step = Math.max(1, Math.ceil(days / most));
  return Array.from({ length: Math.floor(days / step) + 1 }, (_, index) => first + index * step * DAY_MS);
}
