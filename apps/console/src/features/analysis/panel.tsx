import type { AnalysisAbout, Lacking } from '@levee/contract';
import { AsOf, ErrorState, Loading, useLanguage, useText, useWords } from '@levee/ui';
import type { ReactNode } from 'react';
import { type Cell, download, type Table, tableCsv } from './csv.ts';
import { type MethodName, methods } from './methods.ts';
import { number, UNKNOWN } from './numbers.ts';
import type { Asked, View } from './use-analysis.ts';
import { analysisWords } from './words.ts';

interface Head {
  readonly about: AnalysisAbout;
  readonly lacking: readonly Lacking[];
}

/** What a panel makes of its answer. */
export interface Shown {
  /** The one line to read first; null where there is too little for one. */
  readonly headline: ReactNode;
  readonly chart: ReactNode;
  readonly text: string;
  /** Settings the numbers rest on, for the file. */
  readonly restsOn?: string;
  readonly table: Table;
}

/** One question: its answer as chart, table or words, what it rests on, and how it is reckoned. */
export function Panel<Answer extends Head>({
  name,
  title,
  method,
  asked,
  view,
  controls,
  links,
  /** Drawn although something is lacking: a curve without a nowcast is still a curve. */
  showsAnyway = false,
  /** The panel says itself what is lacking: its question is another than the answer's. */
  always = false,
  wide = false,
  children,
}: {
  name: string;
  title: string;
  method: MethodName;
  asked: Asked<Answer>;
  view: View;
  controls?: ReactNode;
  links?: ReactNode;
  showsAnyway?: boolean;
  always?: boolean;
  wide?: boolean;
  children: (answer: Answer) => Shown;
}) {
  const t = useWords(analysisWords);
  const text = useText();
  const language = useLanguage();
  const answer = asked.data;
  const tooFew = answer !== undefined && answer.lacking.length > 0 && !showsAnyway && !always;
  const shown = answer && !tooFew ? children(answer) : null;
  const save = () => {
    if (!answer || !shown) return;
    const csv = tableCsv(shown.table, {
      title,
      method: [text(methods[method].name), shown.restsOn].filter(Boolean).join(' · '),
      about: answer.about,
      note: t('internalUse'),
    });
    download(`${name}-${answer.about.cutoffDay}`, csv);
  };
  const source = (about: AnalysisAbout) =>
    t('sourceLine', {
      name: language === 'zh' ? about.source.nameZh : about.source.nameEn,
      cutoff: about.cutoffDay,
      count: about.casesCount,
      version: about.methodVersion,
    });
  return (
    <section className={wide ? 'an-panel an-panel--wide' : 'an-panel'} aria-label={title}>
      <header className="an-panel__head">
        <h2>{title}</h2>
        <div className="an-panel__controls lv-no-print">
          {controls}
          {links}
          {shown && (
            <button type="button" className="lv-button lv-button--quiet" onClick={save}>
              {t('download')}
            </button>
          )}
        </div>
      </header>
      {asked.error && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      {!answer && !asked.error && <Loading />}
      {tooFew && <TooFew lacking={answer.lacking} />}
      {shown && (
        <>
          {shown.headline !== null && <p className="an-panel__headline">{shown.headline}</p>}
          {view === 'chart' && shown.chart}
          {view === 'table' && <DataRows table={shown.table} label={title} />}
          {view === 'text' && <p className="lv-reading an-panel__text">{shown.text}</p>}
          {showsAnyway && answer && answer.lacking.length > 0 && (
            <TooFew lacking={answer.lacking} title={t('noNowcast')} />
          )}
        </>
      )}
      <footer className="an-panel__foot">
        {answer && <AsOf at={answer.about.asOf} source={source(answer.about)} staleAfterMs={Infinity} />}
        <MethodBox method={method} />
      </footer>
    </section>
  );
}

/** Too few data is an answer: what there is, what is needed. */
export function TooFew({ lacking, title }: { lacking: readonly Lacking[]; title?: string }) {
  const t = useWords(analysisWords);
  return (
    <div className="an-few" role="status">
      <p className="an-few__title">{title ?? t('tooFew')}</p>
      <ul>
        {lacking.map(({ what, have, need }) => (
          <li key={what}>{t(`lacking.${what}`, { have, need })}</li>
        ))}
      </ul>
    </div>
  );
}

function DataRows({ table, label }: { table: Table; label: string }) {
  const write = (value: Cell, digits = 0) =>
    value === null ? UNKNOWN : typeof value === 'number' ? number(value, digits) : value;
  return (
    <div className="an-table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {table.columns.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are a series and never move
            <tr key={index}>
              {row.map((value, at) => (
                <td key={table.columns[at]!.key}>{write(value, table.columns[at]!.digits)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MethodBox({ method }: { method: MethodName }) {
  const t = useWords(analysisWords);
  const text = useText();
  const { name, definition, assumes, misleads, citation } = methods[method];
  return (
    <details className="an-method lv-no-print">
      <summary>{t('methodOf', { name: text(name) })}</summary>
      <dl>
        <dt>{t('definition')}</dt>
        <dd>{text(definition)}</dd>
        <dt>{t('assumes')}</dt>
        <dd>{text(assumes)}</dd>
        <dt>{t('misleads')}</dt>
        <dd>{text(misleads)}</dd>
        <dt>{t('citation')}</dt>
        <dd>{citation}</dd>
      </dl>
    </details>
  );
}
