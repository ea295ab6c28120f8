import type { CaseChains } from '@levee/contract';
import { type Column, DataTable, useWords } from '@levee/ui';
import { useMemo } from 'react';
import { ClassificationMark } from '../marks.tsx';
import type { ChainNode } from './chain-tree.ts';
import { chainWords } from './words.ts';

/** The same chains as a table: one row for each case. */
export function ChainTable({
  chains,
  selected,
  onSelect,
}: {
  chains: CaseChains;
  selected: string | null;
  onSelect: (caseId: string | null) => void;
}) {
  const t = useWords(chainWords);
  const nameOf = useMemo(() => new Map(chains.nodes.map(({ id, externalId }) => [id, externalId])), [chains]);
  const columns = useMemo<Column<ChainNode>[]>(() => {
    const names = (ids: readonly string[]) => ids.map((id) => nameOf.get(id) ?? id).join('、');
    return [
      {
        key: 'id',
        title: t('number'),
        width: 130,
        render: ({ externalId }) => <span className="case-number">{externalId}</span>,
        sortBy: ({ externalId }) => externalId,
        searchText: (row) => `${row.externalId} ${names(row.infectors)}`,
      },
      {
        key: 'classification',
        title: t('classification'),
        width: 130,
        render: ({ classification }) => <ClassificationMark value={classification} />,
      },
      {
        key: 'onset',
        title: t('onset'),
        width: 110,
        render: ({ dateOnset }) => dateOnset ?? '–',
        sortBy: ({ dateOnset }) => dateOnset,
      },
      {
        key: 'generation',
        title: t('generation'),
        width: 80,
        align: 'end',
        render: ({ generation }) => generation,
        sortBy: ({ generation }) => generation,
      },
      {
        key: 'cluster',
        title: t('cluster'),
        width: 80,
        align: 'end',
        render: ({ cluster }) => cluster,
        sortBy: ({ cluster }) => cluster,
      },
      {
        key: 'infectees',
        title: t('infecteesCount'),
        width: 100,
        align: 'end',
        render: ({ infecteesCount }) => infecteesCount,
        sortBy: ({ infecteesCount }) => infecteesCount,
      },
      {
        key: 'infectors',
        title: t('infectors'),
        render: ({ infectors }) => names(infectors) || '–',
      },
    ];
  }, [t, nameOf]);
  return (
    <DataTable
      name="chain"
      label={t('title')}
      rows={chains.nodes}
      columns={columns}
      rowKey={({ id }) => id}
      peeked={selected}
      onPeek={onSelect}
    />
  );
}
