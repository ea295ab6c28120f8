import { type Finding, newId, type SearchResult } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Loading,
  PeekPanel,
  StatusMark,
  Time,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { ClassMark } from './class-mark.tsx';
import { Evidence } from './evidence.tsx';
import { PlaceList } from './place-list.tsx';
import { CLASSES, classNames, factNames, tracingWords } from './words.ts';

const purpose = 'contact_tracing' as const;

/** A row of the result: somebody found, or a contact this search no longer finds. */
interface Row {
  readonly key: string;
  readonly person: Finding['person'];
  readonly class: Finding['class'];
  readonly difference: Finding['difference'] | 'dropped';
  readonly finding: Finding | null;
}

/** What a search found, by place and by person, with the difference to the contacts as they stand. */
export function SearchResultView({ result }: { result: SearchResult }) {
  const t = useWords(tracingWords);
  const text = useText();
  const { search } = result;
  const [placeId, setPlace] = useUrlText('place');
  const [personId, setPerson] = useUrlText('person');
  const rows = useMemo<Row[]>(
    () => [
      ...result.findings
        .filter((finding) => placeId === '' || finding.placeIds.includes(placeId))
        .map((finding) => ({
          key: finding.person.id,
          person: finding.person,
          class: finding.class,
          difference: finding.difference,
          finding,
        })),
      ...(placeId === '' ? result.dropped : []).map((dropped) => ({
        key: dropped.person.id,
        person: dropped.person,
        class: dropped.class,
        difference: 'dropped' as const,
        finding: null,
      })),
    ],
    [result, placeId],
  );
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 110,
        render: (row) => row.person.nameZh,
        sortBy: (row) => row.person.nameZh,
        searchText: (row) => `${row.person.nameZh} ${text(row.person.divisionName)}`,
      },
      {
        key: 'class',
        title: t('proposedClass'),
        width: 130,
        render: (row) => <ClassMark value={row.class} />,
        choices: CLASSES.map((value) => ({
          value,
          label: text(classNames[value]),
        })),
        choiceOf: (row) => row.class,
      },
      {
        key: 'difference',
        title: t('difference'),
        width: 90,
        render: (row) => (
          <span className={`tracing-difference--${row.difference}`}>
            {row.difference === 'dropped'
              ? `− ${t('dropped')}`
              : row.difference === 'added'
                ? `+ ${t('added')}`
                : row.difference === 'changed'
                  ? `± ${t('changed')}`
                  : t('unchanged')}
          </span>
        ),
        choices: (['added', 'changed', 'unchanged', 'dropped'] as const).map((value) => ({
          value,
          label: t(value),
        })),
        choiceOf: (row) => row.difference,
      },
      {
        key: 'how',
        title: t('met'),
        width: 150,
        render: (row) =>
          row.finding === null
            ? '–'
            : row.finding.order === 1
              ? t('order1')
              : t('order2', { name: row.finding.via?.nameZh ?? t('someone') }),
      },
      {
        key: 'minutes',
        title: t('minutes'),
        width: 90,
        align: 'end',
        render: (row) =>
          row.finding === null
            ? '–'
            : row.finding.minutes === null
              ? t('household')
              : t('min', { count: row.finding.minutes }),
        sortBy: (row) => row.finding?.minutes ?? null,
      },
      {
        key: 'last',
        title: t('lastExposure'),
        width: 110,
        render: (row) => (row.finding ? <Time at={row.finding.lastExposure} /> : '–'),
        sortBy: (row) => row.finding?.lastExposure ?? null,
      },
      {
        key: 'ask',
        title: t('ask'),
        width: 180,
        render: (row) => {
          const missing = [...new Set(row.finding?.undecided.flatMap((open) => open.missing) ?? [])];
          return missing.map((fact) => text(factNames[fact] ?? { zh: fact, en: fact })).join('；');
        },
      },
      { key: 'live', title: t('live'), render: (row) => text(row.person.divisionName) },
    ],
    [t, text],
  );
  const at = rows.findIndex((row) => row.key === personId);
  const step = (by: 1 | -1) => (rows[at + by] ? () => setPerson(rows[at + by]!.key) : undefined);
  const peeked = rows[at];
  return (
    <WithPeek
      peek={
        peeked && (
          <FindingPeek
            searchId={search.id}
            row={peeked}
            onClose={() => setPerson(null)}
            onPrevious={at > 0 ? step(-1) : undefined}
            onNext={step(1)}
          />
        )
      }
    >
      <div className="tracing-work">
        <PlaceList result={result} chosen={placeId} onChoose={setPlace} />
        <div className="tracing-table">
          <div className="tracing-line">
            <span>
              {t('found', {
                people: result.findings.length,
                meetings: search.meetingsCount,
                ms: search.milliseconds,
              })}
              （{t(`path_${search.path}`)}）
            </span>
            <AsOf at={search.asOf} />
            {search.adjusted && <StatusMark tone="waiting">{t('adjusted')}</StatusMark>}
            {result.dropped.length > 0 && <span className="tracing-muted">{t('droppedHint')}</span>}
          </div>
          <Outside result={result} />
          <DataTable
            name="findings"
            label={t('result')}
            rows={rows}
            columns={columns}
            rowKey={(row) => row.key}
            peeked={personId || null}
            onPeek={setPerson}
            empty={<EmptyState why="none" title={t('noPeople')} asOf={<AsOf at={search.asOf} />} />}
          />
        </div>
      </div>
    </WithPeek>
  );
}

/** People of other areas: numbers, and one act to hand them to their own area. */
function Outside({ result: { search } }: { result: SearchResult }) {
  const t = useWords(tracingWords);
  const text = useText();
  const queries = useQueryClient();
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set());
  const send = useMutation({
    mutationFn: (toDivision: string) =>
      client.tracing.requestAssistance({ purpose, body: { id: newId(), searchId: search.id, toDivision } }),
    onSuccess: (_, toDivision) => {
      setSent(new Set([...sent, toDivision]));
      return queries.invalidateQueries({ queryKey: ['tracing', 'assistance'] });
    },
  });
  if (search.outside.length === 0) return null;
  return (
    <div className="tracing-line" role="status">
      <span>
        {t('outside', { count: search.outside.reduce((sum, { peopleCount }) => sum + peopleCount, 0) })}
      </span>
      {search.outside.map(({ division, divisionName, peopleCount }) => (
        <button
          key={division}
          type="button"
          className="lv-button"
          disabled={send.isPending || sent.has(division)}
          onClick={() => send.mutate(division)}
        >
          {text(divisionName)} {t('people', { count: peopleCount })} ·{' '}
          {sent.has(division) ? t('sent') : t('send')}
        </button>
      ))}
      {send.error && <ErrorState shape="line" error={send.error} />}
    </div>
  );
}

function FindingPeek({
  searchId,
  row,
  ...walk
}: {
  searchId: string;
  row: Row;
  onClose: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}) {
  const t = useWords(tracingWords);
  const text = useText();
  const evidence = useQuery({
    queryKey: ['tracing', 'evidence', searchId, row.key],
    queryFn: () => client.tracing.searchExposures({ purpose, params: { searchId, personId: row.key } }),
    enabled: row.finding !== null,
  });
  return (
    <PeekPanel title={row.person.nameZh} {...walk}>
      <p>
        <ClassMark value={row.class} /> {text(row.person.divisionName)}
      </p>
      <h3 className="tracing-heading">{t('evidence')}</h3>
      {row.finding === null && <p>{t('droppedHint')}</p>}
      {evidence.isLoading && <Loading />}
      {evidence.error && <ErrorState shape="line" error={evidence.error} />}
      {evidence.data && <Evidence exposures={evidence.data.exposures} />}
    </PeekPanel>
  );
}
