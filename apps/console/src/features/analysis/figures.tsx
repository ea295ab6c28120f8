import { Figure, FigureStrip, useLanguage, useWords } from '@levee/ui';
import { number, percent, significant, UNKNOWN, withInterval } from './numbers.ts';
import { timeOf } from './panels/growth.tsx';
import { lastComplete, rtEstimate } from './panels/reproduction.tsx';
import type { Answers } from './use-analysis.ts';
import { analysisWords } from './words.ts';

/** The six numbers of the page, each from the panel below that says how. */
export function Figures({ answers }: { answers: Answers }) {
  const t = useWords(analysisWords);
  const language = useLanguage();
  const { curve, reproduction, growth, severity, offspring } = answers;
  if (!curve.data) return null;
  const { about } = curve.data;
  const asOf = about.asOf;
  const source = language === 'zh' ? about.source.nameZh : about.source.nameEn;
  const complete = curve.data.days.filter(({ incomplete }) => !incomplete).slice(-7);
  const rt = lastComplete(reproduction.data);
  const time = growth.data ? timeOf(growth.data) : null;
  const fatality = severity.data?.resolved ?? severity.data?.naive ?? null;
  const k = offspring.data?.k ?? null;
  const figure = (label: string, value: number | null, write: () => string, unit?: string) => (
    <Figure
      label={label}
      value={value}
      asOf={asOf}
      source={source}
      format={value === null ? () => UNKNOWN : write}
      {...(unit && value !== null && { unit })}
    />
  );
  const interval = (
    of: { low: number | null; high: number | null },
    write: (value: number | null) => string,
  ) => `${write(of.low)}–${write(of.high)}`;
  const week = complete.reduce((sum, { count }) => sum + count, 0);
  const rtOf = rt && rtEstimate(rt);
  return (
    <FigureStrip>
      {figure(t('figure.cases'), about.casesCount, () => String(about.casesCount), t('figure.unit.cases'))}
      {figure(
        `${t('figure.week')}${complete.length > 0 ? t('figure.until', { day: complete.at(-1)!.day.slice(5) }) : ''}`,
        complete.length > 0 ? week : null,
        () => String(week),
        t('figure.unit.cases'),
      )}
      {figure(
        `${t('figure.rt')}${rt ? t('figure.until', { day: rt.until.slice(5) }) : ''}`,
        rtOf?.estimate ?? null,
        () => number(rtOf!.estimate),
        rtOf && interval(rtOf, (value) => number(value)),
      )}
      {figure(
        t(time?.what === 'halving' ? 'figure.halving' : 'figure.doubling'),
        time?.time?.estimate ?? null,
        () => number(time!.time!.estimate, 1),
        time?.time
          ? `${t('figure.unit.days')} · ${interval(time.time, (value) => (value === null ? '∞' : number(value, 1)))}`
          : '',
      )}
      {figure(
        t(severity.data?.resolved ? 'figure.fatality' : 'figure.fatalityNaive'),
        fatality?.estimate ?? null,
        () => percent(fatality!.estimate),
        fatality ? interval(fatality, percent) : '',
      )}
      {figure(
        t('figure.k'),
        k?.estimate ?? null,
        () => significant(k!.estimate),
        k ? withInterval(k, significant).replace(/^.*\((.*)\)$/, '$1') : '',
      )}
    </FigureStrip>
  );
}
