import type { CaseChains } from '@levee/contract';
import { superspreadingThreshold } from '@levee/epi';
import {
  EmptyState,
  ErrorState,
  Figure,
  FigureStrip,
  formatCount,
  Loading,
  Page as PageFrame,
  useLanguage,
  useNavigation,
  useSingleKeys,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { client } from '../../../app/client.ts';
import { CasePeek } from '../case-peek.tsx';
import { CaseSourceChoice, useCaseSource, useCaseSources } from '../case-source.tsx';
import { useCasePurpose } from '../purpose.ts';
import { ChainGraph } from './chain-graph.tsx';
import { ChainSide } from './chain-side.tsx';
import { ChainTable } from './chain-table.tsx';
import { chainsCsv, describeChains } from './chain-text.ts';
import { forestOf, openAtFirst, pathTo, rowsOf } from './chain-tree.ts';
import { chainWords } from './words.ts';
import '../cases.css';
import './chains.css';

const VIEWS = ['chart', 'table', 'text'] as const;
/** Rows open at first: a screenful and some to scroll; the rest opens on a press. */
const ROWS_AT_FIRST = 300;
/** The largest; the rest are pairs that nobody looks for by number. */
const CLUSTERS_LISTED = 200;

/** Who infected whom in an incident or a list. */
export function Page() {
  const t = useWords(chainWords);
  const purpose = useCasePurpose();
  const { of } = useCaseSource();
  const { incidents, lists, isLoading } = useCaseSources();
  // Without a choice in the address: the incident that runs, as everywhere.
  const shown = of || incidents[0]?.of || lists[0]?.of || '';
  const [kind, id] = shown.split(':');
  const chains = useQuery({
    queryKey: ['cases', 'chains', shown],
    queryFn: () =>
      client.cases.chains({ purpose, query: kind === 'list' ? { lineListId: id } : { incidentId: id } }),
    enabled: id !== undefined,
    placeholderData: (before) => before,
  });
  return (
    <PageFrame title={t('title')} filled toolbar={<CaseSourceChoice any={false} value={shown} />}>
      {chains.error && <ErrorState error={chains.error} onRetry={() => void chains.refetch()} />}
      {!chains.data && !chains.error && (id !== undefined || isLoading) && <Loading />}
      {!chains.data && !isLoading && id === undefined && <EmptyState why="none" title={t('choose')} />}
      {chains.data && <Chains key={shown} chains={chains.data} />}
    </PageFrame>
  );
}

function Chains({ chains }: { chains: CaseChains }) {
  const t = useWords(chainWords);
  const language = useLanguage();
  const singleKeys = useSingleKeys();
  const { go } = useNavigation();
  const [viewText, setView] = useUrlText('view');
  const [selected, setSelected] = useUrlText('case');
  const view = VIEWS.find((one) => one === viewText) ?? 'chart';
  const forest = useMemo(() => forestOf(chains.nodes), [chains]);
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set([...openAtFirst(forest, ROWS_AT_FIRST), ...pathTo(forest, selected)]),
  );
  const [cluster, setCluster] = useUrlText('cluster');
  const rows = useMemo(
    () =>
      rowsOf(
        forest,
        (id) => open.has(id),
        cluster === ''
          ? forest.roots
          : forest.roots.filter((id) => String(forest.byId.get(id)?.cluster) === cluster),
      ),
    [forest, open, cluster],
  );
  const superspreadingFrom = useMemo(
    () => superspreadingThreshold(chains.linksCount / Math.max(1, chains.nodes.length)),
    [chains],
  );
  const supers = chains.nodes.filter(({ infecteesCount }) => infecteesCount >= superspreadingFrom).length;
  const onChains = chains.nodes.filter(
    ({ infectors, infectees }) => infectors.length + infectees.length > 0,
  ).length;
  const select = (caseId: string | null) => {
    setSelected(caseId, { replace: true });
    if (!caseId) return;
    setOpen((before) => new Set([...before, ...pathTo(forest, caseId)]));
    if (cluster !== '' && String(forest.byId.get(caseId)?.cluster) !== cluster)
      setCluster(null, { replace: true });
  };
  const toggle = (caseId: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(caseId)) next.add(caseId);
      return next;
    });
  const at = rows.findIndex(({ node }) => node.id === selected);
  const walk = (step: 1 | -1) => {
    const to = at < 0 ? undefined : rows[at + step];
    return to && (() => select(to.node.id));
  };
  const press = (event: KeyboardEvent) => {
    const typing = (event.target as HTMLElement).closest('input, select, textarea');
    if (singleKeys && !typing && event.key === 'o' && selected && !event.ctrlKey && !event.metaKey)
      return go(`/cases/${selected}`);
    if (!singleKeys || typing || event.key.toLowerCase() !== 'v' || event.ctrlKey || event.metaKey) return;
    setView(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? null, { replace: true });
  };
  const { serialInterval } = chains;
  const days = (value: number | null) => (value === null ? '–' : value.toFixed(1));
  const figures: readonly (readonly [string, number | null, string])[] = [
    [t('cases'), chains.nodes.length, t('caseUnit')],
    [t('links'), chains.linksCount, ''],
    [t('clusters'), chains.clustersCount, t('clustersNote', { largest: chains.largestCluster })],
    [t('generations'), chains.generationsCount, ''],
    [t('superspreading'), supers, t('superspreadingNote', { from: superspreadingFrom })],
  ];
  return (
    <div className="chains" onKeyDown={press}>
      <FigureStrip>
        {figures.map(([label, value, unit]) => (
          <Figure
            key={label}
            label={label}
            value={value}
            asOf={chains.asOf}
            source={t('source')}
            {...(unit !== '' && { unit })}
          />
        ))}
        <Figure
          label={t(serialInterval.negativeCount > 0 ? 'intervalNegative' : 'interval', {
            n: serialInterval.pairsCount,
            negative: serialInterval.negativeCount,
          })}
          value={serialInterval.meanDays}
          unit={t('intervalNote', { sd: days(serialInterval.sdDays) })}
          asOf={chains.asOf}
          source={t('source')}
          format={days}
        />
      </FigureStrip>
      <div className="case-line chains__tools lv-no-print">
        <FindCase chains={chains} onFind={select} />
        {view === 'chart' && (
          <>
            {forest.clusters.length > 1 && (
              <select
                className="lv-input case-choice"
                aria-label={t('cluster')}
                value={cluster}
                onChange={(event) => setCluster(event.target.value || null, { replace: true })}
              >
                <option value="">{t('everyCluster', { count: forest.clusters.length })}</option>
                {forest.clusters.slice(0, CLUSTERS_LISTED).map((one) => (
                  <option key={one.cluster} value={one.cluster}>
                    {t('clusterOf', { cluster: one.cluster, count: one.casesCount })}
                  </option>
                ))}
              </select>
            )}
            <button
              type="button"
              className="lv-button lv-button--quiet"
              onClick={() => setOpen(new Set(forest.childrenOf.keys()))}
            >
              {t('openAll')}
            </button>
            <button type="button" className="lv-button lv-button--quiet" onClick={() => setOpen(new Set())}>
              {t('closeAll')}
            </button>
            <span className="case-quiet">
              {t('rows', { shown: formatCount(rows.length), total: formatCount(onChains) })}
              {chains.nodes.length > onChains && ` · ${t('lone', { count: chains.nodes.length - onChains })}`}
            </span>
          </>
        )}
        <div
          className="case-segments chains__views"
          role="radiogroup"
          aria-label={t('view')}
          title={t('view')}
        >
          {VIEWS.map((one) => (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === view}
              onClick={() => setView(one === 'chart' ? null : one, { replace: true })}
            >
              {t(one)}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="lv-button lv-button--quiet"
          onClick={() => download(chainsCsv(chains, t('title'), t('source')))}
        >
          {t('download')}
        </button>
      </div>
      <WithPeek
        peek={
          selected ? (
            <CasePeek
              caseId={selected}
              nameless
              onClose={() => select(null)}
              onPrevious={walk(-1)}
              onNext={walk(1)}
            />
          ) : (
            view !== 'text' && (
              <ChainSide chains={chains} superspreadingFrom={superspreadingFrom} onSelect={select} />
            )
          )
        }
      >
        {view === 'chart' &&
          (rows.length === 0 ? (
            <EmptyState why="none" title={t('noLinks')} />
          ) : (
            <>
              <ChainGraph
                rows={rows}
                forest={forest}
                superspreadingFrom={superspreadingFrom}
                selected={selected || null}
                onSelect={select}
                onToggle={toggle}
              />
              <p className="chains__legend">{t('legend')}</p>
            </>
          ))}
        {view === 'table' && <ChainTable chains={chains} selected={selected || null} onSelect={select} />}
        {view === 'text' && (
          <p className="lv-reading chains__text">{describeChains(chains, superspreadingFrom, language)}</p>
        )}
      </WithPeek>
    </div>
  );
}

/** Goes to a case by its number; the way to it opens by itself. */
function FindCase({ chains, onFind }: { chains: CaseChains; onFind: (caseId: string) => void }) {
  const t = useWords(chainWords);
  return (
    <>
      <input
        className="lv-input chains__find"
        type="search"
        list="chain-numbers"
        placeholder={t('find')}
        aria-label={t('find')}
        onChange={(event) => {
          const found = chains.nodes.find(({ externalId }) => externalId === event.target.value.trim());
          if (found) onFind(found.id);
        }}
      />
      <datalist id="chain-numbers">
        {chains.nodes.slice(0, 500).map(({ id, externalId }) => (
          <option key={id} value={externalId} />
        ))}
      </datalist>
    </>
  );
}

/** With a byte order mark, so that a spreadsheet reads the Chinese. */
function download(csv: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'chains.csv';
  link.click();
  URL.revokeObjectURL(url);
}
