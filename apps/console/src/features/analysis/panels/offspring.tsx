import type { OffspringAnalysis } from '@levee/contract';
import { formatProportion, useNavigation, useWords } from '@levee/ui';
import { number, significant, withInterval } from '../numbers.ts';
import { Panel, type Shown, TooFew } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';
import { Bars } from './bars.tsx';

/** How unequally cases infected; who infected whom is on the page of the chains. */
export function OffspringPanel({ asked, settings }: { asked: Asked<OffspringAnalysis>; settings: Settings }) {
  const t = useWords(analysisWords);
  const { Link } = useNavigation();
  return (
    <Panel
      name="offspring"
      title={t('offspring')}
      method="offspring"
      asked={asked}
      view={settings.view}
      links={
        <Link
          className="lv-button lv-button--quiet"
          href={`/chains?of=${encodeURIComponent(settings.shown)}`}
        >
          {t('openChains')}
        </Link>
      }
    >
      {(answer) => shownOf(answer, t)}
    </Panel>
  );
}

function shownOf(answer: OffspringAnalysis, t: T): Shown {
  const { R, k, fittedProportion, countedProportion, countedCases, table } = answer;
  const casesCount = table.reduce((sum, row) => sum + row.casesCount, 0);
  const ofK = withInterval(k, significant);
  const notes = [
    answer.leftOutCount > 0 ? t('leftOutYoung', { count: answer.leftOutCount }) : '',
    answer.ambiguousCount > 0 ? t('ambiguous', { count: answer.ambiguousCount }) : '',
    answer.impossibleCount > 0 ? t('impossible', { count: answer.impossibleCount }) : '',
  ].filter(Boolean);
  return {
    headline: (
      <>
        <strong>
          {t('offspringHeadline', {
            share: formatProportion(countedProportion),
            count: countedCases ?? 0,
            R: withInterval(R),
            k: ofK,
          })}
        </strong>
        {notes.map((note) => (
          <span key={note} className="an-note">
            {note}
          </span>
        ))}
      </>
    ),
    chart: (
      <Bars
        label={t('offspring')}
        names={{ x: t('infectees'), counted: t('casesLog'), expected: t('expected') }}
        logarithmic
        points={table.map((row) => ({
          x: row.infecteesCount,
          count: row.casesCount,
          expected: row.expectedCount,
        }))}
      />
    ),
    text: t('offspringText', {
      cases: casesCount,
      links: answer.linksCount,
      R: withInterval(R),
      k: ofK,
      fitted: formatProportion(fittedProportion),
      counted: formatProportion(countedProportion),
      count: countedCases ?? 0,
    }),
    table: {
      columns: [
        { key: 'infectees', title: t('infectees') },
        { key: 'cases', title: t('casesCount') },
        { key: 'expected', title: t('expected'), digits: 2 },
      ],
      rows: table
        .filter(({ casesCount: count, expectedCount }) => count > 0 || (expectedCount ?? 0) >= 0.05)
        .map((row) => [row.infecteesCount, row.casesCount, row.expectedCount]),
    },
  };
}

/** The days between onsets along the links: from the same answer, with a way to use them for Rt. */
export function SerialPanel({ asked, settings }: { asked: Asked<OffspringAnalysis>; settings: Settings }) {
  const t = useWords(analysisWords);
  const enough = asked.data?.serialInterval.lacking.length === 0;
  return (
    <Panel
      name="serial-interval"
      title={t('serial')}
      method="interval"
      asked={asked}
      view={settings.view}
      always
      controls={
        enough &&
        settings.interval !== 'chains' && (
          <button
            type="button"
            className="lv-button lv-button--quiet"
            onClick={() => settings.setInterval('chains')}
          >
            {t('useForRt')}
          </button>
        )
      }
    >
      {({ serialInterval }) => shownOfSerial(serialInterval, t)}
    </Panel>
  );
}

function shownOfSerial(of: OffspringAnalysis['serialInterval'], t: T): Shown {
  const enough = of.lacking.length === 0;
  const values = {
    mean: number(of.mean, 1),
    sd: number(of.sd, 1),
    median: number(of.median, 1),
    count: of.pairsCount,
    negative: of.negativeCount,
  };
  return {
    headline: enough ? <strong>{t('serialHeadline', values)}</strong> : null,
    chart: enough ? (
      <Bars
        label={t('serial')}
        names={{ x: t('days'), counted: t('pairs'), expected: t('fit') }}
        points={of.days.map(({ days, count }) => ({ x: days, count, expected: null }))}
      />
    ) : (
      <TooFew lacking={of.lacking} />
    ),
    text: t('serialText', values),
    table: {
      columns: [
        { key: 'days', title: t('days') },
        { key: 'pairs', title: t('pairs') },
      ],
      rows: of.days.map(({ days, count }) => [days, count]),
    },
  };
}
