import type { EstimateAnswer, Lacking, SeverityAnalysis } from '@levee/contract';
import { useWords } from '@levee/ui';
import { number, percent, withInterval } from '../numbers.ts';
import { Panel, type Shown, TooFew } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';

interface Way {
  readonly key: 'naive' | 'resolved' | 'adjusted';
  readonly of: EstimateAnswer | null;
  readonly lacking: readonly Lacking[];
  readonly note: string;
}

/** Three ways side by side on one scale: that they differ is the finding. */
export function SeverityPanel({ asked, settings }: { asked: Asked<SeverityAnalysis>; settings: Settings }) {
  const t = useWords(analysisWords);
  return (
    <Panel name="severity" title={t('severity')} method="severity" asked={asked} view={settings.view}>
      {(answer) => shownOf(answer, t)}
    </Panel>
  );
}

function waysOf(answer: SeverityAnalysis, t: T): Way[] {
  const { deathsCount: deaths, recoveredCount, about, onsetToDeath, knownOutcomesCount } = answer;
  const by = onsetToDeath
    ? t('adjustedBy', {
        mean: number(onsetToDeath.mean, 1),
        sd: number(onsetToDeath.sd, 1),
        count: onsetToDeath.pairsCount,
      })
    : '';
  return [
    {
      key: 'naive',
      of: answer.naive,
      lacking: answer.lacking,
      note: t('naiveOf', { deaths, cases: about.casesCount }),
    },
    {
      key: 'resolved',
      of: answer.resolved,
      lacking: answer.resolvedLacking,
      note: t('resolvedOf', { deaths, cases: deaths + recoveredCount }),
    },
    {
      key: 'adjusted',
      of: answer.adjusted,
      lacking: answer.adjustedLacking,
      note: `${t('adjustedOf', { deaths, cases: number(knownOutcomesCount, 0) })} · ${answer.exceedsKnownOutcomes ? t('exceeds') : by}`,
    },
  ];
}

function shownOf(answer: SeverityAnalysis, t: T): Shown {
  const ways = waysOf(answer, t);
  const value = (key: Way['key']) => withInterval(ways.find((way) => way.key === key)!.of, percent);
  return {
    headline:
      answer.unresolvedCount > 0 ? (
        <span className="an-note">{t('unresolved', { count: answer.unresolvedCount })}</span>
      ) : null,
    chart: <Ways ways={ways} />,
    text: t('severityText', {
      naive: value('naive'),
      resolved: value('resolved'),
      adjusted: value('adjusted'),
      deaths: answer.deathsCount,
      recovered: answer.recoveredCount,
      unresolved: answer.unresolvedCount,
    }),
    table: {
      columns: [
        { key: 'way', title: t('way') },
        { key: 'estimate', title: t('estimate'), digits: 3 },
        { key: 'low', title: t('low'), digits: 3 },
        { key: 'high', title: t('high'), digits: 3 },
        { key: 'rests_on', title: t('marks') },
      ],
      rows: ways.map(({ key, of, note }) => [
        t(key),
        of?.estimate ?? null,
        of?.low ?? null,
        of?.high ?? null,
        of ? note : t('tooFew'),
      ]),
    },
  };
}

function Ways({ ways }: { ways: readonly Way[] }) {
  const t = useWords(analysisWords);
  // A round scale with room behind the longest: an interval that fills it shows nothing.
  const most = Math.min(1, Math.ceil(10 * Math.max(...ways.map(({ of }) => of?.high ?? 0), 0.15) + 0.5) / 10);
  const at = (value: number | null) => `${(100 * (value ?? 0)) / most}%`;
  return (
    <dl className="an-ways">
      {ways.map(({ key, of, lacking, note }) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>
            {of ? (
              <>
                <span className="an-ways__value">
                  <strong>{percent(of.estimate)}</strong> {percent(of.low)}–{percent(of.high)}
                </span>
                <span className="an-ways__scale" aria-hidden="true">
                  <span
                    className="an-ways__interval"
                    style={{ insetInlineStart: at(of.low), width: at((of.high ?? 0) - (of.low ?? 0)) }}
                  />
                  <span className="an-ways__point" style={{ insetInlineStart: at(of.estimate) }} />
                </span>
                <span className="an-ways__note">{note}</span>
              </>
            ) : (
              <TooFew lacking={lacking} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
